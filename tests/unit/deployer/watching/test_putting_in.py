"""What a saved file decides is made so, and nothing else is looked at: on an AWS that moto plays within the process."""

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import boto3
import pytest
from filelock import FileLock, Timeout
from local_cloud.errors import LocalCloudError
from local_cloud.watching.app_reader import AppReader
from moto import mock_aws
from rich.console import Console

from deployer import dead_letters, desired, json_file
from deployer.aws import Aws
from deployer.fingerprint import of_code, of_deploy
from deployer.overlay import RULES, WORKFLOW, overlay_of
from deployer.pipeline import Pipeline
from deployer.place import Place
from deployer.project import LOCAL, Project, read_project
from deployer.report import Report
from deployer.resources.chalice_app import FINGERPRINT
from deployer.watching import followed_bar
from deployer.watching.followed_bar import FollowedBar
from deployer.watching.page_build import PageBuild
from tests.architecture.source import ROOT

BUS = "Serverlesspresso"
API_FUNCTION = "serverlesspresso-local"
PASS = {"StartAt": "Look around", "States": {"Look around": {"Type": "Pass", "End": True}}}
RULE = {
    "name": "serverlesspresso-mine",
    "description": "hears all",
    "eventBus": BUS,
    "pattern": {"source": ["awsserverlessda.serverlesspresso"]},
    "target": {"stateMachine": "OrderProcessorWorkflow"},
}


class Bar:
    """A learner's bar that is followed, and what is said."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.said = folder, list[str]()
        project = read_project(ROOT, LOCAL, overlay_of(folder))
        self.session = boto3.Session("test", "test", region_name="us-east-1")
        place = Place("123456789012", "us-east-1", endpoint="http://127.0.0.1:4566")  # as on a laptop; nobody calls it
        pipeline = Pipeline(project, place, Aws(self.session), Report(Console(file=io.StringIO())))
        self.built, self.pipeline = PageBuild(folder, print), pipeline
        self.followed = FollowedBar(pipeline, self.converge, self.built, self.said.append)

    def converge(self, hold: Callable[[], None]) -> Pipeline:
        """Find the bar deployed."""
        hold()
        return self.pipeline

    def save(self, name: str, value: object) -> str:
        """Save a file and put it in; give what was said of it."""
        (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_text(json.dumps(value))
        self.followed.put(frozenset({self.folder / name}))
        return self.said[-1].partition(" (")[0]

    def client(self, service: str) -> Any:
        return self.session.client(service)  # type: ignore[call-overload]


class Code:
    """An app's code, of which all is to be put in at each save; what is done to the functions, `change` says."""

    def __init__(self, reader: AppReader, functions: object, storage: object, deploy: Callable[[], None]) -> None:
        self.deploy = deploy

    def put(self, changing: Callable[[], AbstractContextManager[None]]) -> str:
        with changing():
            self.change()
        return "in its function"

    def change(self) -> None: ...


@pytest.fixture
def bar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bar]:
    folder = tmp_path.resolve()
    monkeypatch.chdir(folder)
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    for judge in ("check_workflow", "check_patterns"):  # moto judges nothing
        monkeypatch.setattr(followed_bar, judge, lambda *_: None)
    monkeypatch.setattr(followed_bar, "AppCode", Code)
    monkeypatch.setattr(Project, "lock", property(lambda _: folder / "lock"))
    monkeypatch.setattr(Project, "outputs", property(lambda _: folder / "outputs.json"))
    (folder / ".local").mkdir()
    (folder / WORKFLOW).write_text(json.dumps(PASS))
    (folder / RULES).write_text("[]")
    with mock_aws():
        bar = Bar(folder)
        make_functions(bar)
        yield bar


def make_functions(bar: Bar) -> None:
    """Those that Chalice has made, as far as rules have to do with them, the API's, and the user pool of them all."""
    bar.client("cognito-idp").create_user_pool(PoolName=desired.USER_POOL)
    trust = json.dumps({"Version": "2012-10-17", "Statement": []})
    role = bar.client("iam").create_role(RoleName="any", AssumeRolePolicyDocument=trust)["Role"]["Arn"]
    code = io.BytesIO()
    with zipfile.ZipFile(code, "w") as archive:
        archive.writestr("app.py", "")
    bar.client("events").put_rule(
        Name=f"{API_FUNCTION}-{desired.SWEEP}-event", ScheduleExpression="rate(5 minutes)", State="DISABLED"
    )
    for function in ("", *dead_letters.WITH_CHALICE_RULE, *desired.TRIGGERS.values()):
        bar.client("lambda").create_function(
            FunctionName=f"{API_FUNCTION}-{function}".removesuffix("-"),
            Runtime="python3.13",
            Handler="app.app",
            Role=role,
            Code={"ZipFile": code.getvalue()},
        )


