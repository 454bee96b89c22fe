"""What holds of any microservice beside the running bar: it hears events, and answers nobody without a token."""

from collections.abc import Callable, Mapping
from typing import Any

from workshop.attempt import Attempt
from workshop.checks.rules import Rule, rules_of_extension
from workshop.finding import DoesNotHold
from workshop.microservice import Microservice

_LOG = "what it printed and where it failed is in its log: backstage, or awslocal logs in make shell"


def handler(attempt: Attempt, of: Microservice) -> str:
    """File and line of the function that hears the bus's events."""
    return attempt.place_of(of.app, f"def {of.function}(")


def route(attempt: Attempt, of: Microservice) -> str:
    """File and line of what answers where it is asked."""
    return attempt.place_of(of.app, f'@app.route("{of.route}"')


def hear(attempt: Attempt, of: Microservice, event: Mapping[str, Any], expected: str) -> None:
    """Have its function hear of an event, as the bus would tell it.

    Args:
        attempt: which try.
        of: whose function.
        event: in its envelope.
        expected: what should come of it, for people.

    Raises:
        DoesNotHold: it fails.
    """
    try:
        attempt.microservice(of).hear(event)
    except DoesNotHold as failed:
        raise DoesNotHold(failed.seen, expected, [handler(attempt, of)], _LOG) from None


def rules_of(of: Microservice) -> Callable[[Attempt], list[Rule]]:
    """Gives the rules of its file; they raise DoesNotHold where the deployer would not take them."""
    return lambda attempt: rules_of_extension(attempt.source(of.rules), attempt.extension(of), attempt.finished())


def answers_nobody_without_a_token(of: Microservice) -> Callable[[Attempt], None]:
    """A check that the gateway refuses who does not say who they are."""

    def check(attempt: Attempt) -> None:
        answer = attempt.microservice(of).answer_to(None)
        if answer.status_code != 401:  # Unauthorized
            told = f"somebody without a token asked for {of.route}, and was answered {answer.status_code}"
            advice = f'the route needs its authorizer: @app.route("{of.route}", authorizer=signed_in, cors=True)'
            raise DoesNotHold(told, "401: no token, no answer", [route(attempt, of)], advice)

    return check
