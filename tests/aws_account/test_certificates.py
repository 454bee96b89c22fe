"""A domain or certificate that CloudFront would not take is told before anything is made, with what to do about it."""

import pytest

from deployer.pipeline import Pipeline
from deployer.problem import Problem
from deployer.rehearsal.account import Account, Refused
from tests.aws_account.aws_tool import asked_by
from tests.aws_account.deployment import CERTIFICATE, DOMAIN, OWN_DOMAIN, way_to, whole_project, with_certificate


@pytest.fixture
def way(account: Account) -> Pipeline:
    return way_to(with_certificate(account), whole_project(**OWN_DOMAIN))


REGIONS = CERTIFICATE.replace("us-east-1", "eu-west-1")
UNFIT: tuple[tuple[dict[str, str], str], ...] = (
    ({"PAGES_DOMAIN": f"https://{DOMAIN}/"}, "must be a name such as"),
    ({"PAGES_DOMAIN": ""}, "must be a name such as"),
    ({"PAGES_CERTIFICATE": ""}, "needs a certificate"),
    ({"PAGES_CERTIFICATE": "arn:aws:iam::123456789012:server-certificate/bar"}, "needs a certificate"),
    ({"PAGES_CERTIFICATE": REGIONS}, "takes certificates from us-east-1 only.* is in eu-west-1"),
    ({"PAGES_CERTIFICATE": f"{CERTIFICATE}1"}, "There is no certificate"),
    ({"PAGES_DOMAIN": "cafe.some-coffee-bar.org"}, f"is for {DOMAIN}, not for cafe"),
)


@pytest.mark.parametrize(("settings", "told"), UNFIT)
def test_what_cloudfront_would_not_take_is_told_before_anything_is_made(
    account: Account, settings: dict[str, str], told: str
) -> None:
    way = way_to(with_certificate(account), whole_project(**{**OWN_DOMAIN, **settings}))
    before = list(account.done)
    with pytest.raises(Problem, match=told):
        way.plan_up()
    assert account.done == before


def test_a_certificate_of_another_region_is_requested_anew_by_the_command_that_is_told(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    way = way_to(with_certificate(account), whole_project(**{**OWN_DOMAIN, "PAGES_CERTIFICATE": REGIONS}))
    with pytest.raises(Problem) as told:
        way.check_account()
    asked = asked_by(str(told.value), monkeypatch)
    assert (asked.operation, asked.region) == ("acm:RequestCertificate", "us-east-1")
    assert asked.given == {"DomainName": DOMAIN, "ValidationMethod": "DNS"}


def test_a_certificate_that_is_not_issued_yet_is_told(account: Account) -> None:
    way = way_to(with_certificate(account, status="PENDING_VALIDATION"), whole_project(**OWN_DOMAIN))
    with pytest.raises(Problem, match="is PENDING_VALIDATION, not ISSUED: write the record"):
        way.plan_up()


@pytest.mark.parametrize("status", ["EXPIRED", "FAILED", "REVOKED", "VALIDATION_TIMED_OUT"])
def test_in_place_of_a_certificate_that_will_never_do_a_new_one_is_to_be_requested(
    account: Account, status: str
) -> None:
    way = way_to(with_certificate(account, status=status), whole_project(**OWN_DOMAIN))
    with pytest.raises(Problem, match=f"is {status}, not ISSUED: request a new one"):
        way.check_account()


def test_a_certificate_of_all_names_below_a_domain_will_do(account: Account) -> None:
    with_certificate(account, names=["*.some-coffee-bar.org"])
    way_to(account, whole_project(**OWN_DOMAIN)).plan_up()


def test_a_certificate_that_acm_does_not_tell_of_is_not_held_against_it(way: Pipeline, account: Account) -> None:
    account.refuses("acm:DescribeCertificate", Refused("AccessDeniedException", 403), times=1)
    way.check_account()
