"""LocalStack has no Cognito user pools; here moto's have real triggers, sessions and tokens, and the OpenID documents.
Since 0.1.
"""

from localstack.aws import handlers
from localstack.aws.skeleton import Skeleton
from localstack.aws.spec import load_service
from localstack.runtime import hooks
from localstack.services.plugins import Service, aws_provider

from local_cloud.plugins.cognito_idp.openid import serve_documents
from local_cloud.plugins.cognito_idp.provider import dispatch_table
from local_cloud.plugins.cognito_idp.user_pool import UserPools
from local_cloud.plugins.patches import replace


@aws_provider(api="cognito-idp")  # type: ignore[untyped-decorator]
def cognito_idp() -> Service:
    """The service, made when it is asked for first."""
    return Service("cognito-idp", skeleton=Skeleton(load_service("cognito-idp"), dispatch_table()))


@hooks.on_infra_start()  # type: ignore[untyped-decorator]
def serve_user_pools() -> None:
    """Serve every pool's key set and OpenID configuration, and let moto make our pools instead of its own."""
    # moto creates pools inside its model and offers no factory; its registry's backend class is the nearest to one.
    replace(
        "moto.cognitoidp.models:cognitoidp_backends",
        "backend",
        lambda _: UserPools,
        why="capability",
        upstream="043c96dbda73",
        before="cognito-idp",
    )
    handlers.preprocess_request.append(serve_documents)
