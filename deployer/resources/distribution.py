"""CloudFront's distributions: a bucket of pages at a domain of one's own, by TLS, from the edge that is nearest.

CloudFront chooses a distribution's id, and gives it no name but its `Comment`. By that ours is known again, and by the
bucket that it reads: anybody may write any comment.
"""

import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from deployer.aws import Aws
from deployer.problem import Problem
from deployer.resources.origin_access import find_origin_access
from deployer.resources.refusals import passing, refused_as
from deployer.resources.resource import Adapter, Resource, State
from deployer.resources.response_headers import find_response_headers
from deployer.resources.shape import counted, like, merged
from deployer.resources.waiting import once_not_refused_as, wait_until

# CachingOptimized, which does as an object's Cache-Control says, from one second on:
# https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html
CACHE_POLICY = "658327ea-f89d-4fab-a63d-7e88639e58f6"
OURS = "ours"  # instead of the ids of what stands beside it, which are AWS's to choose
ORIGIN = "pages"
MISSING = "/404.html"
STATUS, DEPLOYED = "status", "Deployed"
PATIENCE_S, LAG_S = 30 * 60, 5 * 60
GONE = "NoSuchDistribution"
# What CloudFront still tells of a certificate in words of its older API: told again, they would name the old one.
DEPRECATED = {"Certificate", "CertificateSource"}
# https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/alternate-domain-names-move.html
_TAKEN = (
    "Take the name from that one first, which may be in another account; or a DNS record still leads to an older one: "
    "delete it first, and write the new one when this is deployed."
)


@dataclass(frozen=True)
class Distribution(Resource):
    """A distribution of one bucket.

    Attributes:
        domain: the one name that it answers to.
        certificate: the ARN of the certificate of that name.
        bucket_host: the bucket's name in DNS.
        origin_access: the name of the origin access control by which it reads the bucket.
        headers: the name of the response headers policy.
        home: the object at the domain's root.
    """

    kind = "distribution"

    domain: str
    certificate: str
    bucket_host: str
    origin_access: str
    headers: str
    home: str

    def state(self) -> State:
        """All of its settings that matter."""
        return self.settings(OURS, OURS)

    def settings(self, origin_access_id: str, headers_id: str) -> dict[str, Any]:
        """Its settings, as CloudFront wants them.

        What is not there S3 refuses as 403, since CloudFront may not list the bucket.
        """
        origin = {
            "Id": ORIGIN,
            "DomainName": self.bucket_host,
            "S3OriginConfig": {"OriginAccessIdentity": ""},
            "OriginAccessControlId": origin_access_id,
        }
        missing = {"ErrorCode": 403, "ResponsePagePath": MISSING, "ResponseCode": "404", "ErrorCachingMinTTL": 10}
        return {
            "Enabled": True,
            "Aliases": counted([self.domain]),
            "ViewerCertificate": {
                "ACMCertificateArn": self.certificate,
                "SSLSupportMethod": "sni-only",
                "MinimumProtocolVersion": "TLSv1.2_2021",
            },
            "Origins": counted([origin]),
            "DefaultCacheBehavior": {
                "TargetOriginId": ORIGIN,
                "ViewerProtocolPolicy": "redirect-to-https",
                "Compress": True,
                "CachePolicyId": CACHE_POLICY,
                "ResponseHeadersPolicyId": headers_id,
            },
            "DefaultRootObject": self.home,
            "CustomErrorResponses": counted([missing]),
            "HttpVersion": "http2and3",
            "IsIPV6Enabled": True,
        }

    def remark(self, actual: State) -> str:
        """That its edges do not all know of it yet."""
        return "" if actual[STATUS] == DEPLOYED else "CloudFront is still telling its edges, which takes minutes"


