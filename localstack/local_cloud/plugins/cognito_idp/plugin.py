"""Where LocalStack finds Cognito: the service `cognito-idp`, and the documents that verify its tokens."""

from localstack.aws import handlers
from localstack.aws.skeleton import Skeleton
from localstack.aws.spec import load_service
from localstack.runtime import hooks
from localstack.services.plugins import Service, aws_provider

from local_cloud.plugins.cognito_idp.openid import serve_documents
from local_cloud.plugins.cognito_idp.provider import dispatch_table


@aws_provider(api="cognito-idp")  # type: ignore[untyped-decorator]
def cognito_idp() -> Service:
    """The service, made when it is asked for first."""
    return Service("cognito-idp", skeleton=Skeleton(load_service("cognito-idp"), dispatch_table()))


@hooks.on_infra_start()  # type: ignore[untyped-decorator]
def serve_openid_endpoints() -> None:
    """Serve every pool's key set and OpenID configuration."""
    handlers.preprocess_request.append(serve_documents)
