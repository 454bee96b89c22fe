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
