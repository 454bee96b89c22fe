"""The HTTP edge: requests in, answers and refusals out. Knows no rule of the bar.

Errors have Chalice's own shape, `{"Code": .., "Message": ..}`, so that a client meets one shape only.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any

import fastjsonschema
from chalice.app import Authorizer, Blueprint, CORSConfig, Request, Response

from chalicelib.errors import Busy, Conflict, Forbidden, Invalid, NotFound, NotReady, Refusal, Unavailable
from chalicelib.identity.model import Caller, caller_of, require_admin
from chalicelib.observability import about, logger
from chalicelib.outages import passes_by_itself
from chalicelib.settings import settings
from chalicelib.texts import fault_in_name, first_fault

STATUS: Mapping[type[Refusal], int] = {
    Invalid: 400,
    Forbidden: 403,
    NotFound: 404,
    Conflict: 409,
    NotReady: 409,
    Busy: 409,
    Unavailable: 503,
}

# A page reads the bar's clock and when to try again; a browser need not ask before each request of the same kind.
CORS = CORSConfig(expose_headers=["Date", "Retry-After"], max_age=600)

type Check = Callable[[Any], Any]
type View = Callable[..., Any]


@dataclass(frozen=True)
class ApiRequest:
    """A request as views want it."""

    raw: Request

    @property
    def caller(self) -> Caller:
        """Who is calling, vouched for by the authorizer.

        Raises:
            Forbidden: nobody vouches for the caller.
        """
        context: Mapping[str, Any] = self.raw.to_original_event()["requestContext"]
        return caller_of((context.get("authorizer") or {}).get("claims"))

    @property
    def barista(self) -> Caller:
        """The caller, who must be a barista: asked for before the body, so that nobody else hears what is wrong in it.

        Raises:
            Forbidden: nobody vouches for the caller, or it is no barista.
        """
        caller = self.caller
        require_admin(caller)
        return caller

    def query(self, name: str) -> str | None:
        """A query parameter without surrounding blanks, or None.

        Raises:
            Invalid: it is no text that a name could be.
        """
        parameters = self.raw.query_params
        value = parameters.get(name) if parameters else None
        return _sound(value.strip(), f"the query parameter {name}") if value is not None else None

    def required(self, name: str) -> str:
        """A query parameter that must be there.

        Raises:
            Invalid: it is missing or blank.
        """
        value = self.query(name)
        if not value:
            raise Invalid(f"the query parameter {name} is missing")
        return value

    @property
    def event_id(self) -> str:
        """The shop that the request is about; the default one if it names none.

        Raises:
            Invalid: it names a blank.
        """
        event_id = settings().default_event_id if self.query("eventId") is None else self.required("eventId")
        about(event_id=event_id)
        return event_id

    def body(self, check: Check) -> Any:
        """The JSON body, in the shape that `check` (a compiled schema) demands.

        Raises:
            Invalid: says the first thing that is wrong.
        """
        try:
            content = json.loads(self.raw.raw_body or b"null")
        except (ValueError, RecursionError) as error:
            raise Invalid("the body is not JSON") from error
        try:
            checked = check(content)
        except fastjsonschema.JsonSchemaValueException as error:
            raise Invalid(error.message.replace("data", "body", 1)) from error
        if fault := first_fault(content, "body"):
            raise Invalid(fault)
        return checked


def endpoint(
    blueprint: Blueprint, method: str, path: str, authorizer: Authorizer | None = None
) -> Callable[[View], View]:
    """Register a view: it gets an `ApiRequest` and the path's parameters, and returns a body or a Response.

    A route that is given no authorizer is open to anybody.
    """

    def register(view: View) -> View:
        @wraps(view)
        def answer(**path_parameters: str) -> Any:
            request = ApiRequest(blueprint.current_request)
            try:
                about(event_id=request.query("eventId"), order_id=path_parameters.get("order_id"))
                for name, value in path_parameters.items():
                    _sound(value, f"the {name} in the path")
                return view(request, **path_parameters)
            except Refusal as refusal:
                return refused(refusal)
            except Exception as error:
                if not passes_by_itself(error):
                    raise  # Chalice answers 500 and says nothing of it
                logger.exception("failed; trying again may help")
                return refused(Unavailable("the bar cannot do this just now; try again in a moment"))

        return blueprint.route(path, methods=[method], cors=CORS, authorizer=authorizer)(answer)  # type: ignore[no-any-return]

    return register


def told(request: Request, get_response: Callable[[Request], Response]) -> Response:
    """Middleware: each line of a request names its method and its route's path, and the last one the answer's status.

    Not the address as it was asked for: its query may hold a scanned code.
    """
    logger.append_keys(method=request.method, path=request.path)
    response = get_response(request)
    logger.info("answered", status=response.status_code)
    return response


def _sound(value: str, what: str) -> str:
    fault = fault_in_name(value) if value else None  # whether it may be missing is for the view to say
    if fault:
        raise Invalid(f"{what} {fault}")
    return value


def refused(refusal: Refusal) -> Response:
    """The answer to a request that the bar turns down."""
    logger.info("refused", code=refusal.code, reason=str(refusal))
    headers: dict[str, str | list[str]] = (
        {"Retry-After": str(refusal.retry_after)} if isinstance(refusal, NotReady | Unavailable) else {}
    )
    body = {"Code": refusal.code, "Message": str(refusal)}
    return Response(body=body, status_code=_status(refusal), headers=headers)


def _status(refusal: Refusal) -> int:
    """That of the nearest kind of refusal; a package may have kinds of its own."""
    return next(STATUS[kind] for kind in type(refusal).__mro__ if kind in STATUS)
