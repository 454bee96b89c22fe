"""What EventBridge's input transformer makes of a template and its variables."""

from typing import Any

import pytest
from local_cloud.plugins.events.input_template import MISSING, TemplateError, check, filled

VALUES = {
    "text": "green",
    "quoted": 'a "shot"',
    "lines": "one\ntwo",
    "backslash": "C:\\new",
    "number": 3,
    "zero": 0,
    "no": False,
    "none": None,
    "list": [1, "a"],
    "empty": [],
    "object": {"drink": "green", "extras": ["oat", 'a "shot"']},
    "missing": MISSING,
    "template": "<text>",
}
FILLED: dict[str, Any] = {
    '{"a": <text>}': {"a": "green"},
    '{"a": "<text>"}': {"a": "green"},
    '{"a": <quoted>, "b": "say <quoted>"}': {"a": 'a "shot"', "b": 'say a "shot"'},
    '{"a": <lines>, "b": "<lines>, <backslash>"}': {"a": "one\ntwo", "b": "one\ntwo, C:\\new"},
    '{"a": <number>, "b": "cups/<number>"}': {"a": 3, "b": "cups/3"},
    '{"a": <zero>, "b": <no>, "c": <none>, "d": <empty>}': {"a": 0, "b": False, "c": None, "d": []},
    '{"a": "<zero> <no> <none> <empty>"}': {"a": "0 false null []"},
    '{"a": <list>, "b": "of <list>"}': {"a": [1, "a"], "b": "of [1,a]"},
    '{"a": <object>}': {"a": VALUES["object"]},
    '{"a": "of <object>"}': {"a": "of {drink:green,extras:[oat,a shot]}"},
    '{"a": <missing>, "b": "<missing>!"}': {"a": "", "b": "!"},
    '{"a": "with \\"<text>\\", <number>", "b": <number>}': {"a": 'with "green", 3', "b": 3},
    '{"a": "{\\"b\\": <number>}"}': {"a": '{"b": 3}'},
    '{"a": <template>, "b": "<template>"}': {"a": "<text>", "b": "<text>"},
    '"of <number> cups"': "of 3 cups",
    '"<lines>"': "one\ntwo",
    '"<text>\\n<number>"': "green\n3",
    '"<text>"\n"<number> cups"\n': "green\n3 cups",
    "<object>": VALUES["object"],
    " <number> ": 3,
    "[<text>, <number>]": ["green", 3],
    '{"constant": [1, null]}': {"constant": [1, None]},
}


@pytest.mark.parametrize("template", FILLED)
def test_a_template_is_filled(template: str) -> None:
    check(template)
    assert filled(template, VALUES) == FILLED[template]


@pytest.mark.parametrize(
    "template", ["<text> is ready", '{"a": <text>', '{"a": <text> <text>}', "", '"a" {"b": 1}', '{"a": "<text>}']
)
def test_a_template_that_cannot_become_json_is_found_out_before_any_event(template: str) -> None:
    with pytest.raises(TemplateError):
        check(template)
