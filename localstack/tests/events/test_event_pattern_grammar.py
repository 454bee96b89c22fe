"""What is refused in an event pattern beyond LocalStack's own check, and in which words."""

import json

import pytest
from local_cloud.plugins.events.event_pattern_grammar import MAX_DEPTH, PatternError, parsed

WRONG = {
    "{no": "Filter is not valid JSON",
    '{"a": [NaN]}': "Filter is not valid JSON",
    "[" * 100_000: "Filter is not valid JSON",
    "[]": "Filter is not an object",
    '"a"': "Filter is not an object",
    "{}": "Empty objects are not allowed",
    '{"detail": {}}': "Empty objects are not allowed",
    '{"detail": {"a": [{}]}}': "Match expression name not found",
    '{"$or": {"a": [1]}}': "must be an Array",
    '{"$or": [1, 2]}': "Only JSON object is allowed",
    '{"$or": [{"a": [1]}]}': "at least 2 Objects",
    '{"$or": [{"a": [1]}, {}]}': "Empty objects are not allowed",
    '{"$or": [{"prefix": [1]}, {"a": [1]}]}': "prefix is Ruler reserved fieldName",
    '{"a": [{"prefix": {"equals-ignore-case": 5}}]}': "prefix match pattern must be a string",
    '{"a": [{"suffix": {}}]}': "suffix match pattern must be a string",
    '{"a": [{"numeric": ["=", true]}]}': "Invalid member in numeric match: true",
    '{"a": [{"numeric": ["<", 5000000001]}]}': "Value must be between -5.0E+09 and 5.0E+09",
    '{"a": [{"anything-but": true}]}': "must be an array or single",
    '{"a": [{"anything-but": []}]}': "mixed type is not supported",
    '{"a": [{"anything-but": ["a", 1]}]}': "mixed type is not supported",
    '{"a": [{"anything-but": [{"prefix": "a"}]}]}': "start|null|boolean is not supported",
    '{"a": [{"anything-but": {}}]}': "Only one key allowed",
    '{"a": [{"anything-but": {"wildcard": []}}]}': "Empty arrays are not allowed",
    '{"a": [{"anything-but": {"prefix": ["a", ""]}}]}': "Null prefix/suffix not allowed",
    '{"a": [{"wildcard": "a\\\\b*"}]}': "Invalid escape character at pos 2",
}


@pytest.mark.parametrize("text", WRONG)
def test_a_text_that_is_no_pattern_is_refused_with_the_reason(text: str) -> None:
    with pytest.raises(PatternError) as refused:
        parsed(text)
    assert WRONG[text] in str(refused.value)


@pytest.mark.parametrize(
    "pattern",
    [
        {"source": ["shop", 1, None, True, ""]},
        {"detail": {"a": {"b": ["c"]}}, "detail.x": ["y"]},
        {"$or": [{"a": [1]}, {"b": {"$or": [{"c": [1]}, {"d": [2]}]}}], "e": [3]},
        {"a": [{"prefix": {"equals-ignore-case": "x"}}, {"anything-but": [1, 2.5]}, {"anything-but": "x"}]},
        {"a": [{"anything-but": {"prefix": ["x", "y"]}}, {"anything-but": {"equals-ignore-case": "x"}}]},
        {"a": [{"numeric": [">", -5e9, "<=", 5e9]}, {"wildcard": "a\\*b\\\\*"}, {"exists": False}]},
        {"prefix": ["a field may be called so"]},
    ],
)
def test_a_pattern_passes_as_it_is(pattern: object) -> None:
    assert parsed(json.dumps(pattern)) == pattern


def test_a_pattern_may_be_as_deep_as_its_bound_and_no_deeper() -> None:
    def nested(depth: int) -> str:
        return '{"a":' * depth + "[1]" + "}" * depth

    parsed(nested(MAX_DEPTH))
    with pytest.raises(PatternError, match="nested too deeply"):
        parsed(nested(MAX_DEPTH + 1))


def test_alternatives_are_counted_before_they_are_written_out() -> None:
    either = {"$or": [{"a": [1]}, {"b": [2]}]}
    parsed(json.dumps({str(n): either for n in range(9)}))  # 512
    with pytest.raises(PatternError, match="more than 1000 rule combinations"):
        parsed(json.dumps({str(n): either for n in range(60)}))
