"""LocalStack takes any text as an event pattern, and fails when it meets an event; here what is none is refused.
Since 0.2.

Ours refuses it where it is given, with InvalidEventPatternException, and checks more of it than LocalStack does in
TestEventPattern and in the filters of event source mappings. A pattern is checked once, not for each event.
https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html
"""

import inspect
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any

from localstack.runtime import hooks

from local_cloud.plugins.events.event_pattern_grammar import MAX_CHARACTERS, PatternError, parsed
from local_cloud.plugins.patches import replace

COMPILER = "localstack.services.events.event_rule_engine:EventPatternCompiler"
PROVIDER = "localstack.services.events.provider:EventsProvider"
KEPT_PATTERNS = 1024


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def refuse_invalid_event_patterns() -> None:
    """LocalStack's hook: check patterns before they are stored, and check all of them."""
    replace(COMPILER, "compile_event_pattern", _strict, why="parity", upstream="1e58b3bdd497")
    for operation, upstream in (("create_rule_service", "56a00f81557e"), ("create_archive_service", "c3a5741d9a76")):
        replace(PROVIDER, operation, _checking, why="parity", upstream=upstream, before="events")
    archive = "localstack.services.events.archive:ArchiveService"
    replace(archive, "update", _checking, why="parity", upstream="068054fb3d5d", before="events")


def _strict(compile_event_pattern: Callable[..., Any]) -> Callable[..., Any]:
    from localstack.aws.api.events import InvalidEventPatternException  # noqa: PLC0415

    @lru_cache(KEPT_PATTERNS)
    def compiled_text(compiler: Any, text: str) -> Any:
        try:
            return compile_event_pattern(compiler, parsed(text))
        except PatternError as error:
            raise InvalidEventPatternException(f"{compiler.error_prefix}{error}") from error

    @wraps(compile_event_pattern)
    def compile_once(self: Any, event_pattern: Any) -> Any:
        if isinstance(event_pattern, str):
            return compiled_text(self, event_pattern)
        return event_pattern  # of an event source mapping, which was checked as text when the mapping was made

    return compile_once


def _checking(store: Callable[..., Any]) -> Callable[..., Any]:
    """Check the argument `event_pattern` first, however it is passed."""
    signature = inspect.signature(store)

    @wraps(store)
    def check_and_store(*args: Any, **kwargs: Any) -> Any:
        if pattern := signature.bind(*args, **kwargs).arguments["event_pattern"]:
            check(pattern)
        return store(*args, **kwargs)

    return check_and_store


def check(pattern: str) -> None:
    """Refuse a text that is no event pattern, in the terms of the service.

    What is raised is LocalStack's, and the caller gets it as it is.

    Raises:
        InvalidEventPatternException: it is none.
        ValidationException: it is longer than a pattern may be.
    """
    from localstack.services.events.models import ValidationException  # noqa: PLC0415
    from localstack.utils.event_matcher import _event_pattern_compiler  # noqa: PLC0415

    if len(pattern) > MAX_CHARACTERS:
        raise ValidationException(
            f"1 validation error detected: Value '{pattern}' at 'eventPattern' failed to satisfy constraint: "
            f"Member must have length less than or equal to {MAX_CHARACTERS}"
        )
    _event_pattern_compiler.compile_event_pattern(pattern)
