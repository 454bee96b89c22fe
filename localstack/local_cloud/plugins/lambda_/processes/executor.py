"""LocalStack's view of a sandbox: what its Lambda service calls, from any of its threads.

This module alone knows LocalStack's models and exceptions, and the variables that set the plugin up.
"""

import contextlib
import logging
import os
import tempfile
from pathlib import Path

from localstack.aws.api.lambda_ import TooManyRequestsException
from localstack.runtime.shutdown import SHUTDOWN_HANDLERS
from localstack.services.lambda_.invocation.executor_endpoint import StatusErrorException
from localstack.services.lambda_.invocation.lambda_models import (
    FunctionVersion,
    InitializationType,
    InvocationResult,
    LayerVersion,
)
from localstack.services.lambda_.invocation.runtime_executor import LambdaRuntimeException, RuntimeExecutor

from local_cloud.plugins.dynamodb.items_server.plugin import ITEMS_SERVER
from local_cloud.plugins.lambda_.processes.answers import failure
from local_cloud.plugins.lambda_.processes.environment import Places, process_environment
from local_cloud.plugins.lambda_.processes.fork_server.launching import ForkServers, is_wanted
from local_cloud.plugins.lambda_.processes.function_runtimes import VARIABLE as RUNTIMES_VARIABLE
from local_cloud.plugins.lambda_.processes.function_runtimes import (
    RuntimeUnavailableError,
    client_folder,
    configured_runtimes,
    interpreter_for,
)
from local_cloud.plugins.lambda_.processes.layers import merge, merged_folder
from local_cloud.plugins.lambda_.processes.loop_thread import LoopThread
from local_cloud.plugins.lambda_.processes.process_pool import VARIABLE as LIMIT_VARIABLE
from local_cloud.plugins.lambda_.processes.process_pool import (
    PoolExhaustedError,
    ProcessPool,
    configured_keeping,
    configured_limit,
)
from local_cloud.plugins.lambda_.processes.runtime_api import Invocation
from local_cloud.plugins.lambda_.processes.sandbox import FunctionSettings, Sandbox
from local_cloud.plugins.lambda_.processes.supervised_process import Program, SupervisedProcess

LOG = logging.getLogger(__name__)
LOOPBACK = "127.0.0.1"

_thread = LoopThread("lambda-processes")
_fork_servers = ForkServers() if is_wanted(os.environ) else None
_pool = ProcessPool(
    configured_limit(os.environ),
    _fork_servers.launch if _fork_servers else SupervisedProcess.start,
    configured_keeping(os.environ),
)


async def _end_all() -> None:
    await _pool.close()
    if _fork_servers:
        await _fork_servers.close()


# LocalStack waits for invocations in progress before it exits, and so would last as long as the slowest of them.
SHUTDOWN_HANDLERS.register(lambda: _thread.run(_end_all()))


