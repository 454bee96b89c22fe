import pytest
from local_cloud.plugins.apigatewayv2.outbox import Outbox, OutboxFullError


def test_bytes_pass_at_once() -> None:
    sent: list[bytes] = []
    Outbox(sent.append, limit=10).put(b"hello")
    assert sent == [b"hello"]


def test_what_is_held_is_sent_in_order_when_it_is_released() -> None:
    sent: list[bytes] = []
    outbox = Outbox(sent.append, limit=10)
    outbox.hold()
    outbox.put(b"one ")
    outbox.put(b"two ")
    assert sent == []
    outbox.release()
    outbox.put(b"three")
    assert b"".join(sent) == b"one two three"


def test_the_limit_can_be_reached_and_not_passed() -> None:
    sent: list[bytes] = []
    outbox = Outbox(sent.append, limit=10)
    outbox.hold()
    outbox.put(b"x" * 10)
    with pytest.raises(OutboxFullError):
        outbox.put(b"x")


def test_it_can_be_filled_again_after_it_was_emptied() -> None:
    sent: list[bytes] = []
    outbox = Outbox(sent.append, limit=10)
    for _ in range(3):
        outbox.hold()
        outbox.put(b"x" * 10)
        outbox.release()
    assert b"".join(sent) == b"x" * 30


def test_the_network_may_ask_to_hold_while_what_was_held_is_sent() -> None:
    sent: list[bytes] = []

    def write(data: bytes) -> None:
        sent.append(data)
        outbox.hold()

    outbox = Outbox(write, limit=10)
    outbox.put(b"one")
    outbox.put(b"two")
    outbox.release()
    outbox.put(b"three")
    assert sent == [b"one", b"two"]
