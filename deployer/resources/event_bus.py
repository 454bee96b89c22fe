"""EventBridge's custom event buses."""

from collections.abc import Sequence, Set
from dataclasses import dataclass

from deployer.problem import Problem
from deployer.resources.refusals import passing
from deployer.resources.resource import Adapter, Resource, State
from deployer.resources.rule import other_rules_of_ours


@dataclass(frozen=True)
class EventBus(Resource):
    """A custom event bus, by its name.

    Attributes:
        rules: the names of those rules of ours that belong on it.
    """

    kind = "event bus"

    rules: Set[str] = frozenset()

    def state(self) -> State:
        """That it exists is all."""
        return {}


class EventBusAdapter(Adapter[EventBus]):
    """Buses in EventBridge."""

    def read(self, wanted: EventBus) -> State | None:
        """Whether there is one of that name."""
        with passing("ResourceNotFoundException"):
            self.aws.events.describe_event_bus(Name=wanted.name)
            return {}
        return None

    def create(self, wanted: EventBus) -> None:
        """Make it."""
        with passing("ResourceAlreadyExistsException"):
            self.aws.events.create_event_bus(Name=wanted.name)

    def delete(self, wanted: EventBus) -> None:
        """Remove it, unless somebody else's rules are on it.

        Raises:
            Problem: there are such rules; ours were removed before.
        """
        with passing("ResourceNotFoundException"):
            if rules := self.aws.events.list_rules(EventBusName=wanted.name)["Rules"]:
                names = ", ".join(rule["Name"] for rule in rules)
                raise Problem(f"rules that are not ours are on it: {names}", "Remove them, then run `down` again.")
            self.aws.events.delete_event_bus(Name=wanted.name)

    def strays(self, wanted: Sequence[EventBus]) -> Sequence[Resource]:
        """Rules of ours on these buses that nobody describes any more."""
        return [rule for bus in wanted for rule in other_rules_of_ours(self.aws, bus.name, bus.rules)]
