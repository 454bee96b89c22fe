"""The stamp card: one function that hears of finished drinks, one route that shows a card. No rule lives here."""

import os
from typing import Any

from chalice.app import Chalice, CognitoUserPoolAuthorizer
from chalicelib.card import card
from chalicelib.telling import tell_of_a_free_drink

from chalicelib import stamps

app = Chalice(app_name="serverlesspresso-stamps")

# Who has an access token of the bar's; its user pool is only known while this is deployed.
signed_in = CognitoUserPoolAuthorizer(
    "signed-in", provider_arns=[os.environ.get("USER_POOL_ARN", "")], scopes=["aws.cognito.signin.user.admin"]
)


@app.lambda_function()
def collect(event: dict[str, Any], _context: object) -> None:
    """A drink is ready. The bus may tell it twice, and late."""
    # learner 3-2: note the order on its customer's card; the detail has userId and orderId
    detail = event["detail"]
    user_id = detail["userId"]
    stamps.note(user_id, f"{stamps.ORDER}{detail['orderId']}")
    # until then: raise NotImplementedError("note the order")
    # learner 3-4: tell of each free drink that was earned, and note that it was told
    entries = stamps.entries(user_id)
    earned = card(stamps.orders(entries)).free
    for number in range(1, earned + 1):
        if f"{stamps.FREE}{number}" not in entries:
            tell_of_a_free_drink(user_id, number)  # first: whoever dies here tells it twice, and not never
            stamps.note(user_id, f"{stamps.FREE}{number}")
    # until then


@app.route("/stamps", authorizer=signed_in, cors=True)
def own_card() -> dict[str, int]:
    """The card of whoever asks."""
    # learner 3-3: the card of the person that the token is about, which is its claim "sub"
    claims = app.current_request.context["authorizer"]["claims"]
    return card(stamps.orders(stamps.entries(claims["sub"])))._asdict()
    # until then: return {"stamps": 0, "free": 0}
