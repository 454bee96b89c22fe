"""The Pythons for functions that the user adds to the launcher's own. Pure: looks at no file."""

from collections.abc import Mapping
from pathlib import Path

from local_cloud.errors import LocalCloudError
from local_cloud.plugins.lambda_.processes.function_runtimes import RuntimeUnavailableError, configured_runtimes


def further_runtimes(of_user: Mapping[str, str]) -> dict[str, Path]:
    """Return the interpreter of each runtime that the user's LOCAL_CLOUD_FUNCTION_RUNTIMES names.

    Raises:
        LocalCloudError: that is not a JSON object of paths.
    """
    try:
        return configured_runtimes(of_user)
    except RuntimeUnavailableError as error:
        raise LocalCloudError(str(error)) from error
