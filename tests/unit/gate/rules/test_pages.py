"""Pages are files of one bucket, read by their own names; nothing else of a bucket can be asked for."""

import pytest

from gate.network.answer import PASSED_ON
from gate.rules.decision import OWN, decide
from gate.rules.pages import BESIDE_THE_PAGES
from gate.rules.passages import Configuration, Journey, Moved, PageFile
from gate.rules.refusal import Refused
from tests.support.rooms import BAR, ROOM, asked


def passage(target: str, method: str = "GET", /, **headers: str) -> object:
    return decide(asked(method, target, **headers), BAR, ROOM)


def status(target: str, method: str = "GET") -> int:
    with pytest.raises(Refused) as refusal:
        passage(target, method)
    return refusal.value.status


@pytest.mark.parametrize(
    ("target", "key"),
    [
        ("/order/index.html", "order/index.html"),
        ("/order/", "order/index.html"),
        ("/barista/", "barista/index.html"),
        ("/display/index.html", "display/index.html"),
        ("/assets/shared-B0lt_x.js", "assets/shared-B0lt_x.js"),
        ("/favicon.svg", "favicon.svg"),
        ("/manifest.webmanifest", "manifest.webmanifest"),
    ],
)
def test_the_pages_files_are_passed_on(target: str, key: str) -> None:
    assert passage(target) == PageFile(key)
    assert passage(target, "HEAD") == PageFile(key)


@pytest.mark.parametrize(
    "query",
    [
        *("eventId=ABC", "acl", "versions", "policy", "cors", "uploads", "versionId=1", "list-type=2", "prefix=x"),
        *("X-Amz-Signature=x&X-Amz-Credential=x", "response-content-type=text/html", "Action=ListQueues", "attributes"),
    ],
)
def test_what_stands_behind_the_question_mark_is_the_pages_own_and_goes_nowhere(query: str) -> None:
    assert passage(f"/order/index.html?{query}") == PageFile("order/index.html")


@pytest.mark.parametrize(
    ("target", "place"), [("/", "/order/"), ("/?a=b", "/order/"), ("/order", "/order/"), ("/display", "/display/")]
)
def test_short_addresses_lead_to_the_pages(target: str, place: str) -> None:
    assert passage(target) == Moved(place)


@pytest.mark.parametrize(
    "target",
    [
        *(
            "/backstage/",
            "/backstage",
            "/backstage/index.html",
            "/serverlesspresso-pages/",
            "/the-pages/order/index.html",
        ),
        *("/another-bucket", "/another-bucket/", "/another-bucket/key", "/journeys", "/journeys/", "/journeys/short"),
        *("/config.json/", "/config.json/x", "/order/a/b/c/d", "/secrets", "/index", "/.well-known/x", "/order.exe"),
        *(
            "/_aws/ses",
            "/_aws/sqs/messages",
            "/_localstack/health",
            "/_localstack/init",
            "/_user_request_/x",
            "/health",
        ),
        *("/restapis/an-api/api/_user_request_/config", "/2015-03-31/functions/", "/cognito-idp/x", "/moto-api/"),
    ],
)
def test_nothing_else_is_there(target: str) -> None:
    assert status(target) in {400, 404}


@pytest.mark.parametrize("method", ["POST", "PUT"])
@pytest.mark.parametrize("target", ["/order/index.html", "/config.json", "/", "/favicon.svg", f"/journeys/{'a' * 43}"])
def test_pages_are_read_and_never_written(target: str, method: str) -> None:
    assert status(target, method) == 405


def test_the_configuration_is_the_gates_own() -> None:
    assert passage("/config.json") == Configuration()
    assert passage("/config.json?v=1") == Configuration()


def test_a_journey_is_opened_by_a_link_and_nothing_beside_it() -> None:
    link = "aB0_-" * 8 + "abc"
    assert passage(f"/journeys/{link}") == Journey(link)
    assert status(f"/journeys/{link}?X-Amz-Signature=x") == 404
    assert status(f"/journeys/{link}/") == 404
    assert status(f"/journeys/{link}a") == 404


@pytest.mark.parametrize(
    ("held", "passed"), [('"abc-1"', '"abc-1"'), ('W/"a"', 'W/"a"'), ("*", ""), ('"a", "b"', ""), ('"a\t"', "")]
)
def test_a_browser_is_told_what_it_has_already(held: str, passed: str) -> None:
    assert passage("/favicon.svg", If_None_Match=held) == PageFile("favicon.svg", passed)


def test_no_page_has_the_name_of_a_place_of_the_gates_own() -> None:
    assert OWN.keys().isdisjoint(BAR.pages | BESIDE_THE_PAGES)


def test_the_bars_cookies_and_permissions_for_other_origins_stay_behind_the_gate() -> None:
    told = {name.lower() for name in PASSED_ON}
    assert not {
        name for name in told if name.startswith(("set-cookie", "access-control", "x-amz", "location", "server"))
    }
