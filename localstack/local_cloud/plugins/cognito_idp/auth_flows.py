"""Which ways of signing in a client allows. Pure: knows nothing of users, passwords or challenges.

https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html
"""

from collections.abc import Collection

from local_cloud.plugins.cognito_idp.errors import InvalidParameterError

REFRESH_FLOWS = frozenset({"REFRESH_TOKEN", "REFRESH_TOKEN_AUTH"})
ADMIN_FLOWS = frozenset({"ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"})
PASSWORD_FLOWS = ADMIN_FLOWS | {"USER_PASSWORD_AUTH"}

_SUPPORTED = REFRESH_FLOWS | PASSWORD_FLOWS | {"USER_SRP_AUTH", "CUSTOM_AUTH"}
_DEFAULT = frozenset({"ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"})
# The names from before the ALLOW_ prefix add to what was then always on.
_LEGACY = {
    "USER_PASSWORD_AUTH": _DEFAULT | {"ALLOW_USER_PASSWORD_AUTH"},
    "ADMIN_NO_SRP_AUTH": _DEFAULT | {"ALLOW_ADMIN_USER_PASSWORD_AUTH"},
    "CUSTOM_AUTH_FLOW_ONLY": frozenset({"ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"}),
}
_ALLOWED_BY = {
    "REFRESH_TOKEN": "ALLOW_REFRESH_TOKEN_AUTH",
    "ADMIN_NO_SRP_AUTH": "ALLOW_ADMIN_USER_PASSWORD_AUTH",
}


def allowed_flows(explicit_auth_flows: Collection[str] | None) -> frozenset[str]:
    """A client's `ExplicitAuthFlows` setting as `ALLOW_` names, AWS's default where it is not set."""
    if not explicit_auth_flows:
        return _DEFAULT
    return frozenset().union(*(_LEGACY.get(name, {name}) for name in explicit_auth_flows))


def require_flow(flow: str, explicit_auth_flows: Collection[str] | None, *, by_admin: bool) -> None:
    """Let a request's `AuthFlow` pass only where the client's setting allows it, the admin flows for admins only.

    Raises:
        InvalidParameterError: the client does not, the caller may not, or nobody here can.
    """
    if _ALLOWED_BY.get(flow, f"ALLOW_{flow}") not in allowed_flows(explicit_auth_flows):
        raise InvalidParameterError(f"{flow} flow not enabled for this client")
    if flow in ADMIN_FLOWS and not by_admin:
        raise InvalidParameterError("Initiate Auth method not supported.")
    if flow not in _SUPPORTED:
        raise InvalidParameterError(f"{flow} is not supported by the local cloud")
