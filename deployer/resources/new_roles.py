"""Waiting for a function's new role: IAM takes seconds to tell Lambda of a role or a policy."""

from botocore.exceptions import ClientError
from tenacity import retry, retry_if_exception, stop_after_delay, wait_exponential


def _lacks_right(error: BaseException) -> bool:
    """Whether Lambda finds that the function's role may not do what it must; the code alone says just "invalid"."""
    if not isinstance(error, ClientError):
        return False
    told = error.response["Error"]
    return told.get("Code") == "InvalidParameterValueException" and "role" in told.get("Message", "")


once_the_role_is_known = retry(
    retry=retry_if_exception(_lacks_right),
    stop=stop_after_delay(60),
    wait=wait_exponential(multiplier=0.5, max=5),
    reraise=True,
)
