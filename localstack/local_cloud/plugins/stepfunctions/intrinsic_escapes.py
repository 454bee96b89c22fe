r"""LocalStack's intrinsic functions know no escaped characters; here they are read, and texts formatted as on AWS.
Since 0.2.

Ours reads `\'`, `\{`, `\}` and `\\` as the letters themselves, in all intrinsic functions, puts arguments only where
`{}` is, and refuses a call that cannot be read, of which LocalStack would take a part.
https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html#amazon-states-language-intrinsic-functions-reserved-characters
"""

import json
import re
from collections.abc import Callable
from functools import wraps
from itertools import chain
from typing import Any, Self

from localstack.runtime import hooks

from local_cloud.plugins.patches import replace

PARSING = "localstack.services.stepfunctions.asl.parse.intrinsic"
FORMAT = (
    "localstack.services.stepfunctions.asl.component.intrinsic.function.statesfunction.generic"
    ".string_format:StringFormat"
)

PLACE = "{}"
ESCAPED = "'{}\\"
HIDDEN = {code: 0xE000 + code for code in range(0x20)}
"""LocalStack's grammar lets no control characters into a text: they pass it under codes that nobody uses."""
SHOWN = {hidden: code for code, hidden in HIDDEN.items()}


class Text(str):
    """A literal text of a call, and what stands between its places for arguments."""

    __slots__ = ("parts",)
    parts: tuple[str, ...]

    @classmethod
    def of(cls, source: str) -> Self:
        """Read what stands between the quotes.

        Raises:
            ValueError: a backslash escapes nothing.
        """
        letters = [_letter(found) for found in re.findall(r"\\.?|\{\}|[^\\]", source, re.DOTALL)]
        parts = [""]
        for letter in letters:
            if letter is None:
                parts.append("")
            else:
                parts[-1] += letter
        text = cls(PLACE.join(parts))
        text.parts = tuple(parts)
        return text

    def __reduce__(self) -> tuple[Any, ...]:
        """Let it be copied and pickled with its parts."""
        return _restored, (str(self), self.parts)


def _restored(text: str, parts: tuple[str, ...]) -> Text:
    restored = Text(text)
    restored.parts = parts
    return restored


def _letter(found: str) -> str | None:
    """Return the letters that stand for themselves; None for a place."""
    if found == PLACE:
        return None
    if not found.startswith("\\"):
        return found
    if len(found) != 2 or found[1] not in ESCAPED:
        raise ValueError(rf"a backslash in an intrinsic function escapes one of {ESCAPED}, not {found[1:]!r}")
    return found[1]


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def read_escaped_characters() -> None:
    """LocalStack's hook: read calls of intrinsic functions as documented."""
    why: dict[str, Any] = {"why": "parity", "before": "stepfunctions"}
    replace(f"{PARSING}.intrinsic_parser:IntrinsicParser", "parse", _strictly, upstream="9f7bf0002f09", **why)
    replace(f"{PARSING}.preprocessor:Preprocessor", "_text_of_str", _unescaped, upstream="4eb4e4be278b", **why)
    replace(f"{PARSING}.preprocessor:Preprocessor", "visitFunc_arg_float", _float, upstream="4dbfe6259640", **why)
    replace(FORMAT, "_eval_body", _filled, upstream="97791ffd1722", **why)


def _strictly(parse: Callable[[str], Any]) -> Callable[[str], Any]:
    """The call comes as it stands in the definition: a text of JSON."""

    @wraps(parse)
    def parse_call(src: str) -> Any:
        from localstack.services.stepfunctions.asl.parse.intrinsic.preprocessor import Preprocessor  # noqa: PLC0415

        tree = _tree(json.loads(f'"{src}"').translate(HIDDEN))
        return Preprocessor().visit(tree), tree

    return parse_call


def _tree(call: str) -> Any:
    """Return the parsed call.

    Raises:
        ASLParserException: LocalStack's; a part of it fits no grammar.
    """
    from antlr4 import CommonTokenStream, InputStream  # noqa: PLC0415
    from localstack.services.stepfunctions.asl.antlr.runtime.ASLIntrinsicLexer import ASLIntrinsicLexer  # noqa: PLC0415
    from localstack.services.stepfunctions.asl.antlr.runtime.ASLIntrinsicParser import ASLIntrinsicParser  # noqa: PLC0415
    from localstack.services.stepfunctions.asl.parse import asl_parser  # noqa: PLC0415

    listener = asl_parser.SyntaxErrorListener()
    lexer = ASLIntrinsicLexer(InputStream(call))
    parser = ASLIntrinsicParser(CommonTokenStream(lexer))
    for reader in (lexer, parser):
        reader.removeErrorListeners()
        reader.addErrorListener(listener)
    tree = parser.func_decl()
    if listener.errors:
        raise asl_parser.ASLParserException(
            [f"{call} is no intrinsic function call: {error}" for error in listener.errors]
        )
    return tree


def _unescaped(text_of: Callable[[Any], str]) -> Callable[[Any], str]:
    @wraps(text_of)
    def unescaped_text(parse_tree: Any) -> str:
        return Text.of(parse_tree.getText()[1:-1].translate(SHOWN))

    return unescaped_text


def _float(visit: Callable[..., Any]) -> Callable[..., Any]:
    """LocalStack asks a fraction for its whole number, which it has not."""

    @wraps(visit)
    def visit_fraction(preprocessor: Any, ctx: Any) -> Any:
        from localstack.services.stepfunctions.asl.component.intrinsic.argument.argument import ArgumentLiteral  # noqa: PLC0415

        return ArgumentLiteral(definition_value=float(ctx.NUMBER().getText()))

    return visit_fraction


def _filled(evaluate: Callable[..., None]) -> Callable[..., None]:
    @wraps(evaluate)
    def fill_places(function: Any, env: Any) -> None:
        function.argument_list.eval(env=env)
        template, *values = env.stack.pop()
        parts = template.parts if isinstance(template, Text) else template.split(PLACE)
        if len(parts) != len(values) + 1:
            raise ValueError("The number of arguments to States.Format do not match the occurrences of {}")
        texts = [*map(function._to_str_repr, values), ""]
        env.stack.append("".join(chain.from_iterable(zip(parts, texts, strict=True))))

    return fill_places
