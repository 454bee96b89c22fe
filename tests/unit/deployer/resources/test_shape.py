"""What AWS fills in by itself is no difference, and is told again when something else changes."""

from deployer.resources.shape import counted, like, merged

TOLD = {"Enabled": True, "Origins": {"Quantity": 1, "Items": [{"Id": "pages"}]}}
GIVEN = {"Enabled": True, "PriceClass": "All", "Origins": {"Quantity": 1, "Items": [{"Id": "pages", "Path": ""}]}}


def test_what_was_filled_in_is_no_difference() -> None:
    assert like(GIVEN, TOLD) == TOLD


def test_what_is_otherwise_or_missing_or_too_much_is_one() -> None:
    two = {**GIVEN, "Origins": counted([{"Id": "pages"}, {"Id": "other"}])}
    assert like({**GIVEN, "Enabled": False}, TOLD) != TOLD
    assert like({}, TOLD) != TOLD
    assert like(two, TOLD) != TOLD


def test_what_was_filled_in_is_told_again() -> None:
    assert merged({**GIVEN, "Enabled": False}, TOLD) == GIVEN


def test_a_list_of_another_length_is_put_in_the_others_place() -> None:
    assert merged({"Items": [1, 2]}, {"Items": [3]}) == {"Items": [3]}
