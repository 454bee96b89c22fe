"""Who may invoke a function beside those whose own policies say so: statements of the function's resource policy."""

import json
from dataclasses import dataclass

from deployer.resources.refusals import passing
from deployer.resources.resource import Adapter, Resource, State


@dataclass(frozen=True)
class FunctionPermission(Resource):
    """A statement that lets a service of AWS invoke the function of this name.

    Attributes:
        statement: the statement's id, by which it is known again.
        principal: the service, such as `cognito-idp.amazonaws.com`.
        source: the ARN of the one resource on whose behalf the service may.
    """

    kind = "permission to invoke"
    part = True
    replaceable = True

    statement: str
    principal: str
    source: str

    def state(self) -> State:
        """Who may, and for what."""
        return {"principal": self.principal, "source": self.source}


class FunctionPermissionAdapter(Adapter[FunctionPermission]):
    """Resource policies in Lambda."""

    def read(self, wanted: FunctionPermission) -> State | None:
        """The statement of that id."""
        with passing("ResourceNotFoundException"):
            policy = json.loads(self.aws.lambda_.get_policy(FunctionName=wanted.name)["Policy"])
            for statement in policy["Statement"]:
                if statement["Sid"] == wanted.statement:
                    source = statement.get("Condition", {}).get("ArnLike", {}).get("AWS:SourceArn")
                    return {"principal": statement["Principal"].get("Service"), "source": source}
        return None

    def create(self, wanted: FunctionPermission) -> None:
        """Add it."""
        with passing("ResourceConflictException"):
            self.aws.lambda_.add_permission(
                FunctionName=wanted.name,
                StatementId=wanted.statement,
                Action="lambda:InvokeFunction",
                Principal=wanted.principal,
                SourceArn=wanted.source,
            )

    def delete(self, wanted: FunctionPermission) -> None:
        """Take it away."""
        with passing("ResourceNotFoundException"):
            self.aws.lambda_.remove_permission(FunctionName=wanted.name, StatementId=wanted.statement)
