"""The parameters of an address, read in one way only. Pure."""

import re
from urllib.parse import parse_qsl

from gate.rules.refusal import bad_request

MOST = 8

_NAME = re.compile(r"[A-Za-z]{1,32}", re.ASCII)


def parameters(query: str) -> dict[str, str]:
    """Each parameter's value, by its name; one without a value has an empty one.

    Raises:
        Refused: a name comes twice or is none that the bar has (`X-Amz-...`), or a value is no text of one line.
    """
    try:
        pairs = parse_qsl(
            query, keep_blank_values=True, strict_parsing=bool(query), errors="strict", max_num_fields=MOST
        )
    except ValueError as error:
        raise bad_request("The address's parameters cannot be read.") from error
    found = dict(pairs)
    if len(found) != len(pairs) or not all(_NAME.fullmatch(name) for name in found):
        raise bad_request("The address has parameters that the bar does not know.")
    if not all(value.isprintable() for value in found.values()):
        raise bad_request("The address has parameters that are no text.")
    return found
