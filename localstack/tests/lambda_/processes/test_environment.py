"""Which variables a function's process sees."""

from pathlib import Path

from local_cloud.plugins.lambda_.processes.environment import Places, process_environment

PREPARED = {
    "AWS_REGION": "eu-west-1",
    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": 256,
    "AWS_ENDPOINT_URL": "http://127.0.0.1:4566",
    "LAMBDA_TASK_ROOT": "/var/task",
    "LOCALSTACK_RUNTIME_ID": "1f",
    "EDGE_PORT": "4566",
    "TZ": ":UTC",
}
PLACES = Places(Path("/venv/bin/python"), code=Path("/code"), scratch=Path("/scratch"))


def environment(**own: str) -> dict[str, str]:
    return process_environment(PREPARED, own, "python3.13", PLACES)


def test_lambdas_variables_pass_as_text_and_localstacks_own_stay_behind() -> None:
    made = environment()
    assert made["AWS_REGION"] == "eu-west-1"
    assert made["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] == "256"
    assert not {"LOCALSTACK_RUNTIME_ID", "EDGE_PORT"} & set(made)


def test_nothing_of_the_host_passes_not_even_where_its_user_lives() -> None:
    assert not {"HOME", "USER", "PYTHONPATH", "PYTHONSTARTUP", "HTTP_PROXY", "https_proxy"} & set(environment())


def test_places_are_those_of_this_machine() -> None:
    made = environment()
    assert made["LAMBDA_TASK_ROOT"] == "/code"
    assert made["LAMBDA_RUNTIME_DIR"] == "/venv"
    assert made["PATH"].startswith("/venv/bin:")
    assert made["TMPDIR"] == "/scratch"


def test_the_users_aws_settings_are_out_of_reach() -> None:
    made = environment()
    assert made["AWS_CONFIG_FILE"] == made["AWS_SHARED_CREDENTIALS_FILE"] == "/dev/null"


def test_a_function_sets_its_own_variables_and_those_that_aws_does_not_reserve() -> None:
    made = environment(TABLE="orders", TZ="Europe/Berlin", PYTHONPATH="vendor", LAMBDA_TASK_ROOT="/elsewhere")
    assert (made["TABLE"], made["TZ"], made["PYTHONPATH"]) == ("orders", "Europe/Berlin", "vendor")
    assert made["LAMBDA_TASK_ROOT"] == "/code"


def test_the_short_way_to_dynamodb_is_for_functions_that_bring_no_address_of_their_own() -> None:
    prepared = {**PREPARED, "AWS_ENDPOINT_URL_DYNAMODB": "http://127.0.0.1:5000"}

    def made(**own: str) -> dict[str, str]:
        return process_environment(prepared, own, "python3.13", PLACES)

    assert made()["AWS_ENDPOINT_URL_DYNAMODB"] == "http://127.0.0.1:5000"
    assert "AWS_ENDPOINT_URL_DYNAMODB" not in made(AWS_ENDPOINT_URL="http://127.0.0.1:9999")


def test_layers_are_searched_after_what_the_function_names_itself() -> None:
    places = Places(Path("/venv/bin/python"), code=Path("/code"), scratch=Path("/scratch"), layers=Path("/layers"))
    made = process_environment(PREPARED, {"PYTHONPATH": "vendor"}, "python3.13", places)
    assert made["PYTHONPATH"] == "vendor:/layers/python/lib/python3.13/site-packages:/layers/python"
    assert made["PATH"].endswith(":/bin:/layers/bin")
    assert made["LD_LIBRARY_PATH"] == "/layers/lib"
