"""What the two processes have in common that keep DynamoDB's tables: options, where they keep them, when they end."""

import argparse
import asyncio
import os
from pathlib import Path

_PARENT_POLL_INTERVAL_S = 0.5


def option_parser(description: str | None) -> argparse.ArgumentParser:
    """Return a parser of the options that LocalStack starts both with (`packaged_server`)."""
    parser = argparse.ArgumentParser(description=description, allow_abbrev=False)
    parser.add_argument("--program", type=Path, required=True, help="the engine: its program, or its folder")
    parser.add_argument("--port", type=int, required=True, help="where LocalStack asks")
    parser.add_argument("--items-port", type=int, required=True, help="where functions ask for items")
    parser.add_argument("--files", type=Path, required=True, help="the folder of the tables' files")
    parser.add_argument("--gateway", required=True, help="LocalStack's address, for whatever is not about items")
    parser.add_argument("--detour", action="store_true", help="have functions go through LocalStack at first")
    parser.add_argument("--parent", type=int, required=True, help="process id that this must not outlive")
    return parser


def make_folder(files: Path) -> None:
    """Make the folder of the tables' files, which is its user's alone: LocalStack may have made it for everybody."""
    files.mkdir(parents=True, exist_ok=True)
    files.chmod(0o700)


async def end_of(parent: int) -> None:
    """Return when the process is gone that started this one."""
    while os.getppid() == parent:
        await asyncio.sleep(_PARENT_POLL_INTERVAL_S)
