"""Settings of pools and clients that moto takes without a word: impossible ones, triggers that nobody calls, tags."""

import logging
import re

from localstack.aws.api import RequestContext

from local_cloud.plugins.cognito_idp.errors import InvalidParameterError
from local_cloud.plugins.cognito_idp.registry import STATE, pool_by_id
from local_cloud.plugins.cognito_idp.triggers import CALLED
from local_cloud.plugins.cognito_idp.user_pool import UserPool
from local_cloud.plugins.operation import Answer, Request

LOG = logging.getLogger(__name__)

_FUNCTION_ARN = re.compile(r"arn:[\w-]+:lambda:[\w-]+:\d{12}:function:[\w-]+(:[\w$-]+)?")


def require_valid_triggers(request: Request) -> None:
    """Let a pool's `LambdaConfig` pass; say in the log which of its triggers AWS calls and the local cloud does not.

    Raises:
        InvalidParameterError: a trigger is not a function's ARN.
    """
    lambda_config = request.get("LambdaConfig") or {}
    for name in sorted(CALLED & set(lambda_config)):
        if not _FUNCTION_ARN.fullmatch(lambda_config[name]):
            raise InvalidParameterError(f"{name} is not the ARN of a Lambda function: {lambda_config[name]}")
    if uncalled := sorted(set(lambda_config) - CALLED):
        pool = request.get("PoolName") or request.get("UserPoolId")
        LOG.warning("Lambda triggers of user pool %s that are not called locally: %s", pool, ", ".join(uncalled))


def require_valid_client(request: Request) -> None:
    """Let a request pass whose client settings AWS would take, as far as this plugin acts on them.

    Raises:
        InvalidParameterError: a setting is outside its range.
    """
    validity = request.get("AuthSessionValidity", 3)
    if not 3 <= validity <= 15:
        raise InvalidParameterError(
            f"1 validation error detected: Value '{validity}' at 'authSessionValidity' failed to satisfy "
            "constraint: Member must have value between 3 and 15"
        )


def tag_resource(context: RequestContext, request: Request) -> Answer:
    """TagResource, which moto does not have for pools."""
    with STATE:
        _tags(context, request).update(request["Tags"])
    return {}


def untag_resource(context: RequestContext, request: Request) -> Answer:
    """UntagResource; a tag that is not there is no error."""
    with STATE:
        for key in request["TagKeys"]:
            _tags(context, request).pop(key, None)
    return {}


def list_tags_for_resource(context: RequestContext, request: Request) -> Answer:
    """ListTagsForResource."""
    with STATE:
        return {"Tags": dict(_tags(context, request))}


def _tags(context: RequestContext, request: Request) -> dict[str, str]:
    pool_id = request["ResourceArn"].rpartition("/")[2]
    pool: UserPool = pool_by_id(context.account_id, context.region, pool_id)
    tags: dict[str, str] = pool.extended_config.setdefault("UserPoolTags", {})
    return tags
