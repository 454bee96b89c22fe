"""Decides whether a client may connect: asks the stage's authorizer, then its route $connect. For worker threads."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus

from local_cloud.plugins.apigatewayv2.answers import HandshakeRefusedError, accepted_subprotocol
from local_cloud.plugins.apigatewayv2.authorization import granted_context, require_identity, signed_caller
from local_cloud.plugins.apigatewayv2.events import (
    ConnectionFacts,
    HandshakeRequest,
    Occurrence,
    authorizer_event,
    connect_event,
)
from local_cloud.plugins.apigatewayv2.functions import (
    FunctionFailedError,
    FunctionTimedOutError,
    FunctionUnavailableError,
    call_authorizer,
    call_route,
)
from local_cloud.plugins.apigatewayv2.routing import CONNECT, Route
from local_cloud.plugins.apigatewayv2.stages import Stage
from local_cloud.plugins.iam.signature import SentRequest

LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Applicant:
    """Who asks to be connected, and how; `sent` is what was signed, if it was."""

    facts: ConnectionFacts
    occurrence: Occurrence
    request: HandshakeRequest
    sent: SentRequest
    subprotocols: Sequence[str]


@dataclass(frozen=True)
class Admission:
    """A client may connect; `facts` are those of the applicant with what its authorization added."""

    facts: ConnectionFacts
    subprotocol: str | None


def admit(stage: Stage, applicant: Applicant) -> Admission:
    """Ask about the applicant. A stage without $connect admits everybody, as on AWS.

    Raises:
        HandshakeRefusedError: the authorization of $connect or its function says no, or one of them cannot be asked.
    """
    route = stage.deployment.routing.routes.get(CONNECT) if stage.deployment else None
    if route is None:
        return Admission(applicant.facts, None)
    facts = _authorized(stage, route, applicant)
    event = connect_event(facts, applicant.occurrence, applicant.request)
    return Admission(facts, _subprotocol(stage, route, event, applicant.subprotocols))


def _authorized(stage: Stage, route: Route, applicant: Applicant) -> ConnectionFacts:
    """The applicant's facts, and who it is. An authorizer that is gone admits nobody."""
    match route.authorization:
        case "AWS_IAM":
            return replace(applicant.facts, caller=signed_caller(applicant.sent, stage.api.region))
        case "CUSTOM":
            return replace(applicant.facts, authorizer=_authorizer_context(stage, route, applicant))
        case _:
            return applicant.facts


def _authorizer_context(stage: Stage, route: Route, applicant: Applicant) -> Mapping[str, str]:
    if route.authorizer is None:
        raise HandshakeRefusedError(HTTPStatus.INTERNAL_SERVER_ERROR)
    method_arn = f"{stage.arn}/{CONNECT}"
    connect = connect_event(applicant.facts, applicant.occurrence, applicant.request)
    event = authorizer_event(connect, method_arn, stage.variables)
    require_identity(route.authorizer.identity_sources, event)
    try:
        answer = call_authorizer(stage, route.authorizer, event)
    except FunctionFailedError as error:
        if error.args[0].get("errorMessage") == "Unauthorized":  # how an authorizer says 401
            raise HandshakeRefusedError(HTTPStatus.UNAUTHORIZED) from error
        raise _refused(HTTPStatus.INTERNAL_SERVER_ERROR, stage, error) from error
    except (FunctionTimedOutError, FunctionUnavailableError) as error:
        raise _refused(HTTPStatus.INTERNAL_SERVER_ERROR, stage, error) from error
    return granted_context(answer, method_arn)


def _subprotocol(stage: Stage, route: Route, event: dict[str, object], offered: Sequence[str]) -> str | None:
    """What $connect's function chose.

    "If the Lambda API rejects the invocation request, API Gateway returns a 500 error code. If the function runs but
    returns an error, or returns a response in the wrong format, API Gateway returns a 502" (Lambda Developer Guide,
    services-apigateway-errors.html).
    """
    try:
        return accepted_subprotocol(call_route(stage, route, event), offered)
    except FunctionUnavailableError as error:
        raise _refused(HTTPStatus.INTERNAL_SERVER_ERROR, stage, error) from error
    except FunctionFailedError as error:
        raise _refused(HTTPStatus.BAD_GATEWAY, stage, error) from error
    except FunctionTimedOutError as error:
        raise _refused(HTTPStatus.GATEWAY_TIMEOUT, stage, error) from error


def _refused(status: HTTPStatus, stage: Stage, error: Exception) -> HandshakeRefusedError:
    LOG.warning("A handshake of WebSocket API %s failed: %s", stage.api.id, error)
    return HandshakeRefusedError(status)
