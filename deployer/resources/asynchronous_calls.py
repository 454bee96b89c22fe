"""What Lambda does when a function fails that nobody waits for."""

from dataclasses import dataclass

from deployer.resources.new_roles import once_the_role_is_known
from deployer.resources.refusals import passing
from deployer.resources.resource import Adapter, Resource, State


@dataclass(frozen=True)
class AsynchronousCalls(Resource):
    """How the function of this name is called asynchronously.

    Attributes:
        retries: how often Lambda calls again after a failure; 2 at most.
        age_s: seconds after which an event is too old for that.
        on_failure: the ARN of where an event goes then, with what went wrong.
    """

    kind = "asynchronous calls of"
    part = True

    retries: int
    age_s: int
    on_failure: str

    def state(self) -> State:
        """How often, how long and where to."""
        return {"retries": self.retries, "age in seconds": self.age_s, "on failure": self.on_failure}


class AsynchronousCallsAdapter(Adapter[AsynchronousCalls]):
    """Event invoke configurations in Lambda."""

    def read(self, wanted: AsynchronousCalls) -> State | None:
        """The function's configuration."""
        with passing("ResourceNotFoundException"):
            found = self.aws.lambda_.get_function_event_invoke_config(FunctionName=wanted.name)
            return {
                "retries": found.get("MaximumRetryAttempts"),
                "age in seconds": found.get("MaximumEventAgeInSeconds"),
                "on failure": found.get("DestinationConfig", {}).get("OnFailure", {}).get("Destination"),
            }
        return None

    @once_the_role_is_known
    def create(self, wanted: AsynchronousCalls) -> None:
        """Put it, whether it is there or not."""
        self.aws.lambda_.put_function_event_invoke_config(
            FunctionName=wanted.name,
            MaximumRetryAttempts=wanted.retries,
            MaximumEventAgeInSeconds=wanted.age_s,
            DestinationConfig={"OnFailure": {"Destination": wanted.on_failure}},
        )

    def update(self, wanted: AsynchronousCalls, differing: frozenset[str]) -> None:
        """Put all of it again."""
        self.create(wanted)
