"""How long a coffee takes: one function hears when a wait begins and ends, one route tells. No rule lives here."""

import os
from typing import Any

from chalice.app import BadRequestError, Chalice, CognitoUserPoolAuthorizer
from chalicelib.hearing import kept
from chalicelib.waits import waits

from chalicelib import noted

app = Chalice(app_name="serverlesspresso-waits")

# Who has an access token of the bar's; its user pool is only known while this is deployed.
signed_in = CognitoUserPoolAuthorizer(
    "signed-in", provider_arns=[os.environ.get("USER_POOL_ARN", "")], scopes=["aws.cognito.signin.user.admin"]
)


@app.lambda_function()
def hear(event: dict[str, Any], _context: object) -> None:
    """Something happened to an order. The bus may tell it twice, late, and after what happened next."""
    # learner 5b-3: note what is kept of it, where anything is
    if order := kept(event):
        noted.note(order)
    # until then: raise NotImplementedError("note what is kept of the event")


@app.route("/waits", authorizer=signed_in, cors=True)
def how_long() -> dict[str, int]:
    """How many seconds each drink takes now at a shop: GET /waits?eventId=ABC."""
    shop = (app.current_request.query_params or {}).get("eventId")
    if not shop:
        raise BadRequestError("Of which shop? /waits?eventId=ABC")
    # learner 5b-3: the waits of that shop's orders
    return waits(noted.of(shop))
    # until then: return {}
