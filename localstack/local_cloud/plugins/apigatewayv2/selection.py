"""API Gateway's route selection expressions, such as `$request.body.action`. Only evaluates; must not know routes.

"A variable is prefixed with `$`. Curly braces can be used to explicitly define variable boundaries. Multiple variables
are supported [...]. A dollar sign can be escaped with `\\`" (API Gateway Developer Guide,
apigateway-websocket-api-selection-expressions.html).
"""

import json
import re
from functools import cache
from typing import Any

from jsonpath_ng.exceptions import JSONPathError
from jsonpath_ng.jsonpath import JSONPath
from jsonpath_ng.parser import parse

_TOKEN = re.compile(
    r"""
    \\\$                                        # an escaped dollar sign
    | \$\{request\.body\.(?P<wrapped>[^}]+)\}
    | \$request\.body\.(?P<bare>[^\s/$]+)
    """,
    re.VERBOSE,
)


def selected_key(expression: str, body: Any) -> str:
    """The route key that the expression makes of a message's JSON, which may be that of no route.

    "You can use any JSON path expression after `request.body`, but keep in mind that the result will be stringified
    [...]. If the JSONPath is not found, the variable is resolved as "" " (websocket-api-develop-routes.html).
    """

    def value(match: re.Match[str]) -> str:
        path = match["wrapped"] or match["bare"]
        return _found(path, body) if path else "$"

    return _TOKEN.sub(value, expression)


def _found(path: str, body: Any) -> str:
    compiled = _compiled(path)
    matches = compiled.find(body) if compiled else []
    return _text(matches[0].value) if matches else ""


@cache
def _compiled(path: str) -> JSONPath | None:
    try:
        return parse(f"$.{path}")
    except JSONPathError:
        return None


def _text(value: Any) -> str:
    """A list "will be presented as the string "[item1, item2]" " (same page)."""
    match value:
        case str():
            return value
        case list():
            return f"[{', '.join(map(_text, value))}]"
        case _:
            return json.dumps(value)
