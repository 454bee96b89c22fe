"""A mapping reads a table's stream when the table has changed, and as long as there was something to read."""

import json

from local_cloud.testing import Cloud

PAUSES = """
import json, threading, time
from types import SimpleNamespace
from local_cloud.plugins.lambda_ import stream_pauses
from local_cloud.plugins.lambda_.stream_pauses import UntilChanged
from requests import ConnectionError

INTERVAL_S = 0.01
answers = {}

class Changes:
    asked = 0

    def __init__(self, *told):
        self.told = iter(told)

    def wait(self):
        self.asked += 1
        told = next(self.told)
        if isinstance(told, Exception):
            raise told
        return told() if callable(told) else told

def paused(records, changes, timeout=INTERVAL_S):
    poller = SimpleNamespace(get_records=lambda iterator: records)
    pause = UntilChanged(poller, changes, INTERVAL_S)
    if records is not None:
        poller.get_records("iterator")
    return [pause.wait(timeout), changes.asked]

answers["empty, and changed at the third time"] = paused({"Records": []}, Changes(False, False, True))
answers["records, of which there may be more"] = paused({"Records": [1]}, Changes())
answers["no answer"] = paused(None, Changes())
answers["after a failure"] = paused({"Records": []}, Changes(), timeout=0.02)
answers["nobody tells"] = paused({"Records": []}, Changes(ConnectionError()))

poller = SimpleNamespace(get_records=lambda iterator: {"Records": []})
ended = UntilChanged(poller, Changes(False, lambda: ended.set()), INTERVAL_S)
poller.get_records("iterator")
answers["to end while it waits"] = [ended.wait(INTERVAL_S), ended.is_set()]

stream_pauses.LOOK_ANYWAY_S = 0
answers["never told"] = paused({"Records": []}, Changes(False, False))
print(json.dumps(answers))
"""


def test_a_pause_lasts_until_there_is_something_to_read(cloud: Cloud) -> None:
    told = json.loads(cloud.run_in_localstack_environment(PAUSES).stdout)
    assert told == {
        "empty, and changed at the third time": [False, 3],
        "records, of which there may be more": [False, 0],
        "no answer": [False, 0],
        "after a failure": [False, 0],
        "nobody tells": [False, 1],
        "to end while it waits": [True, True],
        "never told": [False, 1],
    }


RESTS = """
import json, threading
from types import SimpleNamespace
from local_cloud.plugins.lambda_ import stream_pauses

now, rests = [0.0], []
stream_pauses.time = SimpleNamespace(monotonic=lambda: now[0])
threading.Event.wait = lambda self, timeout=None: bool(rests.append(round(timeout, 3)))

def changed_after(seconds):
    changes = SimpleNamespace(wait=lambda: now.append(now.pop() + seconds) or True)
    poller = SimpleNamespace(get_records=lambda iterator: {"Records": []})
    pause = stream_pauses.UntilChanged(poller, changes, 1.0)
    poller.get_records("iterator")
    pause.wait(1.0)

changed_after(3.0)
changed_after(0.02)
print(json.dumps(rests))
"""


def test_a_change_after_a_while_is_read_at_once_and_one_right_after_a_read_with_those_that_follow(cloud: Cloud) -> None:
    assert json.loads(cloud.run_in_localstack_environment(RESTS).stdout) == [0.0, 0.03]


WORKERS = """
import json, os
from types import SimpleNamespace
from local_cloud.plugins.lambda_ import event_source_poll_interval as plugin
from local_cloud.plugins.patches import REPLACEMENTS
from localstack.services.lambda_.event_source_mapping import esm_worker
from localstack.services.lambda_.event_source_mapping.pollers.dynamodb_poller import DynamoDBPoller
from localstack.services.lambda_.event_source_mapping.pollers.kinesis_poller import KinesisPoller

plugin.poll_as_often_as_aws()
for replacement in REPLACEMENTS:
    replacement.apply()
version = SimpleNamespace(id=SimpleNamespace(account="000000000000", region="us-east-1"))
esm_worker.get_function_version_from_arn = lambda arn: version

def pauses(poller, engine="dynoxide"):
    os.environ["LOCAL_CLOUD_TABLES"] = engine
    worker = esm_worker.EsmWorker({"FunctionArn": "f", "UUID": "mapping"}, poller)
    return type(worker._shutdown_event).__name__

def of_table(**parameters):
    arn = "arn:aws:dynamodb:us-east-1:000000000000:table/t/stream/x"
    return DynamoDBPoller(arn, {"DynamoDBStreamParameters": parameters}, processor=object())

stream = "arn:aws:kinesis:us-east-1:000000000000:stream/s"
kinesis = KinesisPoller(stream, {"KinesisStreamParameters": {}}, processor=object())
print(json.dumps({
    "table": pauses(of_table()),
    "table, collecting": pauses(of_table(MaximumBatchingWindowInSeconds=2)),
    "table in DynamoDB Local": pauses(of_table(), "dynamodb-local"),
    "stream of Kinesis": pauses(kinesis),
}))
"""


def test_only_who_can_be_told_of_all_that_matters_waits_to_be_told(cloud: Cloud) -> None:
    assert json.loads(cloud.run_in_localstack_environment(WORKERS).stdout) == {
        "table": "UntilChanged",
        "table, collecting": "Event",
        "table in DynamoDB Local": "Event",
        "stream of Kinesis": "Event",
    }
