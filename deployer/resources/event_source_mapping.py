"""Lambda's reading of a table's stream for a function."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from deployer.problem import Problem
from deployer.resources.new_roles import once_the_role_is_known
from deployer.resources.refusals import passing
from deployer.resources.resource import Adapter, Resource, State
from deployer.resources.waiting import wait_until

STREAMS, STATE = "streams", "state"
ITS_OWN = "the table's own"
# Nothing that changes between the making of the table and that of the mapping is lost.
_STARTING_POSITION: Final = "TRIM_HORIZON"
_SETTLED = {"Enabled", "Disabled"}
PATIENCE_S = 300


@dataclass(frozen=True)
class EventSourceMapping(Resource):
    """What makes Lambda call the function of this name with what a table's stream tells.

    Attributes:
        function: the function's ARN.
        table: the table's ARN.
        settings: members of UpdateEventSourceMapping's request, as GetEventSourceMapping has them too.
    """

    kind = "event source mapping of"

    function: str
    table: str
    settings: Mapping[str, Any]

    def state(self) -> State:
        """That it reads the stream that the table has now, and how."""
        return {STREAMS: [ITS_OWN], STATE: "Enabled", **self.settings}


class EventSourceMappingAdapter(Adapter[EventSourceMapping]):
    """Event source mappings in Lambda."""

    def read(self, wanted: EventSourceMapping) -> State | None:
        """How the table's own stream is read, and which streams are: a table that was made anew has another one."""
        found = list(self._mappings(wanted))
        if not found:
            return None
        own = self._stream(wanted)
        present: Mapping[str, Any] = next((one for one in found if one["EventSourceArn"] == own), {})
        streams = (one["EventSourceArn"] for one in found)
        return {
            STREAMS: [ITS_OWN if stream == own else stream for stream in streams],
            STATE: present.get("State"),
            **{member: present.get(member) for member in wanted.settings},
        }

    @once_the_role_is_known
    def create(self, wanted: EventSourceMapping) -> None:
        """Make it and wait until Lambda reads the stream.

        Raises:
            Problem: the table has no stream.
        """
        stream = self._stream(wanted)
        if stream is None:
            raise Problem(f"{wanted.table} has no stream", "Run `up` again: it switches the stream on.")
        with passing("ResourceConflictException"):
            self.aws.lambda_.create_event_source_mapping(
                FunctionName=wanted.function,
                EventSourceArn=stream,
                StartingPosition=_STARTING_POSITION,
                **wanted.settings,
            )
        self._wait_until_enabled(wanted)

    def update(self, wanted: EventSourceMapping, differing: frozenset[str]) -> None:
        """Change the one that reads the table's own stream, which goes on where it was, and remove all others."""
        self._wait_until_settled(wanted)
        own = self._stream(wanted)
        found = list(self._mappings(wanted))
        self._remove(wanted, [one["UUID"] for one in found if one["EventSourceArn"] != own])
        present = [one["UUID"] for one in found if one["EventSourceArn"] == own]
        if not present:
            return self.create(wanted)
        self.aws.lambda_.update_event_source_mapping(UUID=present[0], Enabled=True, **wanted.settings)
        return self._wait_until_enabled(wanted)

    def delete(self, wanted: EventSourceMapping) -> None:
        """Remove it and wait until it is gone."""
        self._wait_until_settled(wanted)
        self._remove(wanted, list(self._ids(wanted)))

    def _remove(self, wanted: EventSourceMapping, ids: list[str]) -> None:
        for mapping_id in ids:
            with passing("ResourceNotFoundException"):
                self.aws.lambda_.delete_event_source_mapping(UUID=mapping_id)
        wait_until(
            lambda: not any(one["UUID"] in ids for one in self._mappings(wanted)), "removing the mapping", PATIENCE_S
        )

    def _wait_until_settled(self, wanted: EventSourceMapping) -> None:
        wait_until(lambda: self._states(wanted) <= _SETTLED, "settling the mapping", PATIENCE_S)

    def _wait_until_enabled(self, wanted: EventSourceMapping) -> None:
        wait_until(lambda: self._states(wanted) == {"Enabled"}, "enabling the mapping", PATIENCE_S)

    def _states(self, of: EventSourceMapping) -> set[str]:
        return {one["State"] for one in self._mappings(of)}

    def _mappings(self, of: EventSourceMapping) -> Iterator[Mapping[str, Any]]:
        for mapping_id in self._ids(of):
            with passing("ResourceNotFoundException"):
                yield self.aws.lambda_.get_event_source_mapping(UUID=mapping_id)

    def _ids(self, of: EventSourceMapping) -> Iterator[str]:
        """Of all mappings between the table and the function, which need not exist any more."""
        for page in self.aws.lambda_.get_paginator("list_event_source_mappings").paginate():
            for one in page["EventSourceMappings"]:
                of_table = one.get("EventSourceArn", "").startswith(f"{of.table}/stream/")
                if of_table and one.get("FunctionArn") == of.function:
                    yield one["UUID"]

    def _stream(self, of: EventSourceMapping) -> str | None:
        with passing("ResourceNotFoundException"):
            table = self.aws.dynamodb.describe_table(TableName=of.table.rpartition("/")[2])["Table"]
            return table.get("LatestStreamArn")
        return None