class ProcessExecutor(RuntimeExecutor):  # type: ignore[misc]  # LocalStack has no types
    """One of LocalStack's execution environments.

    Its process starts with the first invocation and not before, so that a failed start is told in that invocation's
    result, with its log.
    """

    def __init__(self, id: str, function_version: FunctionVersion) -> None:  # noqa: A002 - LocalStack's name
        super().__init__(id=id, function_version=function_version)
        self._sandbox: Sandbox | None = None
        self._scratch = Path(tempfile.gettempdir()) / "functions" / id

    def start(self, env_vars: dict[str, object]) -> None:
        """Take `env_vars` for the processes to come; with provisioned concurrency, start the first one now.

        Raises:
            StatusErrorException: no Python here can run the function; LocalStack makes its payload the invocation's
                answer. (A function in the state Failed would tell it earlier, but LocalStack can neither update nor
                delete such a function.)
        """
        try:
            self._sandbox = Sandbox(_settings(self.function_version, env_vars, self._scratch), _pool)
        except RuntimeUnavailableError as error:
            answer = failure("InvalidRuntimeException", str(error))
            raise StatusErrorException(str(error), answer.payload) from error
        if env_vars["AWS_LAMBDA_INITIALIZATION_TYPE"] == InitializationType.provisioned_concurrency:
            _thread.run(self._sandbox.warm_up())

    def stop(self) -> None:
        """End the process, after the invocation that it may be busy with."""
        if self._sandbox:
            _thread.run(self._sandbox.end())

    def get_address(self) -> str:
        """Return the address at which LocalStack reaches its functions."""
        return LOOPBACK

    def get_endpoint_from_executor(self) -> str:
        """Return the address at which functions reach LocalStack."""
        return LOOPBACK

    def get_runtime_endpoint(self) -> str:
        """Return nothing: a process is told the address of its own Runtime API when it starts."""
        return ""

    def invoke(self, payload: dict[str, str]) -> InvocationResult:
        """Run one invocation.

        Raises:
            TooManyRequestsException: as many processes as allowed are busy.
        """
        if self._sandbox is None:
            raise LambdaRuntimeException(f"The execution environment {self.id} was not started")
        invocation = Invocation(
            request_id=payload["invoke-id"],
            function_arn=payload["invoked-function-arn"],
            trace_id=payload["trace-id"],
            event=payload["payload"].encode(),
        )
        try:
            outcome = _thread.run(self._sandbox.invoke(invocation))
        except PoolExhaustedError as error:
            LOG.warning("As many function processes are busy as %s allows", LIMIT_VARIABLE)
            reason = "ConcurrentInvocationLimitExceeded"
            raise TooManyRequestsException("Rate Exceeded.", Reason=reason, Type="User") from error
        answer = outcome.answer
        return InvocationResult(invocation.request_id, answer.payload, answer.is_error, outcome.log)

    def get_logs(self) -> str:
        """Return nothing: all output is in the invocations' results."""
        return ""

    @classmethod
    def prepare_version(cls, function_version: FunctionVersion) -> None:
        """Unzip the code and merge the layers, ready a fork server, and log at once if no Python here can run it."""
        config = function_version.config
        try:
            _ready_fork_server(interpreter_for(config.runtime, configured_runtimes(os.environ)))
        except RuntimeUnavailableError as error:
            LOG.error("%s cannot be invoked: %s", function_version.qualified_arn, error)
        if config.code:
            config.code.prepare_for_execution()
        if layers := _merged(config.layers):
            for layer in config.layers:
                layer.code.prepare_for_execution()
            merge([layer.code.get_unzipped_code_location() for layer in config.layers], layers)

    @classmethod
    def cleanup_version(cls, function_version: FunctionVersion) -> None:
        """Do nothing: LocalStack removes unzipped code, and stops environments, by itself."""

    @classmethod
    def validate_environment(cls) -> bool:
        """Return whether any function can be run here, and log why not."""
        try:
            runtimes = configured_runtimes(os.environ)
            interpreters = [interpreter_for(runtime, runtimes) for runtime in runtimes]
        except RuntimeUnavailableError as error:
            LOG.error("%s", error)
            return False
        if not interpreters:
            LOG.error("%s names no runtime, so that no function can be invoked", RUNTIMES_VARIABLE)
        return bool(interpreters)


def _ready_fork_server(interpreter: Path) -> None:
    if _fork_servers:
        with contextlib.suppress(OSError):  # the first invocation tells
            _thread.run(_fork_servers.prepare(str(interpreter)))


def _merged(layers: list[LayerVersion]) -> Path | None:
    return merged_folder(layer.code.code_sha256 for layer in layers) if layers else None


def _settings(function_version: FunctionVersion, env_vars: dict[str, object], scratch: Path) -> FunctionSettings:
    config = function_version.config
    interpreter = interpreter_for(config.runtime, configured_runtimes(os.environ))
    code = config.code.get_unzipped_code_location()
    prepared = {**env_vars, **ITEMS_SERVER.variables}
    places = Places(interpreter, code, scratch, _merged(config.layers), client_folder(interpreter))
    program = Program(
        command=(str(interpreter), "-s", "-m", "awslambdaric", config.handler),
        directory=code,
        layers=places.layers,
        environment=process_environment(prepared, config.environment or {}, config.runtime, places),
    )
    return FunctionSettings(program, scratch, function_version.id.qualifier, config.timeout, config.memory_size)
