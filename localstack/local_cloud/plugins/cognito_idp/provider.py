"""Which operation is answered by whom: a few by this package, all the others by moto."""

import time
from collections.abc import Callable, Mapping
from typing import Any

from localstack.aws.api import RequestContext
from localstack.aws.connect import connect_to
from localstack.aws.skeleton import DispatchTable
from localstack.aws.spec import load_service
from localstack.services.moto import call_moto

from local_cloud.plugins.cognito_idp import pool_settings, token_operations
from local_cloud.plugins.cognito_idp.registry import STATE
from local_cloud.plugins.cognito_idp.sign_in import SignIn
from local_cloud.plugins.cognito_idp.sign_up import SignUp
from local_cloud.plugins.cognito_idp.triggers import CALLING, Triggers
from local_cloud.plugins.operation import Answer, Operation, Request, in_service_terms


def dispatch_table() -> DispatchTable:
    """A handler for every operation of the API."""
    triggers = Triggers(invoke_in_localstack)
    sign_in = SignIn(triggers, time.monotonic, forward)
    sign_up = SignUp(triggers, forward)
    operations: dict[str, Operation] = {
        **dict.fromkeys(load_service("cognito-idp").operation_names, by_moto),
        "CreateUserPool": by_moto_after(pool_settings.require_valid_triggers),
        "UpdateUserPool": by_moto_after(pool_settings.require_valid_triggers),
        "CreateUserPoolClient": by_moto_after(pool_settings.require_valid_client),
        "UpdateUserPoolClient": by_moto_after(pool_settings.require_valid_client),
        "InitiateAuth": sign_in.initiate_auth,
        "AdminInitiateAuth": sign_in.admin_initiate_auth,
        "RespondToAuthChallenge": sign_in.respond_to_auth_challenge,
        "AdminRespondToAuthChallenge": sign_in.admin_respond_to_auth_challenge,
        "SignUp": sign_up.sign_up,
        "AdminCreateUser": sign_up.admin_create_user,
        "ConfirmSignUp": sign_up.confirm_sign_up,
        "AdminConfirmSignUp": sign_up.admin_confirm_sign_up,
        "GlobalSignOut": token_operations.global_sign_out,
        "RevokeToken": token_operations.revoke_token,
        "UpdateUserAttributes": token_operations.update_user_attributes(forward),
        "TagResource": pool_settings.tag_resource,
        "UntagResource": pool_settings.untag_resource,
        "ListTagsForResource": pool_settings.list_tags_for_resource,
    }
    return {name: in_service_terms(operation) for name, operation in operations.items()}


def forward(context: RequestContext) -> Answer:
    """Let moto answer the request as it came, one request at a time."""
    with STATE:
        answer: Answer = call_moto(context)
        return answer


def by_moto(context: RequestContext, request: Request) -> Answer:
    """Let moto answer, but to no dead access token."""
    if "AccessToken" in request:
        token_operations.require_live(request["AccessToken"])
    return forward(context)


def by_moto_after(check: Callable[[Request], None]) -> Operation:
    """An operation that moto answers when `check` has not refused the request."""

    def operation(context: RequestContext, request: Request) -> Answer:
        check(request)
        return by_moto(context, request)

    return operation


def invoke_in_localstack(function_arn: str, payload: bytes) -> Mapping[str, Any]:
    """Invoke a function of this LocalStack, in its own account and region, and wait for its answer."""
    _, _, _, region, account_id, *_ = function_arn.split(":")
    client = connect_to(region_name=region, aws_access_key_id=account_id, config=CALLING).lambda_
    answer: Mapping[str, Any] = client.invoke(FunctionName=function_arn, Payload=payload)
    return answer
