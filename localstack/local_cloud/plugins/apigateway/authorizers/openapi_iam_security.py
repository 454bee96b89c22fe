"""LocalStack imports methods that OpenAPI keeps for signed callers as open to all; here they get AWS_IAM.
Since 0.2.

Those are methods with a security scheme of authtype `awsSigv4`, as Chalice's
IAMAuthorizer and SAM write it, and those that say so themselves.
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authtype.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-auth.html
"""

from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import wraps
from typing import Any

from localstack.runtime import hooks

from local_cloud.plugins.patches import replace

Document = dict[str, Any]

_AUTHORIZER, _AUTHTYPE = "x-amazon-apigateway-authorizer", "x-amazon-apigateway-authtype"
_AUTH = "x-amazon-apigateway-auth"
_IAM = "AWS_IAM"


def with_iam_authorizers(document: Document) -> Document:
    """The document with authorizers of type AWS_IAM where it wants signatures, which the import then understands."""
    document = deepcopy(document)
    schemes = _security_schemes(document)
    for operation in _operations(document):
        if _type_of(operation.get(_AUTH)) == _IAM:
            operation["security"] = [{_IAM: []}]
            schemes[_IAM] = {"type": "apiKey", "name": "Authorization", "in": "header", _AUTHTYPE: "awsSigv4"}
    for scheme in schemes.values():
        if str(scheme.get(_AUTHTYPE)).lower() == "awssigv4":
            scheme.setdefault(_AUTHORIZER, {"type": _IAM})
    return document


def _security_schemes(document: Document) -> Document:
    """Where Swagger 2.0 has them, or else OpenAPI 3.0."""
    place = document if "swagger" in document else document.setdefault("components", {})
    schemes: Document = place.setdefault("securityDefinitions" if "swagger" in document else "securitySchemes", {})
    return schemes


def _operations(document: Document) -> Iterator[Document]:
    for path in (document.get("paths") or {}).values():
        yield from (operation for operation in path.values() if isinstance(operation, dict))


def _type_of(auth: Any) -> str:
    return str(auth.get("type")).upper() if isinstance(auth, dict) else ""


def _importing_iam(original: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(original)
    def import_api_from_openapi_spec(rest_api: Any, context: Any, open_api_spec: Document, mode: Any) -> Any:
        imported = original(rest_api, context=context, open_api_spec=with_iam_authorizers(open_api_spec), mode=mode)
        _forget_iam_authorizers(rest_api, context)
        return imported

    return import_api_from_openapi_spec


def _forget_iam_authorizers(rest_api: Any, context: Any) -> None:
    """To AWS, a method that wants a signature has no authorizer."""
    from localstack.services.apigateway.models import apigateway_stores  # noqa: PLC0415  # LocalStack's, when asked

    for resource in rest_api.resources.values():
        for method in resource.resource_methods.values():
            if method.authorization_type == _IAM:
                method.authorizer_id = None
    container = apigateway_stores[context.account_id][context.region].rest_apis[rest_api.id]
    for key, authorizer in list(container.authorizers.items()):
        if authorizer["type"] == _IAM:
            del container.authorizers[key]


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def import_iam_security() -> None:
    """LocalStack's hook: read what the document says of signatures."""
    replace(
        "localstack.services.apigateway.legacy.provider",
        "import_api_from_openapi_spec",
        _importing_iam,
        why="parity",
        upstream="573043a942cd",
        before="apigateway",
    )
