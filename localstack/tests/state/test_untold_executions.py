"""That an execution failed by a restart is kept until rules were told, whoever is killed meanwhile."""

import json

from local_cloud.testing import Cloud

# What LocalStack keeps of an execution, as far as it matters, told to a list instead of the bus.
CODE = """
import json
from local_cloud.plugins.state import executions

class Execution:
    def publish_execution_status_change_event(self):
        told.append(self.exec_status)

def restart(kept):
    executions._TO_TELL.clear()
    restored, arguments = kept
    return restored(*arguments)

told = []
running = (executions._restored, (Execution, {"exec_status": "RUNNING"}, [], []))
kept_before_it_was_told = executions.reduced(restart(running))
told_at_last = restart(kept_before_it_was_told)
executions.tell_of_failed()
restart(executions.reduced(told_at_last))
executions.tell_of_failed()
print(json.dumps(told))
"""


def test_a_failure_that_nobody_heard_of_before_the_next_kill_is_told_after_it_and_once(cloud: Cloud) -> None:
    done = cloud.run_in_localstack_environment(CODE)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == ["FAILED"]
