"""The fingerprint changes with all that a deploy depends on, and with nothing else."""

from pathlib import Path

import pytest

from deployer.fingerprint import of_code, of_deploy


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    for name in ("app.py", "requirements.txt", "chalicelib/orders/model.py", ".chalice/config.json"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    return tmp_path


@pytest.mark.parametrize(
    "name",
    [
        "app.py",
        "requirements.txt",
        ".chalice/config.json",
        ".chalice/policy-api.json",
        "chalicelib/orders/model.py",
        "chalicelib/journeys/page.html.jinja",
        "vendor/library.py",
    ],
)
def test_a_change_of_what_chalice_deploys_changes_it(checkout: Path, name: str) -> None:
    before = of_code(checkout)
    (checkout / name).parent.mkdir(parents=True, exist_ok=True)
    (checkout / name).write_text("changed")
    assert of_code(checkout) != before


@pytest.mark.parametrize(
    "name",
    [
        "chalicelib/__pycache__/aws.cpython-313.pyc",
        ".chalice/deployed/local.json",
        "deployer/cli.py",
        "tests/test_it.py",
        "README.md",
    ],
)
def test_a_change_of_anything_else_does_not(checkout: Path, name: str) -> None:
    before = of_code(checkout)
    (checkout / name).parent.mkdir(parents=True, exist_ok=True)
    (checkout / name).write_text("changed")
    assert of_code(checkout) == before


def test_a_renamed_file_changes_it(checkout: Path) -> None:
    before = of_code(checkout)
    (checkout / "chalicelib/orders/model.py").rename(checkout / "chalicelib/orders/values.py")
    assert of_code(checkout) != before


def test_text_that_moves_from_one_file_to_the_next_changes_it(checkout: Path) -> None:
    (checkout / "chalicelib/a.py").write_text("onetwo")
    (checkout / "chalicelib/b.py").write_text("")
    before = of_code(checkout)
    (checkout / "chalicelib/a.py").write_text("one")
    (checkout / "chalicelib/b.py").write_text("two")
    assert of_code(checkout) != before


def test_the_same_code_in_another_folder_is_the_same(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "checkout"
    before = of_code(checkout)
    checkout.rename(elsewhere)
    assert of_code(elsewhere) == before


def test_another_user_pool_makes_another_deploy() -> None:
    one, other = (of_deploy("code", {"USER_POOL_ARN": arn}) for arn in ("one", "other"))
    assert one != other
