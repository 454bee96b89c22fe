"""How EventBridge delivers to the target of a rule that Chalice made, of which Chalice itself says nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from deployer.problem import Problem
from deployer.resources.refusals import passing
from deployer.resources.resource import Adapter, Resource, State


@dataclass(frozen=True)
class TargetDelivery(Resource):
    """The delivery to the one target of the rule of this name, on the default bus.

    Attributes:
        delivery: members of the target that say how often EventBridge tries and where events go that it gives up.
    """

    kind = "delivery by rule"
    part = True

    delivery: Mapping[str, Any]

    def state(self) -> State:
        """Those members."""
        return self.delivery


class TargetDeliveryAdapter(Adapter[TargetDelivery]):
    """Targets in EventBridge."""

    def read(self, wanted: TargetDelivery) -> State | None:
        """The target that is there; each deploy of Chalice's puts it anew."""
        with passing("ResourceNotFoundException"):
            return next(iter(self._targets(wanted)), None)
        return None

    def create(self, wanted: TargetDelivery) -> None:
        """Fails: a rule is Chalice's to make."""
        raise Problem(f"there is no rule {wanted.name}", "Run `up` again: it deploys the application first.")

    def update(self, wanted: TargetDelivery, differing: frozenset[str]) -> None:
        """Put the target again as it is, but for its delivery."""
        targets: Any = [{**target, **wanted.delivery} for target in self._targets(wanted)]
        self.aws.events.put_targets(Rule=wanted.name, Targets=targets)

    def _targets(self, of: TargetDelivery) -> list[Mapping[str, Any]]:
        return list(self.aws.events.list_targets_by_rule(Rule=of.name).get("Targets", []))
