"""API Gateway's mapping expressions, such as `method.request.header.Authorization` or `context.stage`.

They say where an authorizer finds the caller's identity, and fill in gateway responses. Must not raise on
what a request lacks or contains: a gateway response is rendered while an error is on its way to the client.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

# What expressions speak of: the names `method`, `context` and `stageVariables`, with everything below them.
# A value below may be anything with a `get`, so that headers can be found whatever their case.
Values = Mapping[str, Any]

_VARIABLE = re.compile(r"\$((?:context|stageVariables|method\.request)(?:\.[\w-]+)+)")
_HEADER = "gatewayresponse.header."


def value_of(expression: str, values: Values) -> str:
    """What the expression names, as text; empty if there is nothing of that name."""
    found: Any = values
    for name in expression.split("."):
        found = found.get(name) if hasattr(found, "get") else None
    if found is None or isinstance(found, str):
        return found or ""
    return json.dumps(found)


def substituted(template: str, values: Values) -> str:
    """A gateway response's body: the template with its `$context.x` and the like filled in.

    "A non-VTL mapping template supporting only simple variable substitutions" (API Gateway Developer Guide,
    "Gateway responses in API Gateway", api-gateway-gatewayResponse-definition.html).
    """
    return _VARIABLE.sub(lambda match: value_of(match[1], values), template)


def header_values(parameters: Mapping[str, str], values: Values) -> dict[str, str]:
    """A gateway response's headers, from `gatewayresponse.header.<name>` to `'text'` or an expression.

    A header whose value is empty, or could not stand in an HTTP header, is left out.
    """
    headers = {
        name.removeprefix(_HEADER): _static_or_mapped(expression, values)
        for name, expression in parameters.items()
        if name.startswith(_HEADER)
    }
    return {name: value for name, value in headers.items() if _fits_a_header(value)}


def _static_or_mapped(expression: str, values: Values) -> str:
    if expression.startswith("'") and expression.endswith("'"):
        return expression[1:-1]
    return value_of(expression, values)


def _fits_a_header(value: str) -> bool:
    return bool(value) and value.isascii() and value.isprintable()
