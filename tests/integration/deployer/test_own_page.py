"""A page of one's own comes beside the bar's, is walked step by step as its learner does, and goes again.

It is deployed once; then each step's and each mistake's files are put where it lies, as `make watch` does.
"""

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from shutil import rmtree

import httpx
import pytest
from playwright.sync_api import Browser

from deployer.desired import pages_bucket
from deployer.place import Place
from deployer.resources.pages import content_type
from simulator.outputs import Outputs, read_outputs
from simulator.probe.own_shops import OwnShop
from tests.integration.deployer.checkout import Checkout
from tests.support.house_rules import keeps_the_house_rules
from tests.support.walking import finding_of, mistaken, told_by
from workshop.attempt import Attempt, RunningBar
from workshop.checks.screen import READY, screen_before
from workshop.learners_folder import LearnersFolder
from workshop.modules import FOLDER, Mistake, module
from workshop.running import Cloud, finished, matching, stage_of
from workshop.solutions import beginning, solution
from workshop.trial import Trial, try_module

PAGE = module("4")
WHOLE = solution(PAGE.steps[-1].name)
BEGINNING = {name: beginning("4")[name] for name in WHOLE}
BUILT = [None, *(step.name for step in PAGE.steps)]
MISTAKES = [mistake for mistake in PAGE.mistakes if mistake.cloud]
BUCKET = pages_bucket(Place("000000000000", "us-east-1"))
THEIRS = {"index.html": "the bar's", "order/index.html": "the bar's"}  # pages that somebody built

type TryIn = Callable[[LearnersFolder, str | None], Trial]


@pytest.fixture(scope="module")
def with_pages(checkout: Checkout) -> Iterator[Checkout]:
    """The checkout with pages, and a learner's folder in which all is built; as before afterwards."""
    built, own = checkout.root / "frontend" / "dist", LearnersFolder(checkout.root / FOLDER)
    for name, text in THEIRS.items():
        (built / name).parent.mkdir(parents=True, exist_ok=True)
        (built / name).write_text(text)
    own.add({**beginning("4"), **WHOLE})
    yield checkout
    rmtree(own.root)
    up(checkout)
    rmtree(built)
    for path in there(checkout):
        checkout.client("s3").delete_object(Bucket=BUCKET, Key=path)


@pytest.fixture(scope="module")
def cloud(with_pages: Checkout) -> Cloud:
    """Whose bar has the learner's page and stamp card."""
    return Cloud(up(with_pages, "--with", FOLDER))


@pytest.fixture
def try_in(cloud: Cloud, browser: Browser) -> TryIn:
    def try_upto(folder: LearnersFolder, step: str | None) -> Trial:
        attempt = Attempt(
            folder.root, finished, matching, lambda: put(cloud, folder), browse=lambda: nullcontext(browser)
        )
        return try_module(attempt, PAGE, step, lambda _: None)

    return try_upto


def put(cloud: Cloud, folder: LearnersFolder) -> RunningBar:
    """Put the folder's page where it lies."""
    for name in WHOLE:
        key, text = name.removeprefix("pages/"), folder.read(name) or ""
        cloud.client("s3").put_object(Bucket=BUCKET, Key=key, Body=text.encode(), ContentType=content_type(key))
    return RunningBar(cloud.outputs, stage_of(cloud, cloud.outputs.order_processor_arn), cloud.client)


def up(checkout: Checkout, *arguments: str) -> Outputs:
    done = checkout.deployer("up", "--seed", *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    return read_outputs(checkout.root / ".local" / "outputs.json")


def there(checkout: Checkout) -> set[str]:
    listed = checkout.client("s3").list_objects_v2(Bucket=BUCKET)
    return {one["Key"] for one in listed.get("Contents", [])}


def test_it_comes_beside_the_bars_pages(with_pages: Checkout, cloud: Cloud) -> None:
    answer = httpx.get(cloud.outputs.frontends["mine"], trust_env=False)
    assert (answer.text, set(cloud.outputs.frontends)) == (WHOLE["pages/mine/index.html"], {"mine", "order"})
    assert there(with_pages) >= {"mine/", "mine/mine.js", *THEIRS}


def test_a_page_that_would_stand_instead_of_a_finished_one_is_refused(with_pages: Checkout) -> None:
    ours = with_pages.root / FOLDER / "pages" / "order"
    ours.mkdir()
    (ours / "index.html").write_text("mine")
    done = with_pages.deployer("up", "--with", FOLDER)
    rmtree(ours)
    assert (done.returncode, "my-bar/pages/order/index.html lies where" in done.stderr) == (1, True), done.stderr


@pytest.mark.parametrize("built", BUILT)
def test_what_is_built_holds_and_the_next_step_is_missing(built: str | None, tmp_path: Path, try_in: TryIn) -> None:
    """`built` is the step as far as the page is built; None at its beginning."""
    folder = LearnersFolder(tmp_path / FOLDER)
    folder.put(dict(solution(built) if built else BEGINNING))
    next_step = None if built == BUILT[-1] else BUILT[BUILT.index(built) + 1]
    trial = try_in(folder, None)
    assert trial.failed_step == next_step, trial.failure and told_by(finding_of(trial))
    if next_step:
        assert finding_of(trial).attempt


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.name)
def test_a_mistake_that_a_browser_shows_is_told(mistake: Mistake, tmp_path: Path, try_in: TryIn) -> None:
    finding = finding_of(try_in(mistaken(tmp_path, PAGE, mistake), mistake.step))
    assert [part for part in mistake.says if part not in told_by(finding)] == []
    keeps_the_house_rules(finding)


def test_the_number_of_a_real_order_is_called_out(cloud: Cloud, browser: Browser, tmp_path: Path) -> None:
    folder = LearnersFolder(tmp_path / FOLDER)
    folder.put(dict(WHOLE))
    bar = put(cloud, folder)
    with screen_before(bar.outputs, bar.stage, bar.client, lambda: nullcontext(browser)) as screen:
        assert screen.stage.wait(lambda: screen.page.sockets and screen.connections())
        order = OwnShop(screen.shop, screen.barista).ordered(screen.customer)
        screen.barista.complete(order["orderId"])
        assert screen.stage.wait(lambda: screen.page.text(READY) == str(order["orderNumber"]))
        assert (screen.page.loads, screen.page.complaints) == (1, [])


@pytest.mark.usefixtures("cloud")
def test_it_goes_alone(with_pages: Checkout) -> None:
    assert up(with_pages).frontends.keys() == {"order"}
    assert {path for path in there(with_pages) if path.startswith("mine")} == set()
    assert there(with_pages) >= THEIRS.keys()