def test_a_workflow_is_changed_with_the_role_that_it_needs(bar: Bar) -> None:
    assert bar.save(WORKFLOW, PASS) == f"✓ {WORKFLOW}: create state machine OrderProcessorWorkflow"
    assert bar.save(WORKFLOW, PASS) == f"✓ {WORKFLOW}: says what runs already"
    again = {**PASS, "Comment": "again"}
    assert bar.save(WORKFLOW, again) == f"✓ {WORKFLOW}: update state machine OrderProcessorWorkflow"
    (machine,) = bar.client("stepfunctions").list_state_machines()["stateMachines"]
    found = bar.client("stepfunctions").describe_state_machine(stateMachineArn=machine["stateMachineArn"])
    assert json.loads(found["definition"]) == again
    assert bar.client("dynamodb").list_tables()["TableNames"] == []  # what it does not decide is left alone


def test_the_sweep_wakes_with_a_workflow_that_claims_its_orders_and_sleeps_with_one_that_does_not(bar: Bar) -> None:
    rule = {"Name": f"{API_FUNCTION}-{desired.SWEEP}-event"}
    claim = {"Resource": "arn:aws:states:::dynamodb:updateItem", "Parameters": {"TableName": "${OrdersTable}"}}
    claiming = {"StartAt": "Claim", "States": {"Claim": {"Type": "Task", **claim, "End": True}}}
    for workflow, state in ((PASS, "DISABLED"), (claiming, "ENABLED"), (PASS, "DISABLED")):
        bar.save(WORKFLOW, workflow)
        assert bar.client("events").describe_rule(**rule)["State"] == state


def test_rules_come_change_and_go(bar: Bar) -> None:
    assert bar.save(RULES, [RULE]) == f"✓ {RULES}: create rule {RULE['name']}"
    bar.save(RULES, [{**RULE, "description": "hears more"}])
    events = bar.client("events")
    (rule,) = events.list_rules(EventBusName=BUS)["Rules"]
    assert (rule["Name"], rule["Description"]) == (RULE["name"], "hears more")
    (target,) = events.list_targets_by_rule(Rule=RULE["name"], EventBusName=BUS)["Targets"]
    assert target["Arn"].endswith("stateMachine:OrderProcessorWorkflow")
    assert bar.save(RULES, []) == f"✓ {RULES}: remove rule {RULE['name']}"
    assert events.list_rules(EventBusName=BUS)["Rules"] == []


def test_a_file_of_the_learners_lies_beside_the_pages_that_were_built(bar: Bar) -> None:
    s3, bucket = bar.client("s3"), "serverlesspresso-pages-123456789012-us-east-1"
    s3.create_bucket(Bucket=bucket)
    (bar.built.folder / "order").mkdir(parents=True)
    (bar.built.folder / "order" / "index.html").write_text("the bar's")
    bar.built.built.touch()
    assert bar.save("pages/mine/menu.json", "mine") == f"✓ pages/mine/menu.json: create pages in bucket {bucket}"
    there = {one["Key"] for one in s3.list_objects_v2(Bucket=bucket)["Contents"]}
    assert there == {"order/index.html", "order/", "mine/menu.json"}
    (bar.folder / "pages" / "mine" / "menu.json").unlink()
    bar.followed.put(frozenset({bar.folder / "pages" / "mine" / "menu.json"}))
    bar.followed.put(frozenset({bar.folder / "pages" / "mine" / "menu.json"}))
    assert len(bar.said) == 2  # a build that changes nothing is not worth a line
    assert {one["Key"] for one in s3.list_objects_v2(Bucket=bucket)["Contents"]} == there - {"mine/menu.json"}


