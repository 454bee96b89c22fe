"""A phone in another network orders through the gate, from the first page to the story of the drink."""

import re
from urllib.parse import urlsplit

import httpx
import pytest

from simulator.bar_client import BarClient
from simulator.entrance import BARISTA, new_address
from simulator.probe.own_shops import SOON_S, OwnShop
from simulator.probe.people import ADMIN_GROUP, People
from simulator.sign_in import wait_for_code
from simulator.waiting import submit_when_ready, wait_until_numbered
from tests.integration.pages.counter import new_number
from tests.integration.room.conftest import AtPhone
from tests.integration.room.phone import Phone

PAGES = ("order", "barista", "display")


def test_the_pages_and_all_their_files_are_there(at_phone: AtPhone) -> None:
    def story(phone: Phone) -> None:
        for page in PAGES:
            html = phone.http.get(f"/{page}/").raise_for_status()
            files = re.findall(r'(?:src|href)="\.\./([^"]+)"', html.text)
            assert [file for file in files if phone.http.get(f"/{file}").status_code != 200] == []
            assert files

    at_phone(story)


def test_a_page_that_the_phone_has_is_not_sent_again(at_phone: AtPhone) -> None:
    def story(phone: Phone) -> None:
        etag = phone.http.get("/order/").headers["etag"]
        assert phone.http.get("/order/", headers={"If-None-Match": etag}).status_code == 304

    at_phone(story)


def test_nothing_that_the_pages_are_told_leads_past_the_gate(at_phone: AtPhone) -> None:
    def story(phone: Phone) -> None:
        told = phone.told()
        addresses = [told["endpointUrl"], told["apiUrl"], *told["frontends"].values(), *told["local"].values()]
        assert {urlsplit(address).netloc for address in addresses} == {urlsplit(phone.origin).netloc}
        assert "127.0.0.1" not in str(told)

    at_phone(story)


def test_a_phone_orders_and_hears_of_it_and_reads_the_story(at_phone: AtPhone, shop: OwnShop) -> None:
    code = shop.bucket()["code"]

    def story(phone: Phone) -> None:
        customer = phone.sign_in(new_address())
        tablet = BarClient(phone.http, customer.api_url, shop.barista.token)
        with phone.listening(customer.token or "", shop.event_id) as ear:
            order_id = customer.redeem(shop.event_id, code)
            ear.wait_for("OrderProcessor.WorkflowStarted", orderId=order_id)
            submit_when_ready(customer, order_id, "Flat White", "Oat", every_s=SOON_S)
            assert wait_until_numbered(tablet, shop.event_id, order_id)["orderNumber"] == 1
            tablet.make(order_id)
            tablet.complete(order_id)
            ear.wait_for("OrderManager.OrderCompleted", orderId=order_id)
        read_story(phone, customer, order_id)

    at_phone(story)


def read_story(phone: Phone, customer: BarClient, order_id: str) -> None:
    link = customer.journey(order_id)
    assert link.startswith(f"{phone.origin}/journeys/")
    assert order_id not in link
    page = phone.http.get(link).raise_for_status()
    assert "Flat White" in page.text
    assert page.headers["content-security-policy"].startswith("sandbox;")
    assert phone.http.get(link[:-1] + ("b" if link[-1] == "a" else "a")).status_code == 404


def test_a_token_is_renewed_and_given_back(at_phone: AtPhone) -> None:
    def story(phone: Phone) -> None:
        address = new_address()
        phone.sign_up(address).raise_for_status()
        session = phone.ask_for_code(address)
        text = phone.letters()[0]["Body"]["text_part"]
        given = {"USERNAME": address, "ANSWER": re.findall(r"\b\d{6}\b", text)[0]}
        tokens = phone.ask_people(
            "RespondToAuthChallenge", ChallengeName="CUSTOM_CHALLENGE", Session=session, ChallengeResponses=given
        ).json()["AuthenticationResult"]
        held = {"REFRESH_TOKEN": tokens["RefreshToken"]}
        assert renewal(phone, held).status_code == 200
        assert phone.ask_people("RevokeToken", Token=tokens["RefreshToken"]).status_code == 200
        assert renewal(phone, held).status_code == 400

    at_phone(story)


def renewal(phone: Phone, held: dict[str, str]) -> httpx.Response:
    return phone.ask_people("InitiateAuth", AuthFlow="REFRESH_TOKEN_AUTH", AuthParameters=held)


def test_a_text_message_comes_to_the_phone_that_signed_its_number_up(at_phone: AtPhone) -> None:
    def story(phone: Phone) -> None:
        number = new_number()
        phone.sign_up(number).raise_for_status()
        phone.ask_for_code(number)
        received = phone.http.get(phone.told()["local"]["textMessagesUrl"]).json()["sms_messages"]
        assert list(received) == [number]
        assert re.search(r"\b\d{6}\b", received[number][0]["Message"])

    at_phone(story)


def test_a_letter_is_read_by_the_browser_that_signed_up_and_by_no_other(at_phone: AtPhone) -> None:
    address = new_address()

    def owner(phone: Phone) -> None:
        phone.sign_up(address).raise_for_status()

    def curious(phone: Phone) -> None:
        assert phone.sign_up(address).status_code == 400
        phone.ask_for_code(address)
        assert phone.letters() == []
        phone.sign_in(new_address())
        assert [letter["Destination"]["ToAddresses"] for letter in phone.letters()] != [[address]]

    at_phone(owner)
    at_phone(curious)


@pytest.mark.parametrize("address", [BARISTA, BARISTA.upper(), "customer@example.com"])
def test_nobody_in_the_room_gets_the_letters_of_who_was_there_before(at_phone: AtPhone, address: str) -> None:
    def story(phone: Phone) -> None:
        assert phone.sign_up(address).status_code == 400
        if address.islower():
            phone.ask_for_code(address)
        assert phone.letters() == []

    at_phone(story)


def test_whoever_becomes_a_barista_gets_no_letters_in_the_room_any_more(at_phone: AtPhone, people: People) -> None:
    address, kept = new_address(), httpx.Cookies()

    def owner(phone: Phone) -> None:
        phone.sign_up(address).raise_for_status()
        phone.ask_for_code(address)
        assert len(phone.letters()) == 1
        kept.update(phone.http.cookies)

    def barista(phone: Phone) -> None:
        phone.http.cookies.update(kept)
        assert phone.letters() == []

    at_phone(owner)
    pool = people.way_in.outputs.user_pool_id
    people.cognito.admin_add_user_to_group(UserPoolId=pool, Username=address, GroupName=ADMIN_GROUP)
    at_phone(barista)


def test_a_barista_signs_in_at_a_tablet_with_the_code_that_the_teacher_reads(
    at_phone: AtPhone, people: People, shop: OwnShop
) -> None:
    address, mailbox, sessions = shop.barista.address, people.way_in.mailbox, list[str]()
    older = {message.message_id for message in mailbox.messages(address)}
    at_phone(lambda tablet: sessions.append(tablet.ask_for_code(address)))
    code = wait_for_code(mailbox, address, older)

    def barista(tablet: Phone) -> None:
        assert tablet.letters() == []
        assert tablet.answer(address, sessions[0], code).admin_config(shop.event_id)["eventId"] == shop.event_id

    at_phone(barista)
