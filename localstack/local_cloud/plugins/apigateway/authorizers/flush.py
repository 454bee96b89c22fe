"""LocalStack has no FlushStageAuthorizersCache, since it keeps nothing; here it forgets what functions answered.
Since 0.2.

https://docs.aws.amazon.com/apigateway/latest/api/API_FlushStageAuthorizersCache.html
"""

import functools
from collections.abc import Callable
from typing import Any

from localstack.runtime import hooks

from local_cloud.plugins.apigateway.authorizers.answer_cache import AnswerCache
from local_cloud.plugins.patches import replace

KEPT_ANSWERS = AnswerCache()


def _flushing(original: Callable[..., None]) -> Callable[..., None]:
    @functools.wraps(original)  # LocalStack's mark of the operation goes along
    def flush_stage_authorizers_cache(self: Any, context: Any, rest_api_id: str, stage_name: str, **_: Any) -> None:
        _require_stage(context, rest_api_id, stage_name)
        KEPT_ANSWERS.forget(rest_api_id, stage_name)

    return flush_stage_authorizers_cache


def _require_stage(context: Any, rest_api_id: str, stage_name: str) -> None:
    from localstack.aws.api.apigateway import NotFoundException  # noqa: PLC0415  # LocalStack's, when asked
    from localstack.services.apigateway.helpers import get_moto_rest_api  # noqa: PLC0415

    if stage_name not in get_moto_rest_api(context, rest_api_id).stages:
        raise NotFoundException("Invalid stage identifier specified")


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def flush_kept_answers() -> None:
    """LocalStack's hook: serve the operation."""
    replace(
        "localstack.aws.api.apigateway:ApigatewayApi",
        "flush_stage_authorizers_cache",
        _flushing,
        why="capability",
        upstream="92f7c60ec990",
        before="apigateway",
    )
