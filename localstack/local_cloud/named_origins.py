"""The origins whose pages the user lets call the cloud beside its own. Pure."""

from collections.abc import Mapping

from local_cloud.errors import LocalCloudError
from local_cloud.plugins.gateway.browser_gate.allowed_origins import AllowedOriginsError, allowed_origins


def named_origins(of_user: Mapping[str, str]) -> frozenset[str]:
    """Return the origins that the user's LOCAL_CLOUD_ALLOWED_ORIGINS names, of which S3 has to know as well.

    Raises:
        LocalCloudError: that holds what is neither an origin nor a host.
    """
    try:
        return allowed_origins(of_user).origins
    except AllowedOriginsError as error:
        raise LocalCloudError(str(error)) from error
