import pytest
from local_cloud.plugins.cognito_idp.auth_parameters import require_secret_hash, required, secret_hash
from local_cloud.plugins.cognito_idp.errors import InvalidParameterError, NotAuthorizedError


@pytest.mark.parametrize("parameters", [{}, {"USERNAME": ""}])
def test_a_parameter_that_is_missing_or_empty_is_named(parameters: dict[str, str]) -> None:
    with pytest.raises(InvalidParameterError, match=r"^Missing required parameter USERNAME$"):
        required(parameters, "USERNAME")


def test_the_secret_hash_is_the_one_that_sdks_compute() -> None:
    # printf 'anaclient' | openssl dgst -sha256 -hmac secret -binary | base64
    assert secret_hash("client", "secret", "ana") == "gpYaeMoXSS9IvHXaT9s8abxoWL9KY/6BzvsnZsQ8xzs="


def test_a_client_without_a_secret_needs_no_proof() -> None:
    require_secret_hash("client", None, "ana", None)


def test_a_missing_proof_and_a_wrong_one_are_told_apart() -> None:
    with pytest.raises(NotAuthorizedError, match="configured with secret but SECRET_HASH was not received"):
        require_secret_hash("client", "secret", "ana", None)
    with pytest.raises(NotAuthorizedError, match="SecretHash does not match for the client: client"):
        require_secret_hash("client", "secret", "ana", secret_hash("client", "secret", "bob"))


def test_a_right_proof_passes() -> None:
    require_secret_hash("client", "secret", "ana", secret_hash("client", "secret", "ana"))
