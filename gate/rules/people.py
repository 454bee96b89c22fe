"""Signing up and in: those of Cognito's operations that the pages call, in the shapes in which they call them. Pure.

https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_InitiateAuth.html
"""

import json
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

import fastjsonschema

from gate.bar import Bar
from gate.rules.asked import Asked
from gate.rules.passages import PeopleCall
from gate.rules.refusal import Refused, bad_request, forbidden, not_here, wrong_method

TARGET = "AWSCognitoIdentityProviderService."
CONTENT_TYPE = "application/x-amz-json-1.1"

# As the pages let people type them (frontend/src/shared/auth/address.ts): whatever else Cognito would take for a name
# (another letter case, a user's id) is nobody's here.
ADDRESS = r"^(?:[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*@[a-z0-9]+(?:[.-][a-z0-9]+)*\.[a-z]{2,}|\+[1-9][0-9]{6,14})\Z"
_ADDRESS = {"type": "string", "maxLength": 128, "pattern": ADDRESS}
_TEXT = {"type": "string", "minLength": 1, "maxLength": 4096}


def _exactly(**properties: Any) -> dict[str, Any]:
    names = list(properties)
    return {"type": "object", "properties": properties, "required": names, "additionalProperties": False}


_SHAPES = {
    "SignUp": _exactly(ClientId=_TEXT, Username=_ADDRESS, Password={**_TEXT, "maxLength": 256}),
    "InitiateAuth": {
        "oneOf": [
            _exactly(ClientId=_TEXT, AuthFlow={"const": "CUSTOM_AUTH"}, AuthParameters=_exactly(USERNAME=_ADDRESS)),
            _exactly(
                ClientId=_TEXT, AuthFlow={"const": "REFRESH_TOKEN_AUTH"}, AuthParameters=_exactly(REFRESH_TOKEN=_TEXT)
            ),
        ]
    },
    "RespondToAuthChallenge": _exactly(
        ClientId=_TEXT,
        ChallengeName={"const": "CUSTOM_CHALLENGE"},
        Session=_TEXT,
        ChallengeResponses=_exactly(USERNAME=_ADDRESS, ANSWER={"type": "string", "maxLength": 16}),
    ),
    "RevokeToken": _exactly(ClientId=_TEXT, Token=_TEXT),
}
_CHECKS: Mapping[str, Callable[[Any], Any]] = {
    operation: fastjsonschema.compile(shape) for operation, shape in _SHAPES.items()
}
OPERATIONS = frozenset(_CHECKS)


def people_call(asked: Asked, bar: Bar) -> PeopleCall:
    """A call of Cognito's: `POST /people`.

    Raises:
        Refused: the pages make no such call, or it is for another client.
    """
    if asked.segments != ["people"] or asked.query:
        raise not_here()
    if asked.method != "POST":
        raise wrong_method()
    operation = _operation(asked)
    body = _read(asked.body)
    try:
        _CHECKS[operation](body)
    except fastjsonschema.JsonSchemaValueException as error:
        raise bad_request(f"No page calls {operation} like this.") from error
    if body["ClientId"] != bar.client_id:
        raise forbidden("The bar has another client.")
    return PeopleCall(operation, body)


def _operation(asked: Asked) -> str:
    target = asked.header("X-Amz-Target")
    operation = target.removeprefix(TARGET)
    if target != TARGET + operation or operation not in OPERATIONS:
        raise Refused(HTTPStatus.FORBIDDEN, "Forbidden", "Of AWS's operations, only signing in is passed on.")
    if asked.header("Content-Type").partition(";")[0] != CONTENT_TYPE:
        raise bad_request(f"Cognito takes {CONTENT_TYPE}.")
    return operation


def _read(body: bytes) -> Any:
    try:
        return json.loads(body.decode(), object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise bad_request("The body is no JSON, or has one name twice.") from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object in which no name stands twice: two readers could take it for two different ones."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found
