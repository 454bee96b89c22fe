"""Log groups of CloudWatch, with how long they keep what is written."""

from dataclasses import dataclass

from deployer.resources.refusals import passing
from deployer.resources.resource import Adapter, Resource, State


@dataclass(frozen=True)
class LogGroup(Resource):
    """A log group."""

    kind = "log group"
    holds = "log lines"

    retention_days: int

    def state(self) -> State:
        """How long it keeps what is written."""
        return {"retention in days": self.retention_days}


class LogGroupAdapter(Adapter[LogGroup]):
    """Log groups in CloudWatch Logs."""

    def read(self, wanted: LogGroup) -> State | None:
        """The group of exactly that name; CloudWatch finds by prefix only."""
        groups = self.aws.logs.describe_log_groups(logGroupNamePrefix=wanted.name)["logGroups"]
        found = next((group for group in groups if group["logGroupName"] == wanted.name), None)
        return {"retention in days": found.get("retentionInDays")} if found else None

    def create(self, wanted: LogGroup) -> None:
        """Make it."""
        with passing("ResourceAlreadyExistsException"):
            self.aws.logs.create_log_group(logGroupName=wanted.name)
        self._retain(wanted)

    def update(self, wanted: LogGroup, differing: frozenset[str]) -> None:
        """Change how long it keeps what is written."""
        self._retain(wanted)

    def delete(self, wanted: LogGroup) -> None:
        """Remove it with all that is written in it."""
        with passing("ResourceNotFoundException"):
            self.aws.logs.delete_log_group(logGroupName=wanted.name)

    def _retain(self, wanted: LogGroup) -> None:
        self.aws.logs.put_retention_policy(logGroupName=wanted.name, retentionInDays=wanted.retention_days)
