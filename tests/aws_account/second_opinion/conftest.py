"""An account that moto plays, and a copy of this checkout that believes it to be AWS."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config
from tenacity import retry, retry_if_exception_type, stop_after_delay, wait_fixed

from deployer.wheelhouse import ensure_wheelhouse
from tests.aws_account.deployment import SENDER
from tests.aws_account.second_opinion.moto_account import CERTIFICATE_AUTHORITY
from tests.integration.deployer.checkout import ROOT, Checkout, copy_checkout

PAGES = ("backstage", "barista", "display", "order")


@dataclass(frozen=True)
class Believer:
    """A copy of this checkout, whose way to AWS leads through a proxy to moto."""

    checkout: Checkout
    proxy: str

    def deployer(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the deployer for stage `aws` and wait for it."""
        way = {"HTTPS_PROXY": self.proxy, "AWS_CA_BUNDLE": str(CERTIFICATE_AUTHORITY)}
        return self.checkout.deployer(*arguments, "--stage", "aws", **way)

    def names(self, **settings: str) -> None:
        """Give stage `aws` these settings, as somebody writes them into the configuration."""
        file = self.checkout.root / ".chalice" / "config.json"
        config = json.loads(file.read_text())
        config["stages"]["aws"].setdefault("environment_variables", {}).update(settings)
        file.write_text(json.dumps(config))

    def client(self, service: str) -> Any:
        """A client of the account, of any service."""
        return boto3.Session("test", "test", region_name="us-east-1").client(  # type: ignore[call-overload]
            service,
            config=Config(  # moto, wherever the environment says that AWS is
                proxies={"https": self.proxy},
                ignore_configured_endpoint_urls=True,  # type: ignore[call-arg]  # the stubs lack it
            ),
            verify=str(CERTIFICATE_AUTHORITY),
        )


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("moto")
    command = [sys.executable, "-m", "tests.aws_account.second_opinion.moto_account", str(folder / "port")]
    with (folder / "log").open("w") as log:
        environment = {**os.environ, "MOTO_ACM_VALIDATION_WAIT": "0"}
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            yield f"http://127.0.0.1:{_written(folder / 'port', process)}"
        finally:
            process.kill()
            process.wait()
            print((folder / "log").read_text())  # shown where a test failed


@retry(retry=retry_if_exception_type(FileNotFoundError), stop=stop_after_delay(120), wait=wait_fixed(0.1), reraise=True)
def _written(file: Path, process: "subprocess.Popen[bytes]") -> str:
    assert process.poll() is None, file.with_name("log").read_text()
    return file.read_text()


@pytest.fixture(scope="module")
def believer(proxy: str, tmp_path_factory: pytest.TempPathFactory) -> Believer:
    ensure_wheelhouse(ROOT / "requirements.txt", ROOT / ".local" / "wheelhouse", lambda _: None)
    root = tmp_path_factory.mktemp("checkout")
    checkout = copy_checkout(root, endpoint="")
    for page in PAGES:  # any will do, and building them takes Node
        (root / "frontend" / "dist" / page).mkdir(parents=True)
        (root / "frontend" / "dist" / page / "index.html").write_text(f"<title>{page}</title>")
    believer = Believer(checkout, proxy)
    believer.names(LETTER_SENDER=SENDER)
    return believer
