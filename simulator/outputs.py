"""Where the running bar is, as the deployer wrote it down."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

DEFAULT_PATH = Path(".local/outputs.json")


class NotDeployed(Exception):
    """There is no bar to talk to."""


@dataclass(frozen=True)
class Outputs:
    """What a client needs to know of a bar; URLs have no slash at their end.

    Attributes:
        frontends: the pages' addresses, by their folders' names; empty where they were not built.
        extensions: what is known of the projects beside the bar, such as their `apiUrl`, by their folders' names.
        made_with: the name of the folder that stood instead of parts of the checkout; None for the bar as it is.
    """

    endpoint_url: str
    region: str
    api_url: str
    user_pool_id: str
    user_pool_client_id: str
    event_bus_name: str
    order_processor_arn: str
    realtime_url: str
    frontends: Mapping[str, str]
    extensions: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    made_with: str | None = None


def read_outputs(path: Path = DEFAULT_PATH) -> Outputs:
    """The bar that the file tells of; keys that it has beside ours are left alone.

    Raises:
        NotDeployed: the file is missing, or lacks something; the message says what to do.
    """
    try:
        written = json.loads(path.read_text())
    except FileNotFoundError as error:
        raise NotDeployed(f"{path} does not exist: run make local first") from error
    except ValueError as error:
        raise NotDeployed(f"{path} is no JSON: run make local again") from error
    missing = [key for key in _KEYS.values() if not written.get(key)]
    if missing:
        raise NotDeployed(f"{path} lacks {', '.join(missing)}: run make local again")
    texts = {name: written[key].rstrip("/") for name, key in _KEYS.items()}
    beside = written.get("extensions", {})
    return Outputs(**texts, frontends=written.get("frontends", {}), extensions=beside, made_with=written.get("with"))


def _camel_case(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


_KEYS = {one.name: _camel_case(one.name) for one in fields(Outputs) if one.type is str}
