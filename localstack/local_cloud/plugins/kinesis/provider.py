"""The operations of Kinesis that are not left to moto: what this cloud cannot do is refused, and says so."""

from typing import Any, NoReturn

from localstack.aws.api import CommonServiceException, RequestContext, handler
from localstack.services.kinesis.provider import KinesisProvider

_RESHARDING = "This cloud cannot change the shards of a stream: create it with as many as it needs."
_FAN_OUT = "This cloud has no enhanced fan-out: read the shard with GetShardIterator and GetRecords."


class InMemoryKinesis(KinesisProvider):  # type: ignore[misc]  # LocalStack has no types
    """LocalStack's provider without its server. What is not defined here or there is forwarded."""

    @handler("SplitShard", expand=False)  # type: ignore[untyped-decorator]
    def split_shard(self, context: RequestContext, request: Any) -> NoReturn:
        """Refuse: moto goes on writing to the closed shard, and mappings would not find the new ones."""
        raise _UnsupportedError(_RESHARDING)

    @handler("MergeShards", expand=False)  # type: ignore[untyped-decorator]
    def merge_shards(self, context: RequestContext, request: Any) -> NoReturn:
        """Refuse, as SplitShard."""
        raise _UnsupportedError(_RESHARDING)

    @handler("UpdateShardCount", expand=False)  # type: ignore[untyped-decorator]
    def update_shard_count(self, context: RequestContext, request: Any) -> NoReturn:
        """Refuse, as SplitShard."""
        raise _UnsupportedError(_RESHARDING)

    @handler("RegisterStreamConsumer", expand=False)  # type: ignore[untyped-decorator]
    def register_stream_consumer(self, context: RequestContext, request: Any) -> NoReturn:
        """Refuse: nobody would be pushed anything."""
        raise _UnsupportedError(_FAN_OUT)

    @handler("SubscribeToShard", expand=False)  # type: ignore[untyped-decorator]
    def subscribe_to_shard(self, context: RequestContext, request: Any) -> NoReturn:
        """Refuse, as RegisterStreamConsumer."""
        raise _UnsupportedError(_FAN_OUT)


class _UnsupportedError(CommonServiceException):  # type: ignore[misc]
    def __init__(self, message: str) -> None:
        super().__init__("InvalidArgumentException", message, status_code=400, sender_fault=True)
