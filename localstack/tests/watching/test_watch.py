"""A Chalice project is followed on a cloud: each save answers the next request, and the project stays as it is."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import pytest
from local_cloud.testing import HEARS_CTRL_C, Cloud, Launcher
from local_cloud.watching.following import AWAY, BACK, ENDED
from tenacity import retry, retry_if_exception_type, stop_after_delay, wait_fixed

GUESTBOOK = Path(__file__).parents[2] / "examples" / "guestbook"
eventually = retry(
    retry=retry_if_exception_type((AssertionError, httpx.HTTPError)),
    stop=stop_after_delay(120),
    wait=wait_fixed(0.1),
    reraise=True,
)
APP = """from chalice import Chalice
from chalicelib.words import WORD

app = Chalice(app_name="greetings")

@app.route("/")
def greet():
    return WORD
"""


class Watch:
    """`local-cloud watch` at work."""

    def __init__(self, project: Path, port: int, home: Path) -> None:
        command = [sys.executable, "-m", "local_cloud", "watch", "--port", str(port), "--home", str(home), "."]
        self.project, self.said = project, list[str]()
        environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
        self.process = subprocess.Popen(
            [*HEARS_CTRL_C, *command],
            cwd=project,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._reader = Thread(target=self._listen, daemon=True)
        self._reader.start()

    def _listen(self) -> None:
        for line in self.process.stdout or ():
            self.said.append(line.strip())

    @eventually
    def hears(self, text: str, since: int = 0) -> str:
        """Wait for a line."""
        found = [line for line in self.said[since:] if text in line]
        assert found, f"{text!r} was not said: {self.said}"
        return found[0]

    def save(self, name: str, text: str) -> int:
        """Save a file; give how much was said before."""
        before = len(self.said)
        (self.project / f"{name}~").write_text(text)
        (self.project / f"{name}~").replace(self.project / name)
        return before

    def answer(self, path: str = "/") -> str:
        """What the app answers."""
        address = self.hears("It answers at").rpartition(" ")[2]
        return httpx.get(f"{address}{path}", timeout=60, trust_env=False).text

    def end(self) -> None:
        """Press Ctrl-C, and see that it ends well."""
        self.process.send_signal(signal.SIGINT)
        assert self.process.wait(60) == 0, self.said
        self._reader.join(60)
        if self.process.stdout:
            self.process.stdout.close()
        assert self.said[-1] == ENDED


@pytest.fixture
def watch(launcher: Launcher) -> Iterator[Callable[[Path, int], Watch]]:
    begun: list[Watch] = []

    def begin(project: Path, port: int) -> Watch:
        begun.append(Watch(project, port, launcher.home))
        return begun[-1]

    yield begin
    for one in begun:
        one.process.kill()
        one.process.wait()


@pytest.fixture
def greetings(tmp_path: Path) -> Path:
    (tmp_path / ".chalice").mkdir()
    configuration = {"version": "2.0", "app_name": "greetings", "manage_iam_role": False}
    configuration |= {"iam_role_arn": "arn:aws:iam::000000000000:role/any"}
    (tmp_path / ".chalice" / "config.json").write_text(json.dumps(configuration))
    (tmp_path / "chalicelib").mkdir()
    (tmp_path / "chalicelib" / "__init__.py").touch()
    (tmp_path / "chalicelib" / "words.py").write_text('WORD = "hello"\n')
    (tmp_path / "requirements.txt").touch()
    (tmp_path / "app.py").write_text(APP)
    return tmp_path


def test_a_project_is_followed_through_saves_mistakes_and_a_cloud_that_goes_and_comes(
    free_cloud_port: int, launcher: Launcher, greetings: Path, watch: Callable[[Path, int], Watch]
) -> None:
    following = watch(greetings, free_cloud_port)
    following.hears(AWAY)
    launcher.start(free_cloud_port)
    following.hears("✓ deployed")
    assert following.answer() == "hello"

    following.save("chalicelib/words.py", 'WORD = "good morning"\n')
    following.hears("✓ chalicelib/words.py: in its function")
    assert following.answer() == "good morning"

    following.save("chalicelib/words.py", 'WORD = \n"hi"\n')
    following.hears("✗ chalicelib/words.py:1: invalid syntax")
    assert following.answer() == "good morning"

    before = following.save("chalicelib/words.py", 'WORD = "hi"\n')
    following.hears("✓ chalicelib/words.py", before)
    before = following.save("app.py", f'{APP}\n@app.route("/more")\ndef more():\n    return "more"\n')
    following.hears("✓ app.py: deployed, since more than code is new", before)
    assert (following.answer(), following.answer("/more")) == ("hi", "more")

    launcher.run("stop", "--port", str(free_cloud_port))
    following.hears(AWAY, before)
    before = following.save("chalicelib/words.py", 'WORD = "back"\n')
    launcher.start(free_cloud_port)
    following.hears(BACK, before)
    following.hears("✓ deployed", before)
    address = following.hears("It answers at", before).rpartition(" ")[2]
    assert httpx.get(f"{address}/", timeout=60, trust_env=False).text == "back"
    following.end()
    assert not (greetings / ".chalice" / "deployed").exists()


def test_the_guestbooks_queue_is_answered_by_what_was_saved(
    cloud: Cloud, tmp_path: Path, watch: Callable[[Path, int], Watch]
) -> None:
    project = tmp_path / "guestbook"
    shutil.copytree(GUESTBOOK, project, ignore=shutil.ignore_patterns("__pycache__", "deployed"))
    variables = made_for_the_guestbook(cloud)
    configuration = json.loads((project / ".chalice" / "config.json").read_text())
    configuration["environment_variables"] = variables
    (project / ".chalice" / "config.json").write_text(json.dumps(configuration))

    following = watch(project, cloud.port)
    following.hears("✓ deployed")
    text = (project / "app.py").read_text()
    following.save("app.py", text.replace("        row = {", '        entry["text"] = "so be it"\n        row = {'))
    following.hears("✓ app.py: in ")
    sqs = cloud.client("sqs")
    url = sqs.get_queue_url(QueueName=variables["QUEUE"])["QueueUrl"]
    sqs.send_message(QueueUrl=url, MessageBody=json.dumps({"guest": "ann", "text": "hello"}))
    assert kept(cloud, variables["TABLE"]) == "so be it"
    following.end()


@eventually
def kept(cloud: Cloud, table: str) -> str:
    rows = cloud.client("dynamodb").scan(TableName=table)["Items"]
    assert rows
    return str(rows[0]["text"]["S"])


def made_for_the_guestbook(cloud: Cloud) -> dict[str, Any]:
    """The pool, the queue and the table, as its own conftest.py makes them."""
    pool = cloud.client("cognito-idp").create_user_pool(PoolName="watched")["UserPool"]
    cloud.client("sqs").create_queue(QueueName="watched-entries")
    cloud.client("dynamodb").create_table(
        TableName="watched-entries",
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
    )
    return {"USER_POOL_ARN": pool["Arn"], "QUEUE": "watched-entries", "TABLE": "watched-entries"}
