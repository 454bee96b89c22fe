"""What LocalStack's process gets to see, and how it is set."""

import json
import sys
from pathlib import Path

import pytest
from local_cloud.errors import LocalCloudError
from local_cloud.home import Home
from local_cloud.installation import Installation, TableEngine
from local_cloud.localstack_settings import localstack_environment
from local_cloud.plugins.lambda_.processes.function_runtimes import configured_runtimes, interpreter_for

RUN = Home(Path("/home of/me")).run_folder(4567)
TABLES = TableEngine("dynoxide", Path("/dynoxide"))
INSTALLED = Installation(Path("/ls/bin/python"), Path("/fn/bin/python"), TABLES)


def environment(**of_user: str) -> dict[str, str]:
    return localstack_environment(of_user, RUN, INSTALLED, "python3.13")


def test_nothing_of_the_users_aws_settings_reaches_localstack() -> None:
    mine = {"AWS_PROFILE": "work", "AWS_SECRET_ACCESS_KEY": "real", "AWS_ENDPOINT_URL": "elsewhere"}
    assert not {name for name in environment(**mine) if name in mine}


def test_variables_that_would_change_pythons_imports_do_not_pass() -> None:
    assert "PYTHONPATH" not in environment(PYTHONPATH="/work")


def test_harmless_variables_and_those_of_the_plugins_pass() -> None:
    kept = {"PATH": "/bin", "LANG": "C", "LOCAL_CLOUD_MAX_PROCESSES": "5"}
    assert kept.items() <= environment(**kept).items()


def test_the_user_cannot_redirect_what_the_launcher_sets() -> None:
    assert environment(LOCAL_CLOUD_TABLES_PROGRAM="/other")["LOCAL_CLOUD_TABLES_PROGRAM"] == "/dynoxide"


def test_every_address_is_the_loopback_one_of_the_port() -> None:
    variables = environment()
    assert variables["GATEWAY_LISTEN"] == variables["LOCALSTACK_HOST"] == "127.0.0.1:4567"
    assert variables["GATEWAY_SERVER"] == "loopback"
    assert variables["EXTRA_CORS_ALLOWED_ORIGINS"] == "http://127.0.0.1:4567"


def test_the_origins_that_the_user_names_are_localstacks_too() -> None:
    variables = environment(LOCAL_CLOUD_ALLOWED_ORIGINS="https://app.example, bar.example")
    assert variables["EXTRA_CORS_ALLOWED_ORIGINS"] == "http://127.0.0.1:4567,https://app.example"


@pytest.mark.parametrize("name", ["EXTRA_CORS_ALLOWED_ORIGINS", "DISABLE_CORS_CHECKS", "DISABLE_CUSTOM_CORS_S3"])
def test_localstacks_own_variables_open_no_other_way(name: str) -> None:
    assert environment(**{name: "*"}) == environment()


def test_an_allowed_origin_of_another_form_is_a_failure_of_one_line() -> None:
    with pytest.raises(LocalCloudError, match="LOCAL_CLOUD_ALLOWED_ORIGINS takes origins"):
        environment(LOCAL_CLOUD_ALLOWED_ORIGINS="*")


def test_localstack_writes_below_its_run_folder_even_in_a_container() -> None:
    variables = environment()
    assert variables["FILESYSTEM_ROOT"] == "/home of/me/run/4567/filesystem"
    assert variables["OVERRIDE_IN_DOCKER"] == "0"


@pytest.mark.parametrize("name", ["TMPDIR", "HOME"])
def test_what_goes_to_the_temporary_folder_or_the_home_goes_below_the_run_folder(name: str) -> None:
    assert Path(environment(**{name: "/of the user"})[name]).is_relative_to(RUN.filesystem)


def test_the_function_runtime_is_named_with_its_interpreter() -> None:
    assert json.loads(environment()["LOCAL_CLOUD_FUNCTION_RUNTIMES"]) == {"python3.13": "/fn/bin/python"}


def test_a_runtime_that_the_user_adds_is_found_beside_the_launchers() -> None:
    added = environment(LOCAL_CLOUD_FUNCTION_RUNTIMES=json.dumps({"python3.12": sys.executable}))
    runtimes = configured_runtimes(added)
    assert interpreter_for("python3.12", runtimes) == Path(sys.executable)
    assert runtimes["python3.13"] == INSTALLED.function_python


def test_the_user_cannot_replace_the_launchers_runtime() -> None:
    replaced = environment(LOCAL_CLOUD_FUNCTION_RUNTIMES='{"python3.13": "/other/python"}')
    assert configured_runtimes(replaced) == {"python3.13": INSTALLED.function_python}


@pytest.mark.parametrize("text", ["python3.12=/bin/python", '["python3.12"]'])
def test_further_runtimes_of_another_form_are_a_failure_of_one_line(text: str) -> None:
    with pytest.raises(LocalCloudError) as failure:
        environment(LOCAL_CLOUD_FUNCTION_RUNTIMES=text)
    assert str(failure.value).startswith("LOCAL_CLOUD_FUNCTION_RUNTIMES is not ")
    assert "\n" not in str(failure.value)
