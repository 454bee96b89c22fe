"""CloudFront's response headers policies: what browsers are told beside each page, for their safety."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from deployer.aws import Aws
from deployer.resources.refusals import passing
from deployer.resources.resource import Adapter, Resource, State
from deployer.resources.shape import like
from deployer.resources.waiting import once_not_refused_as

A_YEAR_S = 365 * 24 * 60 * 60
GONE, IN_USE = "NoSuchResponseHeadersPolicy", "ResponseHeadersPolicyInUse"
PATIENCE_S = 60


@dataclass(frozen=True)
class ResponseHeaders(Resource):
    """A response headers policy.

    Attributes:
        content_security: what the pages may load, run and talk to (a Content-Security-Policy).
    """

    kind = "response headers policy"

    content_security: str

    def state(self) -> State:
        """Each header; one that the bucket sent is overridden. Subdomains are somebody else's."""
        headers: Mapping[str, Mapping[str, Any]] = {
            "StrictTransportSecurity": {
                "AccessControlMaxAgeSec": A_YEAR_S,
                "IncludeSubdomains": False,
                "Preload": False,
            },
            "ContentTypeOptions": {},
            "FrameOptions": {"FrameOption": "DENY"},
            "ReferrerPolicy": {"ReferrerPolicy": "no-referrer"},
            "ContentSecurityPolicy": {"ContentSecurityPolicy": self.content_security},
        }
        return {name: {"Override": True, **value} for name, value in headers.items()}


class ResponseHeadersAdapter(Adapter[ResponseHeaders]):
    """Response headers policies in CloudFront."""

    def read(self, wanted: ResponseHeaders) -> State | None:
        """The headers that are wanted, as they are."""
        found = _find(self.aws, wanted.name)
        if found is None:
            return None
        headers: State = like(found["ResponseHeadersPolicyConfig"].get("SecurityHeadersConfig", {}), wanted.state())
        return headers

    def create(self, wanted: ResponseHeaders) -> None:
        """Make it; its name is its own in an account."""
        with passing("ResponseHeadersPolicyAlreadyExists"):
            self.aws.cloudfront.create_response_headers_policy(ResponseHeadersPolicyConfig=_settings(wanted))

    def update(self, wanted: ResponseHeaders, differing: frozenset[str]) -> None:
        """Put all of it."""
        if found := self._with_etag(wanted):
            self.aws.cloudfront.update_response_headers_policy(**found, ResponseHeadersPolicyConfig=_settings(wanted))

    # Who uses it is gone a moment before CloudFront knows everywhere that it is.
    @once_not_refused_as(IN_USE, seconds=PATIENCE_S)
    def delete(self, wanted: ResponseHeaders) -> None:
        """Remove it."""
        with passing(GONE):
            if found := self._with_etag(wanted):
                self.aws.cloudfront.delete_response_headers_policy(**found)

    def _with_etag(self, of: ResponseHeaders) -> Any:
        if headers_id := find_response_headers(self.aws, of.name):
            found = self.aws.cloudfront.get_response_headers_policy(Id=headers_id)
            return {"Id": headers_id, "IfMatch": found["ETag"]}
        return None


def find_response_headers(aws: Aws, name: str) -> str | None:
    """The id of the policy of that name, or None."""
    found = _find(aws, name)
    return found["Id"] if found else None


def _find(aws: Aws, name: str) -> Any:
    """An account has 20 of its own at most, and a list 100 ("Quotas on policies", ListResponseHeadersPolicies)."""
    listed = aws.cloudfront.list_response_headers_policies(Type="custom")["ResponseHeadersPolicyList"]
    policies: Any = (one["ResponseHeadersPolicy"] for one in listed.get("Items", []))
    return next((one for one in policies if one["ResponseHeadersPolicyConfig"]["Name"] == name), None)


def _settings(of: ResponseHeaders) -> Any:
    return {"Name": of.name, "SecurityHeadersConfig": of.state()}
