"""Each defect of the original is guarded against by a test or a reason, and the page about them is up to date."""

from tests.architecture.defects import EVERY, IN_PYTHON, IN_TYPESCRIPT, PAGE, Defect, Guard, defects, guards, page

DEFECTS = [defect for listed in defects().values() for defect in listed]


def test_every_defect_is_there_once_and_in_order() -> None:
    assert [defect.number for defect in DEFECTS] == list(EVERY)


def test_every_defect_has_a_test_or_a_reason_why_it_cannot_occur() -> None:
    guarded = guards()
    open_ones = [one for one in DEFECTS if not (guarded.get(one.number) or one.here or one.page)]
    assert open_ones == []


def test_no_test_bears_the_number_of_a_defect_that_there_is_not() -> None:
    assert sorted(guards().keys() - set(EVERY)) == []


def test_the_page_says_what_is_so() -> None:
    said = PAGE.read_text(encoding="utf-8").splitlines()
    assert said == page(defects(), guards()).splitlines(), "docs/defects.md is old; run `make docs`"


def test_a_defect_of_the_pages_is_open_until_a_test_settles_it() -> None:
    of_the_pages = {"Pages": [Defect(46, "It broke.", page=True)]}
    settled = {46: [Guard("frontend/a.test.ts", "it works", frozenset({46}))]}
    assert "not checked yet" in page(of_the_pages, {})
    assert "not checked yet" not in page(of_the_pages, settled)


def test_a_test_may_bear_several_numbers() -> None:
    named = IN_PYTHON.fullmatch("test_q6_q26_nobody_does_that")
    titled = IN_TYPESCRIPT.search('it("Q46, Q51: the card stays", () => {')
    assert named is not None
    assert titled is not None
    assert [named[1], named[2], titled[1], titled[2]] == ["q6_q26_", "nobody_does_that", "Q46, Q51: ", "the card stays"]


def test_a_row_has_the_reason_and_the_tests_of_each_file() -> None:
    tests = [Guard("tests/a.py", "it works", frozenset({8})), Guard("tests/a.py", "it lasts", frozenset({8}))]
    text = page({"Area": [Defect(8, "It broke.", "It cannot.")]}, {8: tests})
    assert text.splitlines()[-1] == "| Q8 | It broke. | It cannot.<br>[tests/a.py](../tests/a.py): it works; it lasts |"
