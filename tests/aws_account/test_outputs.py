"""What the pages and others are told of a deployment to an account."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from deployer.fingerprint import etags_of
from deployer.rehearsal.account import Account
from deployer.rehearsal.documented.distributions import HOST
from deployer.rehearsal.rehearsed import deploy
from tests.aws_account.deployment import DOMAIN, OWN_DOMAIN, way_to, whole_project, with_certificate
from tests.unit.deployer.samples import PLACE


def outputs(account: Account, pages: Path, **settings: str) -> dict[str, Any]:
    """Of a deployment with two pages."""
    (pages / "order").mkdir()
    for page in ("index.html", "order/index.html"):
        (pages / page).write_text("<title>A page</title>")
    project = replace(whole_project(**settings), pages_folder=pages, pages=etags_of(pages))
    way = way_to(account, project)
    deploy(way, account)
    return way.outputs()


@pytest.mark.parametrize(("settings", "sent"), [({}, False), ({"TEXT_MESSAGES_TO": "+44 +353"}, True)])
def test_the_pages_are_told_whether_anybody_gets_text_messages(
    account: Account, tmp_path: Path, settings: dict[str, str], sent: bool
) -> None:
    assert outputs(account, tmp_path, **settings)["textMessages"] is sent


def test_pages_are_in_their_bucket(account: Account, tmp_path: Path) -> None:
    told = outputs(account, tmp_path)
    bucket = f"https://serverlesspresso-pages-{PLACE.account}-{PLACE.region}.s3.{PLACE.region}.amazonaws.com"
    assert told["frontends"] == {"order": f"{bucket}/order/index.html"}
    assert told["homeUrl"] == f"{bucket}/index.html"
    assert "dnsRecord" not in told


def test_or_at_the_domain_that_the_stage_names_with_the_record_that_must_stand_in_its_dns(
    account: Account, tmp_path: Path
) -> None:
    told = outputs(with_certificate(account), tmp_path, **OWN_DOMAIN)
    assert told["frontends"] == {"order": f"https://{DOMAIN}/order/index.html"}
    assert told["homeUrl"] == f"https://{DOMAIN}/"
    assert told["dnsRecord"] == {"name": DOMAIN, "type": "CNAME", "value": HOST}
