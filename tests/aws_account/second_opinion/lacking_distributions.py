"""What moto 5.2 lacks of CloudFront, and pages at a domain of one's own need."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from moto.cloudfront import urls
from moto.cloudfront.exceptions import CloudFrontException
from moto.cloudfront.models import CloudFrontBackend, Origin, random_id
from moto.cloudfront.responses import CloudFrontResponse
from moto.core.responses import ActionResult, EmptyResult

type Method = Callable[..., Any]

HEADERS = "{0}/2020-05-31/response-headers-policy"


def fill_in_distributions() -> None:
    """Have moto do these things, in this process."""
    for owner, name, filled_in in (
        (Origin, "__init__", _keeping_how_it_signs),
        (CloudFrontBackend, "delete_distribution", _once_it_is_off),
    ):
        setattr(owner, name, filled_in(getattr(owner, name)))
    for operation in (
        create_response_headers_policy,
        list_response_headers_policies,
        get_response_headers_policy,
        update_response_headers_policy,
        delete_response_headers_policy,
    ):
        setattr(CloudFrontResponse, operation.__name__, operation)
    for path in (f"{HEADERS}$", f"{HEADERS}/(?P<policy_id>[^/]+)$"):
        urls.url_paths[path] = CloudFrontResponse.dispatch


def _keeping_how_it_signs(init: Method) -> Method:
    """An origin's S3OriginConfig and OriginAccessControlId are given back."""

    @wraps(init)
    def keeping(origin: Any, told: dict[str, Any]) -> None:
        init(origin, told)
        origin.s3_origin_config = told.get("S3OriginConfig")
        origin.origin_access_control_id = told.get("OriginAccessControlId", "")

    return keeping


def _once_it_is_off(delete: Method) -> Method:
    """DeleteDistribution refuses a distribution that is enabled."""

    @wraps(delete)
    def delete_one(backend: Any, distribution_id: str, if_match: Any) -> None:
        found = backend.distributions.get(distribution_id)
        if found and found.distribution_config.Enabled:
            raise CloudFrontException("DistributionNotDisabled", "The distribution has not been disabled.")
        delete(backend, distribution_id, if_match)

    return delete_one


def create_response_headers_policy(self: Any) -> ActionResult:
    """CreateResponseHeadersPolicy, which moto does not know, as it does not the four below."""
    policy_id = random_id()
    _policies(self)[policy_id] = self._get_param("ResponseHeadersPolicyConfig", {})
    return ActionResult(_told(self, policy_id))


def list_response_headers_policies(self: Any) -> ActionResult:
    """ListResponseHeadersPolicies: those of the account."""
    found = [{"Type": "custom", **_told(self, policy_id)} for policy_id in _policies(self)]
    return ActionResult({"ResponseHeadersPolicyList": {"MaxItems": 100, "Quantity": len(found), "Items": found}})


def get_response_headers_policy(self: Any) -> ActionResult:
    """GetResponseHeadersPolicy."""
    return ActionResult(_told(self, self._get_param("Id")))


def update_response_headers_policy(self: Any) -> ActionResult:
    """UpdateResponseHeadersPolicy."""
    _policies(self)[self._get_param("Id")] = self._get_param("ResponseHeadersPolicyConfig", {})
    return get_response_headers_policy(self)


def delete_response_headers_policy(self: Any) -> EmptyResult:
    """DeleteResponseHeadersPolicy."""
    del _policies(self)[self._get_param("Id")]
    return EmptyResult()


def _policies(self: Any) -> dict[str, Any]:
    policies: dict[str, Any] = vars(self.backend).setdefault("response_headers_policies", {})
    return policies


def _told(self: Any, policy_id: str) -> dict[str, Any]:
    policy = {"Id": policy_id, "LastModifiedTime": "2026-01-01T00:00:00Z"}
    config = _policies(self)[policy_id]
    return {"ResponseHeadersPolicy": {**policy, "ResponseHeadersPolicyConfig": config}, "ETag": f"of-{policy_id}"}
