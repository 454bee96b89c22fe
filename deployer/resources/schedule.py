"""Whether a schedule that Chalice made calls its function; Chalice makes it so that it does."""

from dataclasses import dataclass

from deployer.problem import Problem
from deployer.resources.refusals import passing
from deployer.resources.resource import Adapter, Resource, State


@dataclass(frozen=True)
class Schedule(Resource):
    """The rule of this name, on the default bus.

    Attributes:
        awake: whether it calls.
    """

    kind = "schedule"
    part = True

    awake: bool

    def state(self) -> State:
        """EventBridge's word for it."""
        return {"State": "ENABLED" if self.awake else "DISABLED"}


class ScheduleAdapter(Adapter[Schedule]):
    """Schedules in EventBridge."""

    def read(self, wanted: Schedule) -> State | None:
        """What there is of the rule."""
        with passing("ResourceNotFoundException"):
            return self.aws.events.describe_rule(Name=wanted.name)
        return None

    def create(self, wanted: Schedule) -> None:
        """Fails: a rule is Chalice's to make."""
        raise Problem(f"there is no rule {wanted.name}", "Run `up` again: it deploys the application first.")

    def update(self, wanted: Schedule, differing: frozenset[str]) -> None:
        """Wake it, or put it to sleep."""
        turn = self.aws.events.enable_rule if wanted.awake else self.aws.events.disable_rule
        turn(Name=wanted.name)