def mark(bar: Bar) -> str | None:
    """Of what code the bar is said to be."""
    arn = bar.client("lambda").get_function(FunctionName=API_FUNCTION)["Configuration"]["FunctionArn"]
    found: str | None = bar.client("lambda").list_tags(Resource=arn)["Tags"].get(FINGERPRINT)
    return found


def test_code_has_no_mark_while_it_is_put_in_and_then_that_of_up(bar: Bar, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that who was killed half-way has left what `up` deploys, and else `up` has nothing to do."""
    seen = list[str | None]()
    monkeypatch.setattr(Code, "change", lambda _: seen.append(mark(bar)))
    for _ in range(2):
        bar.followed.put(frozenset({ROOT / "app.py"}))
    assert seen == [None, None]
    assert mark(bar) == of_deploy(of_code(ROOT), bar.pipeline.environment())


def test_code_that_was_put_in_half_keeps_no_mark(bar: Bar, monkeypatch: pytest.MonkeyPatch) -> None:
    def be_killed(_: Code) -> None:
        raise KeyboardInterrupt

    bar.followed.put(frozenset({ROOT / "app.py"}))
    monkeypatch.setattr(Code, "change", be_killed)
    with pytest.raises(KeyboardInterrupt):
        bar.followed.put(frozenset({ROOT / "app.py"}))
    assert mark(bar) is None


def test_no_run_of_the_deployer_begins_while_code_is_put_in(bar: Bar, monkeypatch: pytest.MonkeyPatch) -> None:
    def try_to_begin(_: Code) -> None:
        with pytest.raises(Timeout):
            FileLock(bar.pipeline.project.lock).acquire(blocking=False)

    monkeypatch.setattr(Code, "change", try_to_begin)
    bar.followed.put(frozenset({ROOT / "app.py"}))
    with FileLock(bar.pipeline.project.lock).acquire(blocking=False):
        pass


@pytest.mark.parametrize(
    ("other", "told"), [({}, "without a folder of one's own"), ({"with": "her-bar"}, "with her-bar")]
)
@pytest.mark.parametrize("file", [WORKFLOW, RULES, "app.py"])
def test_nothing_is_put_into_a_bar_that_was_deployed_with_another_folder_meanwhile(
    bar: Bar, other: dict[str, str], told: str, file: str
) -> None:
    bar.followed.catch_up()  # which deploys it with the folder that is followed
    json_file.write(bar.pipeline.project.outputs, other)
    path = (ROOT if file == "app.py" else bar.folder) / file
    with pytest.raises(LocalCloudError, match=f"the bar was deployed {told} meanwhile, .*begin to watch anew"):
        bar.followed.put(frozenset({path}))
    with pytest.raises(LocalCloudError, match="begin to watch anew"):
        bar.followed.catch_up()
    assert bar.client("stepfunctions").list_state_machines()["stateMachines"] == []
    assert mark(bar) is None
    json_file.write(bar.pipeline.project.outputs, {"with": bar.folder.name})
    bar.followed.put(frozenset({path}))


@pytest.mark.parametrize("file", [WORKFLOW, RULES, "app.py"])
def test_nothing_is_put_into_a_bar_that_was_removed_meanwhile(bar: Bar, file: str) -> None:
    json_file.write(bar.pipeline.project.outputs, {"with": bar.folder.name})
    bar.followed.catch_up()
    bar.pipeline.project.outputs.unlink()  # as `down` does, under the same lock
    with pytest.raises(LocalCloudError, match="the bar was removed meanwhile"):
        bar.followed.put(frozenset({(ROOT if file == "app.py" else bar.folder) / file}))
    with pytest.raises(LocalCloudError, match="the bar was removed meanwhile"):
        bar.followed.catch_up()
    assert bar.client("stepfunctions").list_state_machines()["stateMachines"] == []
    assert mark(bar) is None


def test_a_bar_that_was_deployed_otherwise_before_is_followed(bar: Bar) -> None:
    json_file.write(bar.pipeline.project.outputs, {"with": "her-bar"})
    again = Bar(bar.folder)
    again.followed.catch_up()
    json_file.write(bar.pipeline.project.outputs, {"with": bar.folder.name})
    assert again.save(WORKFLOW, PASS) == f"✓ {WORKFLOW}: create state machine OrderProcessorWorkflow"
