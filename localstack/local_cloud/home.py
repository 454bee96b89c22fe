"""Where the local cloud keeps its files. Only names: nothing here reads or writes."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class RunFolder:
    """What belongs to the one cloud of a port: its pid, its log, LocalStack's own files."""

    path: Path
    port: int

    @property
    def endpoint_url(self) -> str:
        """The address of every service of this cloud."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid_file(self) -> Path:
        """Holds LocalStack's process id as decimal text."""
        return self.path / "localstack.pid"

    @property
    def log(self) -> Path:
        """All that LocalStack, its plugins and their children print."""
        return self.path / "localstack.log"

    @property
    def tables_log(self) -> Path:
        """All that the programs print which keep DynamoDB's tables."""
        return self.path / "tables.log"

    @property
    def filesystem(self) -> Path:
        """The root that LocalStack takes for `/`: function code, state, caches. Gone when the cloud stops."""
        return self.path / "filesystem"

    @property
    def temporary(self) -> Path:
        """What LocalStack and its children take for `/tmp`; below the root, and gone with it."""
        return self.filesystem / "tmp"

    @property
    def user_home(self) -> Path:
        """What LocalStack and its children take for the user's home; below the root, and gone with it."""
        return self.filesystem / "home"

    @property
    def state(self) -> Path:
        """What the cloud held when it was started to keep it; stays when the cloud stops."""
        return self.path / "state"

    @property
    def lock(self) -> Path:
        """Locked while a start or a stop of this port goes on."""
        return self.path / "lock"


@dataclass(frozen=True)
class Home:
    """The local cloud's folder; several clouds on several ports share what is installed in it."""

    path: Path

    @property
    def environments(self) -> Path:
        """Python environments, each named after the lock that it was built from."""
        return self.path / "environments"

    @property
    def dynoxide(self) -> Path:
        """dynoxide's program, in a folder for each version."""
        return self.path / "dynoxide"

    @property
    def dynamodb_local(self) -> Path:
        """DynamoDB Local, in a folder for each version."""
        return self.path / "dynamodb-local"

    @property
    def run_folders(self) -> Path:
        """The folder of the folders of all clouds."""
        return self.path / "run"

    def run_folder(self, port: int) -> RunFolder:
        """Return the folder of the cloud on `port`, whether it exists or not."""
        return RunFolder(self.run_folders / str(port), port)
