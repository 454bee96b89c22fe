"""A function's output, of which a flood keeps its beginning and its end."""

from local_cloud.plugins.lambda_.processes.bounded_output import LINES_AT_EACH_END, BoundedOutput


def test_output_is_returned_whole_and_once() -> None:
    output = BoundedOutput()
    output.write("grün".encode())
    output.write(b" tea\n")
    assert output.take() == "grün tea\n"
    assert output.take() == ""


def test_of_a_flood_of_bytes_both_ends_are_kept_and_the_rest_is_counted() -> None:
    output = BoundedOutput(bytes_at_each_end=4)
    for chunk in (b"ab", b"cdefgh", b"ij", b"klmnop"):
        output.write(chunk)
    assert output.take() == "abcd\n[8 bytes left out]\nmnop"


def test_output_that_just_fits_is_whole() -> None:
    output = BoundedOutput(bytes_at_each_end=4)
    output.write(b"abcdefgh")
    assert output.take() == "abcdefgh"


def test_of_a_flood_of_lines_both_ends_are_kept_and_the_rest_is_counted() -> None:
    output = BoundedOutput()
    output.write(b"".join(b"%d\n" % number for number in range(2 * LINES_AT_EACH_END + 100)))
    lines = output.take().splitlines()
    assert lines[0] == "0"
    assert lines[LINES_AT_EACH_END] == "[100 lines left out]"
    assert lines[-1] == str(2 * LINES_AT_EACH_END + 99)


def test_a_character_cut_in_two_does_no_harm() -> None:
    output = BoundedOutput(bytes_at_each_end=1)
    output.write("üü".encode())
    assert "[2 bytes left out]" in output.take()
