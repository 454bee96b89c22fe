"""The pages at a domain of one's own, by CloudFront: an option of a stage that is deployed to AWS. Pure.

Two variables of the stage say so: PAGES_DOMAIN, and PAGES_CERTIFICATE, the ARN of its certificate in ACM.
"""

from dataclasses import dataclass

from deployer import content_security
from deployer.place import Place
from deployer.project import Project
from deployer.resources.distribution import Distribution
from deployer.resources.origin_access import OriginAccess
from deployer.resources.resource import Resource
from deployer.resources.response_headers import ResponseHeaders

DOMAIN, CERTIFICATE = "PAGES_DOMAIN", "PAGES_CERTIFICATE"
NAME = "serverlesspresso-pages"  # of all three
# What it uses goes after it, the bucket too: whoever took that name would speak from our domain.
READER = f"{Distribution.kind} {NAME}"


@dataclass(frozen=True)
class OwnDomain:
    """A domain of one's own.

    Attributes:
        name: such as `bar.example.com`; empty where only a certificate was named.
        certificate: its ARN; empty where none was named.
    """

    name: str
    certificate: str

    @property
    def url(self) -> str:
        """Where the pages are, without a trailing slash."""
        return f"https://{self.name}"


def own_domain(project: Project, place: Place) -> OwnDomain | None:
    """The domain that the stage names; None where it names none, and on an emulator, whose pages nobody else sees."""
    name, certificate = (project.environment.get(setting, "").strip() for setting in (DOMAIN, CERTIFICATE))
    return OwnDomain(name.lower().rstrip("."), certificate) if (name or certificate) and not place.endpoint else None


def wanted(project: Project, place: Place, bucket: str, home: str) -> list[Resource]:
    """What serves a bucket of pages at the stage's domain; nothing where it names none.

    Args:
        project: names the domain.
        place: where the bucket is.
        bucket: its name.
        home: the page at the domain's root.
    """
    domain = own_domain(project, place)
    return _resources(domain, project, place, bucket, home) if domain else []


def may_be_left(project: Project, place: Place, bucket: str, home: str) -> list[Resource]:
    """What may be there of a domain that the stage named once, in the order in which it can be removed."""
    if place.endpoint or own_domain(project, place):
        return []
    return _resources(OwnDomain("", ""), project, place, bucket, home)[::-1]


def _resources(domain: OwnDomain, project: Project, place: Place, bucket: str, home: str) -> list[Resource]:
    apis, people = place.service_host("execute-api"), place.service_host("cognito-idp")
    talks_to = (f"https://*.{apis}", f"wss://*.{apis}", f"https://{people}")
    host = place.bucket_host(bucket)
    return [
        OriginAccess(NAME, goes_after=READER),
        ResponseHeaders(NAME, content_security.policy(talks_to), goes_after=READER),
        Distribution(NAME, domain.name, domain.certificate, host, origin_access=NAME, headers=NAME, home=home),
    ]
