"""What an operation of the API is to this package: types, and nothing that does anything."""

from collections.abc import Callable, Mapping
from typing import Any

from localstack.aws.api import RequestContext

Request = Mapping[str, Any]
"""An operation's parameters as the API names them."""

Answer = dict[str, Any]
"""An operation's result as the API names it."""

Operation = Callable[[RequestContext, Request], Answer]

Forward = Callable[[RequestContext], Answer]
"""Lets moto answer the request as it came."""
