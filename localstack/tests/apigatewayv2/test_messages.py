import codecs

import pytest
from local_cloud.plugins.apigatewayv2.limits import Limits
from local_cloud.plugins.apigatewayv2.messages import MessageAssembly, MessageTooBigError

FRAME, MESSAGE = Limits.frame_bytes, Limits.message_bytes


def receive(assembly: MessageAssembly, *frames: bytes) -> str | None:
    """Feed it what wsproto makes of a message in these frames."""
    decoder, message = codecs.getincrementaldecoder("utf-8")(), None
    for number, frame in enumerate(frames, start=1):
        last = number == len(frames)
        message = assembly.add(decoder.decode(frame, last), frame_finished=True, message_finished=last)
    return message


def test_a_message_in_one_frame_arrives_at_once() -> None:
    assert receive(MessageAssembly(Limits()), b"hello") == "hello"


def test_an_empty_message_is_one() -> None:
    assert receive(MessageAssembly(Limits()), b"") == ""


def test_a_message_arrives_when_its_last_frame_has() -> None:
    assembly = MessageAssembly(Limits())
    assert assembly.add("hel", frame_finished=True, message_finished=False) is None
    assert assembly.add("lo", frame_finished=True, message_finished=True) == "hello"


def test_the_longest_frame_and_the_longest_message_are_taken_again_and_again() -> None:
    assembly = MessageAssembly(Limits())
    for _ in range(2):
        assert receive(assembly, *[b"x" * FRAME] * 4) == "x" * MESSAGE


def test_a_frame_that_arrives_in_pieces_counts_as_a_whole() -> None:
    assembly = MessageAssembly(Limits())
    assembly.add("x" * FRAME, frame_finished=False, message_finished=False)
    with pytest.raises(MessageTooBigError):
        assembly.add("x", frame_finished=True, message_finished=True)


def test_a_longer_frame_is_too_big() -> None:
    with pytest.raises(MessageTooBigError):
        receive(MessageAssembly(Limits()), b"x" * (FRAME + 1))


def test_a_longer_message_is_too_big() -> None:
    with pytest.raises(MessageTooBigError):
        receive(MessageAssembly(Limits()), *[b"x" * FRAME] * 4, b"x")


def test_bytes_count_not_characters() -> None:
    with pytest.raises(MessageTooBigError):
        receive(MessageAssembly(Limits()), ("é" * (FRAME // 2 + 1)).encode())


def test_a_character_may_be_cut_in_two_between_the_longest_frames() -> None:
    text = "x" + "é" * FRAME
    data = text.encode()
    frames = [data[start : start + FRAME] for start in range(0, len(data), FRAME)]
    assert receive(MessageAssembly(Limits()), *frames) == text
