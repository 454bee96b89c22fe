"""This checkout's stage `aws` on its way to an account that reaches nobody."""

from collections.abc import Sequence
from dataclasses import replace

from deployer.fingerprint import etags_of
from deployer.overlay import NO_OVERLAY, Overlay
from deployer.pipeline import Pipeline
from deployer.project import Project, read_project
from deployer.rehearsal import rehearsed
from deployer.rehearsal.account import Account
from tests.unit.deployer.samples import PLACE, ROOT

STAGE = "aws"
SENDER = "bar@some-coffee-bar.org"
DOMAIN = "bar.some-coffee-bar.org"
CERTIFICATE = f"arn:aws:acm:us-east-1:{PLACE.account}:certificate/b9a1d3c2-0000-4000-8000-000000000000"
OWN_DOMAIN = {"PAGES_DOMAIN": DOMAIN, "PAGES_CERTIFICATE": CERTIFICATE}
UNBUILT_PAGES = ROOT / "frontend" / "order"  # any page will do, and building them takes Node


def whole_project(sender: str = SENDER, overlay: Overlay = NO_OVERLAY, /, **settings: str) -> Project:
    """This checkout with pages, with a sender, whom everybody must name by themselves, and with these settings."""
    project = read_project(ROOT, STAGE, overlay)
    environment = {**project.environment, "LETTER_SENDER": sender, **settings}
    return replace(project, environment=environment, pages_folder=UNBUILT_PAGES, pages=etags_of(UNBUILT_PAGES))


def with_certificate(account: Account, status: str = "ISSUED", names: Sequence[str] = (DOMAIN,)) -> Account:
    """An account in which somebody asked for a certificate."""
    about = {"DomainName": names[0], "SubjectAlternativeNames": list(names), "Status": status}
    account.has("acm:RequestCertificate", CertificateArn=CERTIFICATE, **about)
    return account


def way_to(account: Account, project: Project | None = None) -> Pipeline:
    return rehearsed.way_to(account, project or whole_project())