class DistributionAdapter(Adapter[Distribution]):
    """Distributions in CloudFront."""

    def read(self, wanted: Distribution) -> State | None:
        """Its settings, as far as they matter, and whether all edges know them; what is as it must be in our words."""
        found = find_distribution(self.aws, wanted.name, wanted.bucket_host)
        if found is None:
            return None
        actual, _ = self._config(found["Id"])
        access_id, headers_id = self._ids(wanted)
        settings = wanted.settings(access_id or OURS, headers_id or OURS)  # no id is "ours": what is not there differs
        parts = {name: like(actual.get(name), value) for name, value in settings.items()}
        right = {name: value for name, value in wanted.state().items() if parts[name] == settings[name]}
        return {**parts, **right, STATUS: found["Status"]}

    def create(self, wanted: Distribution) -> None:
        """Make it; its edges hear of it while the rest is made.

        Raises:
            Problem: another distribution, of anybody's, has the domain; or CloudFront does not list yet what stands
                beside it.
        """
        own: Any = {"CallerReference": str(uuid.uuid4()), "Comment": wanted.name, **self._settings(wanted)}
        with _domain_is_free(wanted):
            self.aws.cloudfront.create_distribution(DistributionConfig=own)

    def update(self, wanted: Distribution, differing: frozenset[str]) -> None:
        """Put all settings; one that a removal left switched off is switched on again.

        Raises:
            Problem: another distribution, of anybody's, has the domain; or CloudFront does not list yet what stands
                beside it.
        """
        with _domain_is_free(wanted):
            self._put(wanted, self._settings(wanted))

    def delete(self, wanted: Distribution) -> None:
        """Switch it off, wait until every edge knows, and remove it: CloudFront removes no other way.

        https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_DeleteDistribution.html
        """
        found = find_distribution(self.aws, wanted.name, wanted.bucket_host)
        if found and found["Enabled"]:
            self._put(wanted, {"Enabled": False})
        wait_until(lambda: self._is_off_everywhere(wanted), "switching the distribution off", PATIENCE_S)
        if found:
            with passing(GONE):
                self._delete(found["Id"])

    def remains(self, wanted: Distribution) -> list[str]:
        """That it exists, and why its removal takes long."""
        found = find_distribution(self.aws, wanted.name, wanted.bucket_host)
        return ["exists; CloudFront takes minutes to switch it off"] if found else []

    def _settings(self, wanted: Distribution) -> dict[str, Any]:
        access_id, headers_id = self._ids(wanted)
        if not access_id or not headers_id:
            lacking = "headers policy" if access_id else "origin access control"
            raise Problem(f"CloudFront does not list its {lacking} yet", "Wait a minute and run `up` again.")
        return wanted.settings(access_id, headers_id)

    def _ids(self, wanted: Distribution) -> tuple[str | None, str | None]:
        return find_origin_access(self.aws, wanted.origin_access), find_response_headers(self.aws, wanted.headers)

    def _config(self, distribution_id: str) -> tuple[dict[str, Any], str]:
        """Its settings as CloudFront takes them again, and their ETag; it gives `HttpVersion` back in capitals.

        https://github.com/aws/aws-sdk-js/issues/2962
        https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_ViewerCertificate.html
        """
        found: Any = self.aws.cloudfront.get_distribution_config(Id=distribution_id)
        config = found["DistributionConfig"]
        told = config["ViewerCertificate"].items()
        certificate = {name: value for name, value in told if name not in DEPRECATED}
        return {**config, "HttpVersion": config["HttpVersion"].lower(), "ViewerCertificate": certificate}, found["ETag"]

    def _put(self, wanted: Distribution, settings: Mapping[str, Any]) -> None:
        if found := find_distribution(self.aws, wanted.name, wanted.bucket_host):
            actual, etag = self._config(found["Id"])
            config: Any = merged(actual, settings)
            self.aws.cloudfront.update_distribution(Id=found["Id"], IfMatch=etag, DistributionConfig=config)

    # The list may say Deployed of what it was before it was switched off, and the ETag change once more.
    @once_not_refused_as("DistributionNotDisabled", "PreconditionFailed", seconds=LAG_S)
    def _delete(self, distribution_id: str) -> None:
        _, etag = self._config(distribution_id)
        self.aws.cloudfront.delete_distribution(Id=distribution_id, IfMatch=etag)

    def _is_off_everywhere(self, wanted: Distribution) -> bool:
        found = find_distribution(self.aws, wanted.name, wanted.bucket_host)
        if found is None or found["Status"] == DEPLOYED:
            return True
        self.say("is off here, and its edges are being told, which takes minutes")
        return False


def find_distribution(aws: Aws, name: str, bucket_host: str) -> Any:
    """CloudFront's summary of the distribution of that name that reads that bucket and nothing else, or None."""
    pages = aws.cloudfront.get_paginator("list_distributions").paginate()
    distributions = (one for page in pages for one in page["DistributionList"].get("Items", []))
    return next((one for one in distributions if one["Comment"] == name and _hosts(one) == [bucket_host]), None)


def _hosts(of: Any) -> list[str]:
    return [origin["DomainName"] for origin in of["Origins"]["Items"]]


@contextmanager
def _domain_is_free(wanted: Distribution) -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        if not refused_as("CNAMEAlreadyExists")(error):
            raise
        told = error.response["Error"].get("Message", "")
        raise Problem(f"another distribution of CloudFront's has the name {wanted.domain}: {told}", _TAKEN) from error
