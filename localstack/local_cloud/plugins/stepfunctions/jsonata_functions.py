"""The functions that Step Functions adds to JSONata's own, by their name without `$`.

https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html#using-jsonata-functions has them; what they
do follows the intrinsic functions that they stand for. They take and return JSON's values, and raise ValueError for
arguments that they have no use for.
"""

import hashlib
import json
import random
import uuid
from collections.abc import Callable
from typing import Any

LONGEST_RANGE = 1000
"""Elements; so says the documentation of States.ArrayRange."""
LONGEST_TEXT = 10_000
"""Characters to hash; so says the documentation of States.Hash."""

ALGORITHMS = {"MD5": "md5", "SHA-1": "sha1", "SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512"}


def partition(array: Any, size: Any) -> list[list[Any]]:
    """Cut an array into arrays of `size` elements; the last has what is left."""
    if array is None or not _is_whole(size) or size < 1:
        raise ValueError("$partition takes an array and a whole number above zero")
    items = (
        [array[index] for index in range(len(array))] if isinstance(array, list) else [array]
    )  # JSONata's lists of one
    return [items[start : start + int(size)] for start in range(0, len(items), int(size))]


def number_range(first: Any, last: Any, step: Any) -> list[int]:
    """Return the numbers from `first` to `last`, which is among them if a step leads there."""
    if not all(map(_is_whole, (first, last, step))) or step == 0:
        raise ValueError("$range takes three whole numbers, of which the step is not zero")
    numbers = range(int(first), int(last) + (1 if step > 0 else -1), int(step))
    if len(numbers) > LONGEST_RANGE:
        raise ValueError(f"$range makes at most {LONGEST_RANGE} numbers")
    return list(numbers)


def digest(text: Any, algorithm: Any) -> str:
    """Return a text's hash in hexadecimal digits."""
    if not isinstance(text, str) or len(text) > LONGEST_TEXT or algorithm not in ALGORITHMS:
        raise ValueError(f"$hash takes a text of at most {LONGEST_TEXT} characters and one of {', '.join(ALGORITHMS)}")
    return hashlib.new(ALGORITHMS[algorithm], text.encode(), usedforsecurity=False).hexdigest()


def random_number(seed: Any = None) -> float:
    """Return a number from 0 to below 1; always the same for the same seed, a whole number."""
    if seed is not None and not _is_whole(seed):
        raise ValueError("$random takes a whole number as its seed, or none")
    return random.Random(None if seed is None else int(seed)).random()  # noqa: S311 - keeps no secrets


def unique_id() -> str:
    """Return a version 4 UUID."""
    return str(uuid.uuid4())


def parse(text: Any) -> Any:
    """Return the value that a text of JSON stands for."""
    from jsonata.utils import Utils  # noqa: PLC0415  # which few state machines need

    if not isinstance(text, str):
        raise ValueError("$parse takes a text of JSON")
    value = json.loads(text)
    return Utils.NULL_VALUE if value is None else value  # its None is what is undefined


def _is_whole(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value == int(value)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "partition": partition,
    "range": number_range,
    "hash": digest,
    "random": random_number,
    "uuid": unique_id,
    "parse": parse,
}
