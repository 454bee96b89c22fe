"""What the user names is let in, and no more."""

from pathlib import Path
from urllib.parse import urlencode

import httpx
from local_cloud.testing import Launcher

FORM = urlencode({"Action": "ListUsers", "Version": "2010-05-08"})
CONTENT = {"Content-Type": "application/x-www-form-urlencoded"}


def test_named_origins_and_hosts_reach_all_of_the_cloud(launcher: Launcher, free_cloud_port: int) -> None:
    named = "https://app.example, bar.example"
    started = launcher.run("start", "--port", str(free_cloud_port), LOCAL_CLOUD_ALLOWED_ORIGINS=named)
    assert started.returncode == 0, started.stdout + started.stderr
    cloud = launcher.cloud(free_cloud_port)

    def status(**headers: str) -> int:
        return httpx.post(f"{cloud.endpoint_url}/", content=FORM, headers=CONTENT | headers, timeout=60).status_code

    assert status(Origin="https://app.example") == 200
    assert status(Host=f"bar.example:{cloud.port}", Origin=f"http://bar.example:{cloud.port}") == 200
    assert status(Origin="http://app.example") == status(Host="app.example") == status(Host="x.bar.example") == 403
    asked = {"Origin": "https://app.example", "Access-Control-Request-Method": "POST"}
    answer = httpx.options(f"{cloud.endpoint_url}/", headers=asked)
    assert answer.status_code == 204
    assert answer.headers["Access-Control-Allow-Origin"] == "https://app.example"


def test_what_cannot_be_understood_is_said_before_anything_starts(launcher: Launcher, tmp_path: Path) -> None:
    failed = launcher.run("start", "--port", "1", LOCAL_CLOUD_ALLOWED_ORIGINS="*")
    assert failed.returncode == 1
    assert "LOCAL_CLOUD_ALLOWED_ORIGINS" in failed.stdout + failed.stderr
