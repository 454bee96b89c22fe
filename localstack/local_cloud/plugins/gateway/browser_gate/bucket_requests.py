"""Which requests to buckets any page may make: for objects that anybody may read, and with presigned URLs.

LocalStack checks no signature, and its users' secret is `test`: that a URL is presigned proves nothing here. A page of
another origin can write with one all the same only where the bucket's CORS rules let it, since a browser asks for them
before a PUT; before a form it does not, so they are asked here. And it reads what it fetched only where they let it.
"""

from collections.abc import Collection
from typing import Any

from rolo import Request

from local_cloud.plugins.gateway.browser_gate.public_objects import is_public_by_acl, is_public_by_policy

READING = frozenset({"GetObject", "HeadObject"})
WRITING = frozenset({"PutObject", "UploadPart"})
FORM = "PostObject"


def is_for_bucket(request: Request) -> bool:
    """Whether LocalStack takes a request for a bucket's, by its host or because one of that name exists."""
    cors = _cors()
    return cors is not None and cors.pre_parse_s3_request(request)[0]


def free_object_operations(request: Request) -> Collection[str]:
    """The operation that a request asks of a bucket, if any page may; nothing for every other request."""
    operation, asked = _parsed(request)
    if operation in READING:
        is_free = _is_presigned_reading(request) or _is_public_request(request, asked)
    elif operation in WRITING:
        is_free = _is_presigned(request)
    else:
        is_free = operation == FORM and _lets_write(asked["Bucket"], request)
    return {operation} if is_free else ()


def is_public_object(bucket_name: str, key: str, action: str = "s3:GetObject") -> bool:
    """Whether anybody may read an object, whatever its bucket's default block of public access says.

    LocalStack gives that block to each new bucket, but lets public policies and ACLs in. One that was put is heeded.
    """
    from localstack.services.s3.constants import DEFAULT_PUBLIC_BLOCK_ACCESS  # noqa: PLC0415

    bucket = _bucket(bucket_name)
    if bucket is None:
        return False
    block = bucket.public_access_block
    is_blocked = block if block and block is not DEFAULT_PUBLIC_BLOCK_ACCESS else {}
    if is_public_by_policy(bucket.policy, action, f"{bucket.bucket_arn}/{key}"):
        return not is_blocked.get("RestrictPublicBuckets")
    acl = getattr(bucket.objects.get(key), "acl", None)  # there may be no such object, or a mark that it was deleted
    return is_public_by_acl(acl) and not is_blocked.get("IgnorePublicAcls")


def _cors() -> Any:
    """LocalStack's handler of buckets' CORS rules, which decides what is for a bucket; None before S3 is loaded."""
    from localstack.aws import handlers  # noqa: PLC0415
    from localstack.services.s3.cors import S3CorsHandler  # noqa: PLC0415

    return next((each for each in handlers.preprocess_request.handlers if isinstance(each, S3CorsHandler)), None)


def _parsed(request: Request) -> tuple[str, Any]:
    """The operation's name and its parameters, of which none are in a body; no name where there is no such one."""
    from localstack.aws.protocol.parser import ProtocolParserError, create_parser  # noqa: PLC0415
    from localstack.aws.spec import load_service  # noqa: PLC0415

    try:
        operation, parameters = create_parser(load_service("s3")).parse(request)
    except ProtocolParserError:
        return "", {}
    return operation.name, parameters


def _is_presigned(request: Request) -> bool:
    """Whether the address has all that a signature consists of, of version 4 and for S3, or of version 2."""
    from localstack.services.s3.constants import SIGNATURE_V2_PARAMS, SIGNATURE_V4_PARAMS  # noqa: PLC0415

    names = set(request.args)
    if names.issuperset(SIGNATURE_V4_PARAMS):
        return "/s3/aws4_request" in request.args["X-Amz-Credential"]
    return names.issuperset(SIGNATURE_V2_PARAMS)


def _is_presigned_reading(request: Request) -> bool:
    """A text that is answered as HTML would be a page of the cloud's own: its type is for the object to say."""
    return _is_presigned(request) and "response-content-type" not in map(str.lower, request.args)


def _is_public_request(request: Request, asked: Any) -> bool:
    """Only who signs may choose the answer's headers (S3, GetObject: "You must sign the request")."""
    if any(name.lower().startswith("response-") for name in request.args):
        return False
    action = "s3:GetObjectVersion" if asked.get("VersionId") else "s3:GetObject"
    return is_public_object(asked["Bucket"], asked["Key"], action)


def _lets_write(bucket_name: str, request: Request) -> bool:
    rules = _cors().bucket_cors_index.cors.get(bucket_name, {}).get("CORSRules", [])
    return "Origin" in request.headers and bool(_cors().match_rules(request, rules))


def _bucket(name: str) -> Any:
    from localstack.constants import AWS_REGION_US_EAST_1, DEFAULT_AWS_ACCOUNT_ID  # noqa: PLC0415
    from localstack.services.s3.models import s3_stores  # noqa: PLC0415

    any_store = s3_stores[DEFAULT_AWS_ACCOUNT_ID][AWS_REGION_US_EAST_1]  # what is read is the same in all regions
    owner = any_store.global_bucket_map.get(name)
    return s3_stores[owner][AWS_REGION_US_EAST_1].buckets.get(name) if owner else None
