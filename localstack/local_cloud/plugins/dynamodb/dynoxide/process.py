"""The process that starts dynoxides and answers LocalStack and functions for them; never without its parent.

It ends them when it ends. If it is killed Linux kills them, and LocalStack starts another one, which finds their files.
"""

import argparse
import asyncio
import logging
from collections.abc import Sequence
from pathlib import Path

from local_cloud.plugins.dynamodb.dynoxide.database import Database
from local_cloud.plugins.dynamodb.dynoxide.server import Databases, serving_localstack
from local_cloud.plugins.dynamodb.engine_process import end_of, make_folder, option_parser
from local_cloud.plugins.dynamodb.items_server.forwarding import client_session
from local_cloud.plugins.dynamodb.items_server.server import serving


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve until the parent is gone or the process is ended."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(filename=options.log, format="%(asctime)s %(levelname)s %(message)s")
    asyncio.run(_serve(options))


def _parser() -> argparse.ArgumentParser:
    parser = option_parser(__doc__)
    parser.add_argument("--log", type=Path, required=True, help="the file that takes what is printed")
    return parser


async def _serve(options: argparse.Namespace) -> None:
    make_folder(options.files)
    with options.log.open("ab") as log:
        async with client_session() as session:
            databases = Databases(lambda key: Database(options.program, options.files / f"{key}.db", log, session))
            try:
                await _serve_both(options, databases)
            finally:
                databases.kill()


async def _serve_both(options: argparse.Namespace, databases: Databases) -> None:
    async with (
        serving(options.items_port, databases.answer, options.gateway, detour=options.detour),
        serving_localstack(options.port, databases),  # last: LocalStack waits for this one
    ):
        await end_of(options.parent)


if __name__ == "__main__":
    main()
