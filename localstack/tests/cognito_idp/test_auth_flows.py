import pytest
from local_cloud.plugins.cognito_idp.auth_flows import allowed_flows, require_flow
from local_cloud.plugins.cognito_idp.errors import InvalidParameterError

CODE_ONLY = ["ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]


@pytest.mark.parametrize(
    "flow",
    ["USER_PASSWORD_AUTH", "USER_SRP_AUTH", "USER_AUTH", "ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"],
)
def test_a_client_for_codes_only_refuses_every_other_flow_even_to_admins(flow: str) -> None:
    with pytest.raises(InvalidParameterError, match=f"^{flow} flow not enabled for this client$"):
        require_flow(flow, CODE_ONLY, by_admin=True)


@pytest.mark.parametrize("flow", ["CUSTOM_AUTH", "REFRESH_TOKEN_AUTH", "REFRESH_TOKEN"])
@pytest.mark.parametrize("by_admin", [True, False])
def test_a_client_for_codes_only_allows_codes_and_refreshing(flow: str, by_admin: bool) -> None:
    require_flow(flow, CODE_ONLY, by_admin=by_admin)


@pytest.mark.parametrize("setting", [None, []])
def test_without_a_setting_srp_codes_and_refreshing_are_allowed(setting: list[str] | None) -> None:
    assert allowed_flows(setting) == {"ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"}


def test_the_legacy_names_mean_what_they_meant() -> None:
    assert allowed_flows(["CUSTOM_AUTH_FLOW_ONLY"]) == set(CODE_ONLY)
    assert "ALLOW_ADMIN_USER_PASSWORD_AUTH" in allowed_flows(["ADMIN_NO_SRP_AUTH"])
    assert {"ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH"} <= allowed_flows(["USER_PASSWORD_AUTH"])


@pytest.mark.parametrize("flow", ["ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"])
def test_an_admin_flow_is_refused_to_everybody_else(flow: str) -> None:
    with pytest.raises(InvalidParameterError, match="Initiate Auth method not supported"):
        require_flow(flow, ["ALLOW_ADMIN_USER_PASSWORD_AUTH"], by_admin=False)
    require_flow(flow, ["ALLOW_ADMIN_USER_PASSWORD_AUTH"], by_admin=True)


def test_a_flow_that_nobody_serves_says_so() -> None:
    with pytest.raises(InvalidParameterError, match="USER_AUTH is not supported by the local cloud"):
        require_flow("USER_AUTH", ["ALLOW_USER_AUTH"], by_admin=False)
