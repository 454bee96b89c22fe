"""Which engine keeps the tables is the user's choice, or else the free one wherever its checksum is known."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from local_cloud.cli import main
from local_cloud.errors import LocalCloudError
from local_cloud.home import Home
from local_cloud.installation import install
from local_cloud.steps import Steps
from local_cloud.table_engines import EngineName, chosen_engine, dynoxide_packages
from local_cloud.testing import Cloud, Launcher
from rich.console import Console

KNOWN = "linux-x86_64"


def test_the_free_engine_is_taken_where_its_checksum_is_known_and_dynamodb_local_elsewhere() -> None:
    assert chosen_engine({}, KNOWN) == "dynoxide"
    assert chosen_engine({}, "darwin-arm64") == "dynamodb-local"
    assert chosen_engine({"LOCAL_CLOUD_TABLES": ""}, KNOWN) == "dynoxide"


@pytest.mark.parametrize("name", ["dynoxide", "dynamodb-local"])
def test_the_user_may_choose(name: EngineName) -> None:
    assert chosen_engine({"LOCAL_CLOUD_TABLES": name}, KNOWN) == name


def test_another_name_is_refused_in_one_line() -> None:
    with pytest.raises(LocalCloudError) as refused:
        chosen_engine({"LOCAL_CLOUD_TABLES": "scylla"}, KNOWN)
    assert str(refused.value) == "LOCAL_CLOUD_TABLES is 'scylla', and can be dynoxide or dynamodb-local."


def test_what_has_no_checksum_for_the_platform_is_refused() -> None:
    with pytest.raises(LocalCloudError, match="No checksum of dynoxide for darwin-arm64 is known"):
        chosen_engine({"LOCAL_CLOUD_TABLES": "dynoxide"}, "darwin-arm64")


def test_the_lock_names_versions_and_checksums_and_no_address() -> None:
    for package in dynoxide_packages().values():
        assert package.integrity.startswith("sha512-")
        assert "//" not in package.name


def test_every_platform_with_a_checksum_has_loopback_addresses_to_hide_an_engine_among() -> None:
    """dynoxide lets any page in; macOS has one loopback address, which every page can try (`dynoxide.database`)."""
    assert {platform.partition("-")[0] for platform in dynoxide_packages()} == {"linux"}


@pytest.mark.parametrize("command", [["start"], ["install"]])
def test_the_command_line_tells_of_a_name_that_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.setenv("LOCAL_CLOUD_TABLES", "scylla")
    result = CliRunner().invoke(main, [*command, "--home", str(tmp_path / "home")])
    assert result.exit_code == 1
    assert result.output == "Error: LOCAL_CLOUD_TABLES is 'scylla', and can be dynoxide or dynamodb-local.\n"


@pytest.mark.parametrize("name", ["dynoxide", "dynamodb-local"])
def test_an_engine_that_cannot_be_fetched_now_says_how_it_can_be_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: EngineName
) -> None:
    """As offline, after a change of mind."""
    monkeypatch.setattr("local_cloud.installation.ensure_environment", lambda *_: tmp_path / "bin" / "python")
    monkeypatch.setattr("local_cloud.installation._site_packages", lambda _: tmp_path)
    monkeypatch.setattr("local_cloud.installation.this_platform", lambda: KNOWN)
    npm = tmp_path / "npm"
    npm.write_text("#!/bin/sh\necho 'npm error network request failed' >&2; exit 1\n")
    npm.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with pytest.raises(LocalCloudError) as failure:
        install(Home(tmp_path / "home"), name, Steps(Console(quiet=True)))
    told = str(failure.value)
    assert "network request failed" in told
    assert f"with a network, `LOCAL_CLOUD_TABLES={name} local-cloud install` brings it there." in told
    assert "\n" not in told


def test_the_status_and_the_start_name_the_engine(cloud: Cloud, launcher: Launcher) -> None:
    port = str(cloud.port)
    assert json.loads(launcher.run("status", "--json", "--port", port).stdout)["tables"] == cloud.tables
    assert f"tables in {cloud.tables})" in launcher.run("start", "--port", port, LOCAL_CLOUD_TABLES="").stdout


def test_a_cloud_that_runs_with_another_engine_is_not_taken_for_the_one_that_was_asked_for(
    cloud: Cloud, launcher: Launcher
) -> None:
    other = {"dynoxide": "dynamodb-local", "dynamodb-local": "dynoxide"}[cloud.tables]
    refused = launcher.run("start", "--port", str(cloud.port), LOCAL_CLOUD_TABLES=other)
    assert refused.returncode == 1
    assert f"keeps its tables in {cloud.tables}, not in {other}: stop it first" in refused.stderr
