"""What LOCAL_CLOUD_ALLOWED_ORIGINS lets in beside the cloud's own pages and names. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

VARIABLE = "LOCAL_CLOUD_ALLOWED_ORIGINS"

_ORIGIN = re.compile(r"[a-z][a-z0-9+.-]*://[^/\s*@?#]+", re.ASCII)
_HOST = re.compile(r"(\*\.)?[a-z0-9_-]+(\.[a-z0-9_-]+)+", re.ASCII)


class AllowedOriginsError(Exception):
    """The variable holds something that is neither an origin nor a host; the text, one line, names it."""


@dataclass(frozen=True)
class AllowedOrigins:
    """Origins, and hosts of which `*.example.org` stands for all that end so; all in lower case."""

    origins: frozenset[str] = frozenset()
    hosts: frozenset[str] = frozenset()

    def has_origin(self, origin: str) -> bool:
        """Whether pages of that origin were named."""
        return origin.lower() in self.origins

    def has_host(self, host: str) -> bool:
        """Whether that host was named, or all below one that it is below."""
        below = (f"*.{host[dot + 1 :]}" for dot, character in enumerate(host) if character == ".")
        return host in self.hosts or any(pattern in self.hosts for pattern in below)


def allowed_origins(variables: Mapping[str, str]) -> AllowedOrigins:
    """Read the variable: origins such as `https://app.example` and hosts, separated by commas.

    Raises:
        AllowedOriginsError: an entry is neither. `*` is none, since it would let every page run code as the user.
    """
    entries = [entry.strip().lower() for entry in variables.get(VARIABLE, "").split(",")]
    origins = frozenset(entry for entry in entries if _ORIGIN.fullmatch(entry))
    hosts = frozenset(entry for entry in entries if _HOST.fullmatch(entry))
    if unknown := [entry for entry in entries if entry and entry not in origins | hosts]:
        raise AllowedOriginsError(
            f"{VARIABLE} takes origins such as https://app.example and hosts such as bar.example, not {unknown[0]!r}"
        )
    return AllowedOrigins(origins, hosts)
