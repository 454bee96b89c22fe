"""LocalStack refuses JSON with numbers of more than 4,300 digits, Python's limit; here their length is no matter.
Since 0.2.

https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html has a limit for requests only, of 1 MB.
"""

import sys

from localstack.runtime import hooks

LONGEST_NUMBER = 1024 * 1024
"""Digits: no request holds more. Python reads them in less than a second."""


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def read_long_numbers() -> None:
    """LocalStack's hook: lift the limit, which is one of the whole process."""
    sys.set_int_max_str_digits(LONGEST_NUMBER)
