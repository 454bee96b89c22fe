"""Files whose solved parts can be taken out, so that a start file and its solution are one file. Pure.

    # learner 3-1: what is to be built
    the solution
    # until then: raise NotImplementedError("...")

Before step 3-1 is solved, what is to be built stands there as a comment, and behind it the code of the last line. In
JavaScript the marks begin with `//`.
"""

import re

_REGION = re.compile(
    r"^(?P<indent> *)(?P<mark>#|//) learner (?P<step>\S+): (?P<what>.+)\n"
    r"(?P<solution>(?:.*\n)*?)"
    r" *(?P=mark) until then(?:: (?P<before>.+))?\n",
    re.MULTILINE,
)


def built_upto(text: str, step: str) -> str:
    """The file as it is when a step is built, and all before it; later ones are yet to be.

    Args:
        text: with its regions.
        step: such as `3-1`; `3-0` is before the first.
    """
    return _REGION.sub(lambda region: _as_it_is(region, region["step"] <= step), text).rstrip("\n") + "\n"


def _as_it_is(region: re.Match[str], is_built: bool) -> str:
    if is_built:
        return region["solution"]
    indent, before = region["indent"], region["before"]
    return f"{indent}{region['mark']} {region['step']}: {region['what']}\n{f'{indent}{before}\n' if before else ''}"
