"""What CloudFront's and ACM's API references say of distributions, of what stands beside them, and of certificates.

CloudFront gives back more than it was told, and `HttpVersion` in capitals, which it does not take
(https://github.com/aws/aws-sdk-js/issues/2962). Each change takes its time until every edge knows it ("InProgress").
DeleteDistribution wants a distribution that is disabled and known to be so; what a distribution uses cannot be deleted.
https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_DeleteDistribution.html
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from deployer.rehearsal.account import Account, Answer, Refused
from deployer.rehearsal.place import PLACE

ID, ACCESS_ID, HEADERS_ID = "EDFDVBD6EXAMPLE", "E2CONTROLEXAMPLE", "5cc3b908-e619-4b99-88e5-2cf7f45965bd"
HOST = "d111111abcdef8.cloudfront.net"
MADE = datetime(2026, 1, 1, tzinfo=UTC)
LOOKS = 3  # so many times a change is seen under way
NONE: Mapping[str, Any] = {"Quantity": 0}
OF_ORIGIN: Mapping[str, Any] = {
    "OriginPath": "",
    "CustomHeaders": NONE,
    "ConnectionAttempts": 3,
    "ConnectionTimeout": 10,
    "OriginShield": {"Enabled": False},
}
OF_BEHAVIOUR: Mapping[str, Any] = {
    "TrustedSigners": {"Enabled": False, **NONE},
    "TrustedKeyGroups": {"Enabled": False, **NONE},
    "AllowedMethods": {"Quantity": 2, "Items": ["HEAD", "GET"]},
    "SmoothStreaming": False,
    "LambdaFunctionAssociations": NONE,
    "FunctionAssociations": NONE,
    "FieldLevelEncryptionId": "",
}
OF_DISTRIBUTION: Mapping[str, Any] = {
    "CacheBehaviors": NONE,
    "PriceClass": "PriceClass_All",
    "Restrictions": {"GeoRestriction": {"RestrictionType": "none", **NONE}},
    "WebACLId": "",
    "Staging": False,
}


def there(account: Account, what: str) -> Mapping[str, Any] | None:
    """What was made, unless it was deleted since, with the changes since then."""
    made, gone = account.all(f"cloudfront:Create{what}"), account.all(f"cloudfront:Delete{what}")
    if len(made) == len(gone):
        return None
    return {**made[-1], **(account.all(f"cloudfront:Update{what}") or [{}])[-1]}


def etag(account: Account, what: str) -> str:
    return f"E{len(account.all(f'cloudfront:Update{what}'))}"


def before(account: Account) -> Account:
    """The account as it was before the change that is asked for."""
    return replace(account, done=account.done[:-1])


def need(account: Account, what: str, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    """It is there, and whoever changes it says how it was when they looked."""
    found = there(account, what)
    if found is None:
        raise Refused(f"NoSuch{what}", 404)
    if asked.get("IfMatch", etag(account, what)) != etag(account, what):
        raise Refused("PreconditionFailed", 412)
    return found


def config(account: Account) -> dict[str, Any]:
    told = need(account, "Distribution", {})["DistributionConfig"]
    (origin,) = told["Origins"]["Items"]
    arn = told["ViewerCertificate"]["ACMCertificateArn"]
    certificate = {**told["ViewerCertificate"], "Certificate": arn, "CertificateSource": "acm"}
    return {
        **OF_DISTRIBUTION,
        **told,
        "Origins": {"Quantity": 1, "Items": [{**OF_ORIGIN, **origin}]},
        "DefaultCacheBehavior": {**OF_BEHAVIOUR, **told["DefaultCacheBehavior"]},
        "ViewerCertificate": certificate,
        "HttpVersion": told["HttpVersion"].upper(),
    }


def status(account: Account) -> str:
    changes = ("cloudfront:CreateDistribution", "cloudfront:UpdateDistribution")
    operations = [one.operation for one in account.asked]
    last = max(index for index, operation in enumerate(operations) if operation in changes)
    return "InProgress" if operations[last:].count("cloudfront:ListDistributions") <= LOOKS else "Deployed"


def list_distributions(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    listed = {"Marker": "", "MaxItems": 100, "IsTruncated": False}
    if there(account, "Distribution") is None:
        return {"DistributionList": {**listed, "Quantity": 0}}
    arn = f"arn:aws:cloudfront::{PLACE.account}:distribution/{ID}"
    about = {"Id": ID, "ARN": arn, "Status": status(account), "LastModifiedTime": MADE, "DomainName": HOST}
    left_out = {"CallerReference", "DefaultRootObject"}
    summary = {name: value for name, value in config(account).items() if name not in left_out}
    return {"DistributionList": {**listed, "Quantity": 1, "Items": [{**about, **summary}]}}


def get_distribution_config(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"DistributionConfig": config(account), "ETag": etag(account, "Distribution")}


def create_distribution(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    told = asked["DistributionConfig"]
    if told["Origins"]["Items"][0]["OriginAccessControlId"] != ACCESS_ID or not there(account, "OriginAccessControl"):
        raise Refused("InvalidOriginAccessControl")
    headers_id = told["DefaultCacheBehavior"]["ResponseHeadersPolicyId"]
    if headers_id != HEADERS_ID or not there(account, "ResponseHeadersPolicy"):
        raise Refused("NoSuchResponseHeadersPolicy", 404)
    return {}


def update_distribution(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    """Everything that a distribution has must be told again: "there are more required fields than when you create"."""
    need(before(account), "Distribution", asked)
    told = asked["DistributionConfig"]
    if not set(OF_DISTRIBUTION) <= set(told):
        raise Refused("IllegalUpdate")
    if told["HttpVersion"] != told["HttpVersion"].lower():
        raise Refused("InvalidArgument")
    certificate = told["ViewerCertificate"]
    if certificate.get("Certificate", certificate["ACMCertificateArn"]) != certificate["ACMCertificateArn"]:
        raise Refused("InvalidViewerCertificate")
    return {}


def delete_distribution(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    need(before(account), "Distribution", asked)
    if config(before(account))["Enabled"] or status(account) == "InProgress":
        raise Refused("DistributionNotDisabled", 409)
    return {}


def list_origin_access_controls(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    made = there(account, "OriginAccessControl")
    found = [{"Id": ACCESS_ID, "Description": "", **made["OriginAccessControlConfig"]}] if made else []
    listed = {"Marker": "", "MaxItems": 100, "IsTruncated": False, "Quantity": len(found)}
    return {"OriginAccessControlList": {**listed, **({"Items": found} if found else {})}}


def get_origin_access_control(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    need(account, "OriginAccessControl", asked)
    return {"ETag": etag(account, "OriginAccessControl")}


def list_response_headers_policies(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    made = there(account, "ResponseHeadersPolicy")
    policy = {"Id": HEADERS_ID, "LastModifiedTime": MADE}
    policies = [{"Type": "custom", "ResponseHeadersPolicy": {**policy, **_but(made, "Id", "IfMatch")}}] if made else []
    return {"ResponseHeadersPolicyList": {"MaxItems": 100, "Quantity": len(policies), "Items": policies}}


def get_response_headers_policy(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    need(account, "ResponseHeadersPolicy", asked)
    return {"ETag": etag(account, "ResponseHeadersPolicy")}


def _deleting(what: str) -> Answer:
    """What a distribution uses is not deleted."""

    def answer(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
        need(before(account), what, asked)
        if there(account, "Distribution"):
            raise Refused(f"{what}InUse", 409)
        return {}

    return answer


def _but(given: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in given.items() if name not in names}


def describe_certificate(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    """As somebody requested it, and as far as its owner has shown that the name is theirs."""
    made = account.last("acm:RequestCertificate", CertificateArn=asked["CertificateArn"])
    return {"Certificate": made}


ANSWERS: Mapping[str, Answer] = {
    "acm:DescribeCertificate": describe_certificate,
    "cloudfront:ListDistributions": list_distributions,
    "cloudfront:GetDistributionConfig": get_distribution_config,
    "cloudfront:CreateDistribution": create_distribution,
    "cloudfront:UpdateDistribution": update_distribution,
    "cloudfront:DeleteDistribution": delete_distribution,
    "cloudfront:ListOriginAccessControls": list_origin_access_controls,
    "cloudfront:GetOriginAccessControl": get_origin_access_control,
    "cloudfront:DeleteOriginAccessControl": _deleting("OriginAccessControl"),
    "cloudfront:ListResponseHeadersPolicies": list_response_headers_policies,
    "cloudfront:GetResponseHeadersPolicy": get_response_headers_policy,
    "cloudfront:DeleteResponseHeadersPolicy": _deleting("ResponseHeadersPolicy"),
}
