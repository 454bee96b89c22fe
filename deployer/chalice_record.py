"""Chalice's record of what it deployed, `.chalice/deployed/<stage>.json`, made true before Chalice reads it.

The record lies in the checkout, what it speaks of in an account or an emulator: another checkout has none, and one that
deployed elsewhere, or to an emulator that was started again, has a wrong one. Chalice would then make a second API
beside the one that is there, or fail at deleting what is not.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from deployer import json_file

type Entry = Mapping[str, Any]
# Names or ids of what exists, by what it is in words (ChaliceRemains.found).
type Existing = Mapping[str, Sequence[str]]

# For each type of Chalice's that we can look for: what it is in words, and its name or id.
_KNOWN: Mapping[str, tuple[str, Callable[[Entry], str]]] = {
    "lambda_function": ("function", lambda entry: entry["lambda_arn"].rpartition(":")[2]),
    "iam_role": ("role", lambda entry: entry["role_name"]),
    "cloudwatch_event": ("rule", lambda entry: entry["rule_name"]),
    "rest_api": ("REST API", lambda entry: entry["rest_api_id"]),
    "websocket_api": ("WebSocket API", lambda entry: entry["websocket_api_id"]),
}


def make_true(record: Path, existing: Existing) -> None:
    """Rewrite the record so that it names what exists, as far as that can be known."""
    recorded = json_file.read(record, {"resources": []})["resources"]  # Chalice may have been killed while it wrote
    resources = true_entries(recorded, existing)
    json_file.write(record, {"resources": resources, "schema_version": "2.0", "backend": "api"})


def true_entries(recorded: Sequence[Entry], existing: Existing) -> list[Entry]:
    """What was recorded and exists, and the APIs that exist even if others or none were recorded.

    What Chalice finds by name needs no entry to be found, so none is made up.
    """
    kept = [entry for entry in recorded if _exists(entry, existing)]
    recorded_types = {entry["resource_type"] for entry in kept}
    apis = [
        {"name": api, "resource_type": api, f"{api}_id": api_id}
        for api in ("rest_api", "websocket_api")
        if api not in recorded_types
        for api_id in existing[_KNOWN[api][0]][:1]
    ]
    return [*kept, *apis]


def _exists(entry: Entry, existing: Existing) -> bool:
    if entry["resource_type"] not in _KNOWN:
        return True
    what, name = _KNOWN[entry["resource_type"]]
    return name(entry) in existing[what]
