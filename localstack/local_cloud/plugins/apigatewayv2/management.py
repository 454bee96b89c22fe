"""The @connections API, by which functions speak to connected clients.

Called as API Gateway Management API by every AWS SDK: `POST`, `GET` and `DELETE` of `/@connections/<connection id>`,
under a stage's address or without one, since connection ids are unique. Requests must be signed ("make sure to sign
the request", https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html);
policies are not judged.
"""

from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import unquote

from rolo import Request, Response
from twisted.internet import reactor

from local_cloud.plugins.apigatewayv2.connection import Connection
from local_cloud.plugins.apigatewayv2.connections import Connections
from local_cloud.plugins.apigatewayv2.farewell import DELETED
from local_cloud.plugins.apigatewayv2.limits import Limits
from local_cloud.plugins.apigatewayv2.stage_registry import StageRegistry
from local_cloud.plugins.iam.authentication import authenticated
from local_cloud.plugins.iam.signature import MissingSignatureError, SentRequest, SignatureRefusedError

# All that an HTTP client may try; what is not POST, GET or DELETE is refused.
METHODS = ("POST", "GET", "DELETE", "PUT", "PATCH", "HEAD", "OPTIONS", "TRACE")


class ManagementRefusedError(Exception):
    """A refusal; `code` is the error code that an SDK sees."""

    def __init__(self, status: HTTPStatus, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code


class ConnectionManagement:
    """The endpoint of all requests about single connections."""

    def __init__(self, stages: StageRegistry, connections: Connections, limits: Limits) -> None:
        self._stages = stages
        self._connections = connections
        self._limits = limits

    def __call__(
        self, request: Request, connection_id: str, api_id: str = "", stage: str = "", **_host: str
    ) -> Response:
        """Do what the request says. Without an API's id, the connection is looked for in all APIs."""
        try:
            self._require_signature(request, api_id, stage)
            connection = self._connection(unquote(connection_id), api_id, stage)
            return self._answer(request, connection)
        except ManagementRefusedError as refusal:
            return _refusal(refusal)

    def _require_signature(self, request: Request, api_id: str, stage: str) -> None:
        """Refuse also what no signature would help: another method, and a stage that is not there."""
        if request.method not in ("POST", "GET", "DELETE"):
            missing = MissingSignatureError()
            raise ManagementRefusedError(HTTPStatus.FORBIDDEN, missing.code, str(missing))
        target = self._stages.live(api_id, stage)
        if api_id and target is None:
            raise ManagementRefusedError(HTTPStatus.FORBIDDEN, "ForbiddenException", "Forbidden")
        sent = SentRequest.to(request.environ["RAW_URI"], request.method, request.headers, request.get_data())
        try:
            authenticated(sent, target.api.region if target else None)
        except SignatureRefusedError as refusal:
            raise ManagementRefusedError(HTTPStatus.FORBIDDEN, refusal.code, str(refusal)) from refusal

    def _connection(self, connection_id: str, api_id: str, stage: str) -> Connection:
        connection = self._connections.get(connection_id)
        if connection is None or (api_id and (connection.facts.api_id, connection.facts.stage) != (api_id, stage)):
            raise ManagementRefusedError(HTTPStatus.GONE, "GoneException", "Gone")
        return connection

    def _answer(self, request: Request, connection: Connection) -> Response:
        match request.method:
            case "POST":
                reactor.callFromThread(connection.send, self._text(request))
                return Response(status=HTTPStatus.OK)
            case "DELETE":
                reactor.callFromThread(connection.close, DELETED)
                return Response(status=HTTPStatus.NO_CONTENT)
            case _:
                response = Response()
                response.set_json(connection_shape(connection))
                return response

    def _text(self, request: Request) -> str:
        data: bytes = request.get_data()
        if len(data) > self._limits.message_bytes:
            message = f"Data must be no longer than {self._limits.message_bytes} bytes"
            raise ManagementRefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "PayloadTooLargeException", message)
        try:
            return data.decode()
        except UnicodeDecodeError as error:
            message = f"Data must be UTF-8, because it is sent in a text frame: {error}"
            raise ManagementRefusedError(HTTPStatus.BAD_REQUEST, "BadRequestException", message) from error


def connection_shape(connection: Connection) -> Mapping[str, object]:
    """What GetConnection answers."""
    facts = connection.facts
    return {
        "connectedAt": facts.connected_at.isoformat(timespec="milliseconds"),
        "identity": {"sourceIp": facts.source_ip, "userAgent": facts.user_agent},
        "lastActiveAt": connection.last_active_at.isoformat(timespec="milliseconds"),
    }


def _refusal(refusal: ManagementRefusedError) -> Response:
    response = Response(status=refusal.status, headers={"x-amzn-ErrorType": refusal.code})
    response.set_json({"message": str(refusal)})
    return response
