"""What `make local` prints for people to open can be opened, before anything was sent there too."""

import httpx

from simulator.outputs import Outputs


def test_letters_and_text_messages_and_the_menu_can_be_opened(http: httpx.Client, bar: Outputs) -> None:
    addresses = [
        f"{bar.endpoint_url}/_aws/ses",
        f"{bar.endpoint_url}/_aws/sns/sms-messages",
        f"{bar.api_url}/config?eventId=ABC",
    ]
    assert {url: http.get(url).status_code for url in addresses} == dict.fromkeys(addresses, 200)
