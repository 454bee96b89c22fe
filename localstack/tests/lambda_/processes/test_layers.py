"""A function sees its layers, in their order, as long as it has them."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import uuid
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from botocore.exceptions import ClientError
from local_cloud.plugins.lambda_.processes.layers import merge, merged_folder

if TYPE_CHECKING:
    from tests.lambda_.processes.conftest import Functions

IMPORT = """
def handler(event, context):
    import word, deep
    return [word.WORD, deep.WORD]
"""
READ = "def handler(event, context): return open(event).read()"
CAN_SHOW = """
import sys
from local_cloud.plugins.lambda_.processes.supervisor import can_show_below_opt
sys.exit(not can_show_below_opt(sys.argv[1]))
"""


def tree(root: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


def read(root: Path) -> dict[str, str]:
    return {str(path.relative_to(root)): path.read_text() for path in root.rglob("*") if path.is_file()}


def test_a_later_layer_lies_over_an_earlier_one_which_keeps_its_own(tmp_path: Path) -> None:
    first = tree(
        tmp_path / "first", {"python/a.py": "first", "python/b.py": "first", "kind/x": "folder", "other": "file"}
    )
    second = tree(tmp_path / "second", {"python/b.py": "second", "kind": "file", "other/x": "folder"})
    merge([first, second], tmp_path / "merged" / "opt")
    expected = {"python/a.py": "first", "python/b.py": "second", "kind": "file", "other/x": "folder"}
    assert read(tmp_path / "merged" / "opt") == expected
    assert read(first)["python/b.py"] == "first"
    assert os.listdir(tmp_path / "merged") == ["opt"]


def test_a_link_within_a_layer_stays_one(tmp_path: Path) -> None:
    layers = [tree(tmp_path / name, {"lib/word.so.1": name}) for name in ("first", "second")]
    for layer in layers:
        (layer / "lib" / "word.so").symlink_to("word.so.1")
        (layer / "all").symlink_to("lib")
    merge(layers, tmp_path / "opt")
    assert (tmp_path / "opt" / "all").readlink() == Path("lib")
    assert (tmp_path / "opt" / "lib" / "word.so").readlink() == Path("word.so.1")
    assert (tmp_path / "opt" / "lib" / "word.so").read_text() == "second"


def test_the_same_layers_in_another_order_are_merged_elsewhere() -> None:
    assert merged_folder(["a", "b"]) == merged_folder(["a", "b"])
    assert len({merged_folder(["a", "b"]), merged_folder(["b", "a"]), merged_folder(["ab"])}) == 3


def publish(functions: Functions, files: Mapping[str, str], name: str | None = None) -> str:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)
    published = functions.client.publish_layer_version(
        LayerName=name or f"layer-{uuid.uuid4()}", Content={"ZipFile": content.getvalue()}
    )
    return published["LayerVersionArn"]


PACKAGES = "python/lib/python3.13/site-packages"


def test_modules_of_layers_are_found_and_later_layers_win(functions: Functions) -> None:
    first = publish(functions, {"python/word.py": "WORD = 1", f"{PACKAGES}/deep.py": "WORD = 1"})
    second = publish(functions, {"python/word.py": "WORD = 2"})
    assert functions.invoke(functions.deploy(IMPORT, Layers=[first, second])).payload == [2, 1]
    assert functions.invoke(functions.deploy(IMPORT, Layers=[second, first])).payload == [1, 1]


def test_files_of_a_layer_are_below_opt_where_the_machine_allows_it(functions: Functions, tmp_path: Path) -> None:
    layer = publish(functions, {"data/table, new: 1.txt": "seven"})
    found = functions.invoke(functions.deploy(READ, Layers=[layer]), "/opt/data/table, new: 1.txt")
    allowed = subprocess.run([sys.executable, "-c", CAN_SHOW, str(tmp_path)], check=False).returncode == 0
    assert found.payload == "seven" if allowed else found.payload["errorType"] == "FileNotFoundError"


def test_a_functions_own_module_comes_before_a_layers(functions: Functions) -> None:
    layer = publish(functions, {"python/app.py": "def handler(event, context): return 'of the layer'"})
    name = functions.deploy("def handler(event, context): return 'own'", Layers=[layer])
    assert functions.invoke(name).payload == "own"


def test_other_layers_take_effect_and_those_of_a_published_version_stay(functions: Functions) -> None:
    layer = f"layer-{uuid.uuid4()}"
    arns = [publish(functions, {"python/word.py": f"WORD = {n}", "python/deep.py": "WORD = 0"}, layer) for n in (1, 2)]
    name = functions.deploy(IMPORT, Layers=arns[:1])
    functions.client.publish_version(FunctionName=name)
    functions.client.update_function_configuration(FunctionName=name, Layers=arns[1:])
    assert functions.invoke(name).payload == [2, 0]
    assert functions.invoke(name, Qualifier="1").payload == [1, 0]
    functions.client.update_function_configuration(FunctionName=name, Layers=[])
    assert "No module named 'word'" in functions.invoke(name).payload["errorMessage"]


def test_a_function_keeps_a_layer_whose_version_was_deleted(functions: Functions) -> None:
    layer = f"layer-{uuid.uuid4()}"
    arn = publish(functions, {"python/word.py": "WORD = 1", "python/deep.py": "WORD = 1"}, layer)
    name = functions.deploy(IMPORT, Layers=[arn])
    functions.client.delete_layer_version(LayerName=layer, VersionNumber=1)
    assert functions.invoke(name).payload == [1, 1]
    functions.client.update_function_configuration(FunctionName=name, Environment={"Variables": {"ANY": "1"}})
    assert functions.invoke(name).payload == [1, 1]


@pytest.mark.parametrize(
    ("account", "code"), [("000000000000", "InvalidParameterValueException"), ("123456789012", "AccessDeniedException")]
)
def test_a_layer_that_does_not_exist_is_refused_by_its_name(functions: Functions, account: str, code: str) -> None:
    arn = f"arn:aws:lambda:us-east-1:{account}:layer:missing:1"
    with pytest.raises(ClientError) as refused:
        functions.deploy(READ, Layers=[arn])
    assert refused.value.response["Error"]["Code"] == code
    assert arn in refused.value.response["Error"]["Message"]
