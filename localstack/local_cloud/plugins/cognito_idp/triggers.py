"""Calling a pool's Lambda triggers. Knows what can go wrong with a call, and nothing of what a trigger decides."""

import json
import logging
from collections.abc import Callable, Mapping
from typing import Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from local_cloud.plugins.cognito_idp.errors import UnexpectedLambdaError, UserLambdaValidationError
from local_cloud.plugins.cognito_idp.trigger_events import Occasion, response_of, trigger_event, trigger_of

LOG = logging.getLogger(__name__)

# A trigger has five seconds and three attempts, and nobody can change that:
# https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-identity-pools-working-with-aws-lambda-triggers.html
CALLING = Config(read_timeout=5, connect_timeout=5, retries={"mode": "standard", "total_max_attempts": 3})

CALLED = frozenset(
    {
        "PreSignUp",
        "PostConfirmation",
        "PreAuthentication",
        "PostAuthentication",
        "DefineAuthChallenge",
        "CreateAuthChallenge",
        "VerifyAuthChallengeResponse",
    }
)
"""The triggers that somebody here calls, by their names in `LambdaConfig`."""

Invoke = Callable[[str, bytes], Mapping[str, Any]]
"""Invokes the function of an ARN with a payload, as `CALLING` says; the answer is that of Lambda's Invoke."""


class Triggers:
    """The triggers of all pools; each call blocks until the function has answered."""

    def __init__(self, invoke: Invoke) -> None:
        self._invoke = invoke

    def call(
        self, lambda_config: Mapping[str, str], source: str, occasion: Occasion, request: Mapping[str, Any]
    ) -> dict[str, Any] | None:
        """Call the trigger that serves the event `source` and return its response; `None` if the pool has none.

        Raises:
            UserLambdaValidationError: the function raised an error.
            UnexpectedLambdaError: it could not be called or did not answer in time.
            InvalidLambdaResponseError: it did not return its event.
        """
        name = trigger_of(source)
        function_arn = lambda_config.get(name)
        if not function_arn:
            return None
        answer = self._answer(name, function_arn, trigger_event(source, occasion, request))
        returned = json.loads(answer["Payload"].read() or b"null")
        if "FunctionError" in answer:
            raise UserLambdaValidationError(f"{name} failed with error {_message(returned)}.")
        return response_of(returned)

    def _answer(self, name: str, function_arn: str, event: Mapping[str, Any]) -> Mapping[str, Any]:
        try:
            return self._invoke(function_arn, json.dumps(event).encode())
        except BotoCoreError as error:
            LOG.warning("Trigger %s did not answer: %s", function_arn, error)
            reason = "Socket timeout while invoking Lambda function"
        except ClientError as error:
            reason = error.response["Error"]["Code"]
        raise UnexpectedLambdaError(f"{name} invocation failed due to error {reason}.")


def _message(error: Any) -> str:
    return str(error.get("errorMessage", error)) if isinstance(error, dict) else str(error)
