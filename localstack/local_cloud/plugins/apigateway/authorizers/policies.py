"""What a Lambda authorizer's answer means for the method that was called.

The answer's form is that of the API Gateway Developer Guide, "Output from an API Gateway Lambda authorizer"
(api-gateway-lambda-authorizer-output.html). Rules alone: must not invoke anything.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from local_cloud.plugins.apigateway.authorizers.claims import as_text


class Decision(Enum):
    """How IAM decides: an explicit Deny beats any Allow, and what nothing allows is refused."""

    ALLOWED = auto()
    NOT_ALLOWED = auto()
    EXPLICITLY_DENIED = auto()


class MalformedAnswerError(ValueError):
    """The authorizer's answer is not one that API Gateway can use."""


@dataclass(frozen=True)
class _Statement:
    effect: str
    actions: tuple[str, ...]
    resources: tuple[str, ...]

    def covers(self, method_arn: str) -> bool:
        names_the_action = any(_matches(action.lower(), "execute-api:invoke") for action in self.actions)
        return names_the_action and any(_matches(resource, method_arn) for resource in self.resources)


def decision(answer: Any, method_arn: str) -> Decision:
    """Whether the answer's policy lets the method be called.

    Raises:
        MalformedAnswerError: it has no policy that can be evaluated. A statement with elements beyond Sid, Effect,
            Action and Resource cannot: to overlook a Condition would open what it closes.
    """
    effects = {statement.effect for statement in _statements(answer) if statement.covers(method_arn)}
    if "Deny" in effects:
        return Decision.EXPLICITLY_DENIED
    return Decision.ALLOWED if "Allow" in effects else Decision.NOT_ALLOWED


def authorizer_context(answer: Mapping[str, Any]) -> dict[str, str]:
    """What an integration finds under `requestContext.authorizer`: principalId, and the context as text.

    Raises:
        MalformedAnswerError: the context is no map of plain values ("Notice that you cannot set a JSON object or
            array as a valid value of any key in the context map", same page), or there is no principalId.
    """
    context = answer.get("context") or {}
    if not isinstance(context, Mapping) or any(isinstance(value, dict | list) for value in context.values()):
        raise MalformedAnswerError("context must map names to text, numbers or booleans")
    if not isinstance(answer.get("principalId"), str):
        raise MalformedAnswerError("principalId must be text")
    return {name: as_text(value) for name, value in context.items()} | {"principalId": answer["principalId"]}


def _statements(answer: Any) -> list[_Statement]:
    match answer:
        case {"policyDocument": {"Statement": list(statements)}}:
            return [_statement(statement) for statement in statements]
        case {"policyDocument": {"Statement": dict(statement)}}:
            return [_statement(statement)]
    raise MalformedAnswerError("policyDocument must have a Statement")


def _statement(raw: Any) -> _Statement:
    match raw:
        case {"Effect": "Allow" | "Deny" as effect, "Action": action, "Resource": resource, **others}:
            if others.keys() <= {"Sid"}:
                return _Statement(effect, _texts(action), _texts(resource))
    raise MalformedAnswerError(f"not a statement that can be evaluated: {raw!r}")


def _texts(value: Any) -> tuple[str, ...]:
    texts = tuple(value) if isinstance(value, list) else (value,)
    if not all(isinstance(text, str) for text in texts):
        raise MalformedAnswerError(f"not text: {value!r}")
    return texts


def _matches(pattern: str, text: str) -> bool:
    """IAM's wildcards: `*` for any text, `?` for any one character."""
    expression = re.escape(pattern).replace(r"\*", ".*").replace(r"\?", ".")
    return re.fullmatch(expression, text, re.DOTALL) is not None
