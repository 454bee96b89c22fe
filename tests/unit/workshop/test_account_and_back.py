"""A learner's bar as AWS would take it: what the original shipped is named, what is harmless is not."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from deployer.problem import Problem
from tests.support.house_rules import keeps_the_house_rules
from tests.support.walking import finding_of, told_by, tried_in
from tests.unit.workshop.test_syllabus import no_cloud, no_pattern
from workshop.attempt import Attempt
from workshop.checks.account_and_back import an_empty_account_gets_all_of_it, destroy_leaves_nothing
from workshop.checks.account_files import is_read_for_aws, no_address_of_this_machine
from workshop.checks.account_package import its_package_builds
from workshop.checks.account_schemas import each_policy_names_its_own, no_request_is_beyond_a_limit
from workshop.finding import CannotBeTried, DoesNotHold, Verdict
from workshop.learners_folder import LearnersFolder
from workshop.modules import FOLDER, module
from workshop.running import finished
from workshop.solutions import beginning

BACK = module("6")
POLICY, CONFIG, APP = "stamps/.chalice/policy-api.json", "stamps/.chalice/config.json", "stamps/app.py"
RULES = "stamps/rules.json"
TABLE = "table serverlesspresso-stamps"
ANYWHERE, SOMEWHERE = "dynamodb:*:*:table", "dynamodb:us-east-1:000000000000:table"


@pytest.fixture
def folder(tmp_path: Path) -> LearnersFolder:
    """With all that was built."""
    folder = LearnersFolder(tmp_path / FOLDER)
    folder.put(dict(beginning("6")))
    return folder


def attempt(folder: LearnersFolder) -> Attempt:
    return Attempt(folder.root, finished, no_pattern, no_cloud)


def edit(folder: LearnersFolder, name: str, change: Callable[[str], str]) -> None:
    before = folder.read(name) or ""
    assert change(before) != before
    folder.put({name: change(before)})


def test_all_that_was_built_holds_up_to_where_a_bar_must_run(folder: LearnersFolder) -> None:
    trial = tried_in(folder, BACK, None, no_pattern, no_cloud)
    held = [result.title for result in trial.results if result.verdict is Verdict.HOLDS]
    assert held[-1] == "make destroy leaves nothing", told_by(finding_of(trial))
    assert (len(trial.results) - len(held), "no bar" in finding_of(trial).seen) == (2, True)


def test_q35_q36_what_the_original_shipped_is_named_one_after_the_other(folder: LearnersFolder) -> None:
    edit(folder, POLICY, lambda text: text.replace(ANYWHERE, SOMEWHERE).replace('"dynamodb:Query"', '"dynamodb:*"'))
    assert "000000000000" in finding_of(tried_in(folder, BACK, None, no_pattern, no_cloud)).seen
    edit(folder, POLICY, lambda text: text.replace(SOMEWHERE, ANYWHERE))
    finding = finding_of(tried_in(folder, BACK, None, no_pattern, no_cloud))
    assert "it may do dynamodb:*" in finding.seen
    keeps_the_house_rules(finding)


def test_what_is_only_written_about_an_address_is_none(folder: LearnersFolder) -> None:
    edit(folder, APP, lambda text: f'{text}\n\ndef asks() -> None:\n    """Never of localhost."""  # nor 127.0.0.1\n')
    no_address_of_this_machine(attempt(folder))


def test_a_stage_that_is_not_there_and_a_mark_that_is_missing_are_told(folder: LearnersFolder) -> None:
    whole = folder.read(CONFIG) or ""
    for spoilt, told in ((', "aws": {}', "there is no stage aws"), ('"deployer:owner": ', "deployer:owner")):
        folder.put({CONFIG: whole.replace(spoilt, "" if "aws" in spoilt else '"owner": ')})
        with pytest.raises(DoesNotHold, match=told):
            is_read_for_aws(attempt(folder))


def test_a_function_too_large_for_lambda_is_told(folder: LearnersFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workshop.checks.account_package._UNZIPPED_MIB", 0)
    with pytest.raises(DoesNotHold, match="Lambda takes 0 and 50") as finding:
        its_package_builds(attempt(folder))
    keeps_the_house_rules(finding.value)


def test_a_name_too_long_for_lambda_is_told(folder: LearnersFolder) -> None:
    edit(folder, CONFIG, lambda text: text.replace('"serverlesspresso-stamps",', f'"serverlesspresso-{"s" * 50}",', 1))
    with pytest.raises(DoesNotHold, match="characters; Lambda takes 64") as finding:
        its_package_builds(attempt(folder))
    keeps_the_house_rules(finding.value)


def test_what_chalice_cannot_package_is_told_in_its_words(folder: LearnersFolder) -> None:
    edit(folder, APP, lambda text: f"{text}\nnobody_knows_this\n")
    with pytest.raises(DoesNotHold, match="could not package it: name 'nobody_knows_this' is not defined") as finding:
        its_package_builds(attempt(folder))
    keeps_the_house_rules(finding.value)


def test_a_policy_of_another_project_that_cannot_be_read_is_told(folder: LearnersFolder) -> None:
    others = {name.replace("stamps", "other"): text for name, text in beginning("6").items() if "stamps/" in name}
    others = {name: text.replace("serverlesspresso-stamps", "serverlesspresso-other") for name, text in others.items()}
    folder.put({**others, POLICY.replace("stamps", "other"): "[1,\n"})
    with pytest.raises(DoesNotHold, match="this is not JSON") as finding:
        each_policy_names_its_own(attempt(folder))
    keeps_the_house_rules(finding.value)


def test_what_cannot_be_deployed_is_told(folder: LearnersFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise ExceptionGroup("", [ExceptionGroup("", [Problem("there are two rules of one name")])])

    monkeypatch.setattr("workshop.checks.rehearsal.deploy", refused)
    with pytest.raises(DoesNotHold, match="cannot be deployed: there are two rules of one name") as finding:
        no_request_is_beyond_a_limit(attempt(folder))
    keeps_the_house_rules(finding.value)


def test_a_name_that_no_request_may_have_is_told(folder: LearnersFolder) -> None:
    edit(folder, RULES, lambda text: text.replace("serverlesspresso-collect-stamps", "serverlesspresso-collect stamps"))
    with pytest.raises(DoesNotHold, match=r"AWS refuses this: .*serverlesspresso-collect stamps is not like"):
        no_request_is_beyond_a_limit(attempt(folder))


def test_more_environment_than_a_function_has_room_for_is_told(folder: LearnersFolder) -> None:
    config = json.loads(folder.read(CONFIG) or "")
    config["environment_variables"]["MENU"] = "coffee " * 1000
    folder.put({CONFIG: json.dumps(config, indent=2)})
    with pytest.raises(DoesNotHold, match="bytes of environment variables; Lambda takes 4096"):
        its_package_builds(attempt(folder))


def test_what_destroy_would_leave_is_told_and_what_a_second_deploy_would_do(
    folder: LearnersFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = attempt(folder)
    assert destroy_leaves_nothing(one) == f"{len(one.rehearsal.made)} things go"
    monkeypatch.setattr("workshop.checks.rehearsal.Rehearsal.removed", one.rehearsal.removed - {TABLE})
    with pytest.raises(DoesNotHold, match=f"leaves 1 of {len(one.rehearsal.made)} things, {TABLE}") as finding:
        destroy_leaves_nothing(one)
    keeps_the_house_rules(finding.value)
    one.rehearsal.account.done.pop()
    del one.rehearsal._second_time
    with pytest.raises(DoesNotHold, match="would be to do again"):
        an_empty_account_gets_all_of_it(one)


def test_where_the_linter_is_not_installed_that_is_told(
    folder: LearnersFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "deployer.rehearsal.limits", None)
    with pytest.raises(CannotBeTried, match="AWS's linter is not installed here") as missing:
        no_request_is_beyond_a_limit(attempt(folder))
    assert "env -u UV_OFFLINE -u UV_NO_INDEX uv pip install cfn-lint" in missing.value.attempt
