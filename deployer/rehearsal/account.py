"""An account of AWS that reaches nobody: it answers as AWS's documentation says, and remembers what it was asked.

What it answers is a function of what was done in it before, so that an account in which nothing was done is empty, and
one in which everything was done is complete. botocore's models of AWS's services, which are AWS's own, see to it that
nobody asks, answers or refuses what AWS would not.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import boto3
from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders
from botocore.loaders import create_loader
from botocore.model import OperationModel
from botocore.session import Session
from botocore.validate import validate_parameters

from deployer.aws import Aws
from deployer.rehearsal.place import PLACE

# Services whose models do not name the codes of refusals: these are in their API references only, such as
# https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
UNMODELLED = {
    "acm": {"AccessDeniedException"},
    "cloudfront": {"AccessDenied"},
    "s3": {
        "AccessDenied",
        "NoSuchBucket",
        "NoSuchBucketPolicy",
        "NoSuchCORSConfiguration",
        "NoSuchLifecycleConfiguration",
        "NoSuchPublicAccessBlockConfiguration",
        "OperationAborted",
    },
    "s3control": {"AccessDenied"},
    "lambda": {"AccessDeniedException"},
    "sqs": {"AWS.SimpleQueueService.NonExistentQueue"},
}
CHANGE = re.compile(r"Create|Put|Update|Add|Verify|Set|Tag|Stop|Subscribe|Delete|Remove")


@dataclass(frozen=True)
class Request:
    """A call of AWS's.

    Attributes:
        operation: such as `dynamodb:CreateTable`.
        given: its parameters.
        model: botocore's; None where somebody else made the call.
    """

    operation: str
    given: Mapping[str, Any]
    model: OperationModel | None = None


class Refused(Exception):
    """AWS's refusal of a call."""

    def __init__(self, code: str, status: int = 400, message: str = "as documented") -> None:
        super().__init__(code)
        self.code = code
        self.status = status
        self.message = message


class NotDocumented(Exception):
    """Something was asked, or refused, that AWS's documentation was not read for."""


MODELS = create_loader()  # reads each once for all accounts


type Answer = Callable[["Account", Mapping[str, Any]], Mapping[str, Any]]


@dataclass
class Account:
    """An account.

    Attributes:
        documented: how AWS answers each operation that changes nothing, and those others whose answers somebody reads.
        done: all changes so far.
        asked: all that the deployer asked for, whatever came of it.
        unwilling: how the next calls of an operation are refused, whatever they ask for.
    """

    documented: Mapping[str, Answer]
    done: list[Request] = field(default_factory=list)
    asked: list[Request] = field(default_factory=list)
    unwilling: dict[str, list[Refused]] = field(default_factory=dict)

    def aws(self) -> Aws:
        """Clients of this account."""
        session = boto3.Session("test", "test", region_name=PLACE.region, botocore_session=_session())
        session.events.register("provide-client-params", _note)
        session.events.register("before-call", self._answer)  # type: ignore[arg-type]  # what it gives is the answer
        return Aws(session)

    def has(self, operation: str, **given: Any) -> None:
        """Something was done by somebody else, such as Chalice."""
        self.done.append(Request(operation, given))

    def refuses(self, operation: str, refusal: Refused, times: int) -> None:
        """So many of the next calls of that operation are refused, as they are while AWS settles something."""
        self.unwilling[operation] = [refusal] * times

    def all(self, operation: str, **given: Any) -> list[Mapping[str, Any]]:
        """What was done by this operation with these parameters among others, the first first."""
        return [
            one.given
            for one in self.done
            if one.operation == operation and all(one.given.get(name) == value for name, value in given.items())
        ]

    def last(self, operation: str, code: str = "ResourceNotFoundException", **given: Any) -> Mapping[str, Any]:
        """What was last done by this operation with these parameters among others.

        Raises:
            Refused: nothing was, with this code.
        """
        found = self.all(operation, **given)
        if not found:
            raise Refused(code)
        return found[-1]

    def left(self, made: str, gone: str, by: str) -> list[Mapping[str, Any]]:
        """What was done by one operation and not undone by another since, told apart by a parameter of both."""
        found: dict[Any, Mapping[str, Any]] = {}
        for one in self.done:
            if one.operation == made:
                found[one.given[by]] = one.given
            elif one.operation == gone:
                found.pop(one.given[by], None)
        return list(found.values())

    def _answer(self, model: OperationModel, context: Mapping[str, Any], **_: object) -> tuple[Any, dict[str, Any]]:
        given, operation = context["given"], f"{model.service_model.service_name}:{model.name}"
        self.asked.append(Request(operation, given, model))
        if self.unwilling.get(operation):
            return _refusal(model, self.unwilling[operation].pop())
        changes = bool(CHANGE.match(model.name))
        if changes:
            self.done.append(Request(operation, given, model))
            if operation not in self.documented:
                return _response(200), {}
        if operation not in self.documented:
            raise NotDocumented(f"deployer/rehearsal/documented does not say what {operation} answers")
        try:
            answer = self.documented[operation](self, given)
        except Refused as refusal:
            if changes:
                self.done.pop()
            return _refusal(model, refusal)
        if model.output_shape:
            validate_parameters(dict(answer), model.output_shape)
        return _response(200), dict(answer)


def _session() -> Session:
    """A session with hooks of its own."""
    session = Session()
    session.register_component("data_loader", MODELS)
    return session


def _note(params: Mapping[str, Any], context: dict[str, Any], **_: object) -> None:
    context["given"] = params


def _refusal(model: OperationModel, refusal: Refused) -> tuple[AWSResponse, dict[str, Any]]:
    shapes: list[Any] = list(model.error_shapes)
    codes = {shape.error_code for shape in shapes} | UNMODELLED.get(model.service_model.service_name, set())
    if refusal.code not in codes:
        raise NotDocumented(f"{model.name} is never refused as {refusal.code}")
    return _response(refusal.status), {"Error": {"Code": refusal.code, "Message": refusal.message}}


def _response(status: int) -> AWSResponse:
    return AWSResponse("https://aws.example", status, HTTPHeaders(), None)
