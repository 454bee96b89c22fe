"""DynamoDB tables: on demand, with their indexes, expiry, stream and point-in-time recovery."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from chalicelib.tables import Index, Key, TableShape
from deployer.resources.our_own import OWNER, PREFIX, US, is_tagged
from deployer.resources.refusals import passing
from deployer.resources.resource import Adapter, Resource, State
from deployer.resources.waiting import once_not_refused_as, wait_until

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import (
        AttributeDefinitionTypeDef,
        KeySchemaElementTypeDef,
        StreamSpecificationTypeDef,
        TableDescriptionTypeDef,
    )

EXPIRY, RECOVERY, STREAM = "expires by", "point-in-time recovery", "stream"
BOTH_IMAGES: Final = "NEW_AND_OLD_IMAGES"
PATIENCE_S = 600
_STREAM: "StreamSpecificationTypeDef" = {"StreamEnabled": True, "StreamViewType": BOTH_IMAGES}

_UNKNOWN = TableShape("", Key(""))  # of a table that is only to go


@dataclass(frozen=True)
class Table(Resource):
    """A table, in the shape that its store describes."""

    kind = "table"
    lasting = True
    holds = "rows"

    shape: TableShape

    def state(self) -> State:
        """Its keys, its indexes and how its rows expire, are told of and are kept."""
        expiry = {EXPIRY: self.shape.expires} if self.shape.expires else {}
        stream = {STREAM: BOTH_IMAGES} if self.shape.stream else {}
        return {
            "status": "ACTIVE",
            "keys": _keys(self.shape),
            **{_title(index.name): _keys(index) for index in self.shape.indexes},
            **expiry,
            **stream,
            RECOVERY: "ENABLED",
        }

    def obstacle(self, attribute: str, actual: Any) -> str | None:
        """Keys are for ever; an index can be added; all else can be switched on."""
        if attribute == "keys":
            return "DynamoDB cannot change a table's keys, and its rows are not for the deployer to throw away"
        if attribute == "status" and actual == "DELETING":
            return "it is being deleted; try again in a minute"
        if attribute == EXPIRY and actual:
            return "DynamoDB cannot move expiry to another attribute at once: switch it off by hand, wait an hour"
        if attribute == STREAM and actual:
            return "DynamoDB cannot change what a stream shows: switch it off by hand"
        if attribute.startswith("index ") and actual:
            return "DynamoDB cannot change an index's keys: give the index a new name"
        return None


class TableAdapter(Adapter[Table]):
    """Tables in DynamoDB."""

    def read(self, wanted: Table) -> State | None:
        """Three calls: the table, its expiry and its recovery."""
        client, name = self.aws.dynamodb, wanted.name
        with passing("ResourceNotFoundException"):
            table = client.describe_table(TableName=name)["Table"]
            expiry = client.describe_time_to_live(TableName=name)["TimeToLiveDescription"]
            backups = client.describe_continuous_backups(TableName=name)["ContinuousBackupsDescription"]
            expires = expiry.get("TimeToLiveStatus") in {"ENABLED", "ENABLING"}
            recovery = backups.get("PointInTimeRecoveryDescription", {})
            return {
                **described(table),
                EXPIRY: expiry.get("AttributeName") if expires else None,
                RECOVERY: recovery.get("PointInTimeRecoveryStatus", "DISABLED"),
            }
        return None

    def create(self, wanted: Table) -> None:
        """Make the table and wait until it can be used."""
        indexes = [_index(index) for index in wanted.shape.indexes]
        request: dict[str, Any] = {"GlobalSecondaryIndexes": indexes} if indexes else {}
        if wanted.shape.stream:
            request["StreamSpecification"] = _STREAM
        with passing("ResourceInUseException"):
            self.aws.dynamodb.create_table(
                TableName=wanted.name,
                BillingMode="PAY_PER_REQUEST",
                AttributeDefinitions=_attributes(wanted.shape, *wanted.shape.indexes),
                KeySchema=_key_schema(wanted.shape),
                Tags=[{"Key": OWNER, "Value": US}],
                **request,
            )
        self._wait(wanted)
        self._protect(wanted, wanted.state().keys())

    def update(self, wanted: Table, differing: frozenset[str]) -> None:
        """Add indexes, one at a time as DynamoDB demands, and switch on what is off."""
        self._wait(wanted)
        for index in wanted.shape.indexes:
            if _title(index.name) in differing:
                self.aws.dynamodb.update_table(
                    TableName=wanted.name,
                    AttributeDefinitions=_attributes(wanted.shape, *wanted.shape.indexes),
                    GlobalSecondaryIndexUpdates=[{"Create": _index(index)}],  # type: ignore[typeddict-item]
                )
                self._wait(wanted)
        if STREAM in differing:
            self.aws.dynamodb.update_table(TableName=wanted.name, StreamSpecification=_STREAM)
            self._wait(wanted)
        self._protect(wanted, differing)

    def delete(self, wanted: Table) -> None:
        """Delete the table with its rows and wait until it is gone."""
        with passing("ResourceNotFoundException"):
            self.aws.dynamodb.delete_table(TableName=wanted.name)
        wait_until(lambda: self._status(wanted) is None, "deleting the table", PATIENCE_S)

    def strays(self, wanted: Sequence[Table]) -> Sequence[Resource]:
        """Tables of ours that nobody describes any more, such as those of an extension that was taken away."""
        names = {one.name for one in wanted}
        pages = self.aws.dynamodb.get_paginator("list_tables").paginate()
        others = [name for page in pages for name in page["TableNames"] if name.startswith(PREFIX)]
        return [Table(name, _UNKNOWN) for name in others if name not in names and self._is_ours(name)]

    def _is_ours(self, name: str) -> bool:
        with passing("ResourceNotFoundException"):
            arn = self.aws.dynamodb.describe_table(TableName=name)["Table"]["TableArn"]
            return is_tagged(self.aws.dynamodb.list_tags_of_resource(ResourceArn=arn)["Tags"])
        return False

    def _wait(self, wanted: Table) -> None:
        wait_until(lambda: self._status(wanted) == "ACTIVE", "making the table, its index or its stream", PATIENCE_S)

    def _status(self, wanted: Table) -> str | None:
        with passing("ResourceNotFoundException"):
            status: str = described(self.aws.dynamodb.describe_table(TableName=wanted.name)["Table"])["status"]
            return status
        return None

    def _protect(self, wanted: Table, attributes: Iterable[str]) -> None:
        if EXPIRY in attributes and wanted.shape.expires:
            self.aws.dynamodb.update_time_to_live(
                TableName=wanted.name,
                TimeToLiveSpecification={"Enabled": True, "AttributeName": wanted.shape.expires},
            )
        if RECOVERY in attributes:
            self._recoverable(wanted.name)

    # A new table's backups are refused for a while; the documentation of UpdateContinuousBackups names the error.
    @once_not_refused_as("ContinuousBackupsUnavailableException", seconds=120, at_most=8)
    def _recoverable(self, name: str) -> None:
        self.aws.dynamodb.update_continuous_backups(
            TableName=name, PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True}
        )


def described(table: "TableDescriptionTypeDef") -> State:
    """The status, keys, indexes and stream of a table as DescribeTable has them."""
    types = {definition["AttributeName"]: definition["AttributeType"] for definition in table["AttributeDefinitions"]}

    def keys(schema: "Iterable[KeySchemaElementTypeDef]") -> str:
        return ", ".join(f"{element['AttributeName']} ({types[element['AttributeName']]})" for element in schema)

    indexes = table.get("GlobalSecondaryIndexes", [])
    return {
        # A new index is made while the table is ACTIVE: it is as if the table were not.
        "status": next((one["IndexStatus"] for one in indexes if one["IndexStatus"] != "ACTIVE"), table["TableStatus"]),
        "keys": keys(table["KeySchema"]),
        **{_title(index["IndexName"]): keys(index["KeySchema"]) for index in indexes},
        STREAM: table.get("StreamSpecification", {}).get("StreamViewType"),
    }


def _title(index: str) -> str:
    return f"index {index}"


def _own_keys(of: TableShape | Index) -> list[Key]:
    return [key for key in (of.partition, of.sort) if key]


def _keys(of: TableShape | Index) -> str:
    return ", ".join(f"{key.name} ({key.type})" for key in _own_keys(of))


def _key_schema(of: TableShape | Index) -> "list[KeySchemaElementTypeDef]":
    roles = ("HASH", "RANGE")
    return [{"AttributeName": key.name, "KeyType": roles[i]} for i, key in enumerate(_own_keys(of))]  # type: ignore[typeddict-item]


def _attributes(*of: TableShape | Index) -> "list[AttributeDefinitionTypeDef]":
    types = {key.name: key.type for one in of for key in _own_keys(one)}
    return [{"AttributeName": name, "AttributeType": type_} for name, type_ in types.items()]


def _index(index: Index) -> dict[str, Any]:
    return {"IndexName": index.name, "KeySchema": _key_schema(index), "Projection": {"ProjectionType": "ALL"}}
