"""What must be so of a domain of one's own and its certificate before CloudFront takes them. Changes nothing.

https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from botocore.exceptions import ClientError

from deployer.aws import CERTIFICATES_REGION, Aws
from deployer.aws_command import aws_command
from deployer.own_domain import CERTIFICATE, DOMAIN, OwnDomain
from deployer.resources.refusals import refused_as

NAME = re.compile(r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])")
ARN = re.compile(r"arn:aws:acm:(?P<region>[a-z0-9-]+):\d{12}:certificate/.+")
REQUEST = ("acm", "request-certificate", "--validation-method", "DNS")
PENDING = "PENDING_VALIDATION"  # each other status but ISSUED is an end
_PROVE_IT = "write the record into your DNS by which ACM sees that the name is yours, and wait until it has."


def obstacles(domain: OwnDomain, aws: Aws) -> Iterator[str]:
    """All that stands in the way, in words; what ACM does not tell is not held against it."""
    arn = ARN.fullmatch(domain.certificate)
    if not NAME.fullmatch(domain.name):
        yield f"* {DOMAIN} must be a name such as bar.YOUR-DOMAIN, without https:// and path, not {domain.name!r}."
    elif arn is None:
        yield (
            f"* {domain.name} needs a certificate: {CERTIFICATE} must be the ARN of one in ACM, as "
            f"arn:aws:acm:{CERTIFICATES_REGION}:…:certificate/…, not {domain.certificate!r} (docs/aws.md)."
        )
    elif arn["region"] != CERTIFICATES_REGION:
        yield (
            f"* CloudFront takes certificates from {CERTIFICATES_REGION} only, wherever the bar is, and {CERTIFICATE} "
            f"is in {arn['region']}: request one there."
            + aws_command(*REQUEST, "--region", CERTIFICATES_REGION, "--domain-name", domain.name)
        )
    else:
        yield from _unfit(domain, aws)


def _unfit(domain: OwnDomain, aws: Aws) -> Iterator[str]:
    try:
        found: Any = aws.acm.describe_certificate(CertificateArn=domain.certificate)["Certificate"]
    except ClientError as error:
        if refused_as("ResourceNotFoundException")(error):
            yield f"* There is no certificate {domain.certificate}."
        return
    if found["Status"] != "ISSUED":
        advice = _PROVE_IT if found["Status"] == PENDING else "request a new one, and name it instead."
        yield f"* The certificate of {domain.name} is {found['Status']}, not ISSUED: {advice}"
    names = found.get("SubjectAlternativeNames", [found["DomainName"]])
    if not covers(names, domain.name):
        yield f"* The certificate is for {', '.join(names)}, not for {domain.name}."


def covers(names: Iterable[str], domain: str) -> bool:
    """Whether a certificate of these names is one of the domain's; `*.` stands for one label.

    https://docs.aws.amazon.com/acm/latest/userguide/acm-certificate-characteristics.html
    """
    _, _, parent = domain.partition(".")
    return not {domain, f"*.{parent}"}.isdisjoint(name.lower() for name in names)
