"""What every sentence of the workshop's keeps to: it is read by somebody who knows Python and nothing of AWS."""

import re

from workshop.finding import DoesNotHold

MOST_LINES = 6
_ADDRESS_OF_AN_ACCOUNT = re.compile(r"arn:aws:\w+:[\w-]*:\d{12}")
_OF_PYTHON = re.compile(r"Traceback|\b\w+Error\b|\bNone\b|botocore")
_FILE_AND_LINE = re.compile(r"my-bar/[\w./-]+:\d+")


def keeps_the_house_rules(finding: DoesNotHold, *, built: bool = True) -> None:
    """See that a finding is short, says where, and speaks neither Python nor in addresses.

    Args:
        finding: what a check says.
        built: whether it is about a file of the learner's.
    """
    lines = finding.lines()
    told = "\n".join(text for _, text in lines)
    assert len(lines) <= MOST_LINES
    assert not _ADDRESS_OF_AN_ACCOUNT.search(told)
    assert not _OF_PYTHON.search(told), told
    assert _FILE_AND_LINE.search(told) if built else finding.where, told
    assert finding.attempt, told
