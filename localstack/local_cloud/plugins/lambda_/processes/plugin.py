"""LocalStack starts each function in a Docker container; here as a process, through AWS's own runtime client.
Since 0.1.

The entry point by which LocalStack finds this executor when LAMBDA_RUNTIME_EXECUTOR is `process`.
"""

from typing import TYPE_CHECKING, Any

from localstack.services.lambda_.invocation.plugins import RuntimeExecutorPlugin

if TYPE_CHECKING:
    from local_cloud.plugins.lambda_.processes.executor import ProcessExecutor


class ProcessExecutorPlugin(RuntimeExecutorPlugin):  # type: ignore[misc]  # LocalStack has no types
    """Runs Lambda functions as processes of this machine."""

    name = "process"

    def load(self, *args: Any, **kwargs: Any) -> "type[ProcessExecutor]":
        """Return the executor's class."""
        from local_cloud.plugins.lambda_.processes.executor import ProcessExecutor  # noqa: PLC0415 - plux imports every plugin's module to list them

        return ProcessExecutor
