"""LocalStack imports EC2, which nobody wants, for Step Functions; here it does without.
Since 0.1.

That is most of a second, and tens of megabytes.
Its AWS Batch integration takes one enumeration from moto's Batch, whose package imports all of moto's EC2 on the way.
"""

import sys
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from localstack.runtime import hooks

from local_cloud.plugins.before_loading import before_loading

PACKAGE, MODULE = "moto.batch", "moto.batch.utils"


@hooks.on_infra_start(priority=10)  # type: ignore[untyped-decorator]  # before those who import Step Functions
def spare_step_functions_ec2() -> None:
    """LocalStack's hook: import what is wanted without its package."""
    before_loading("stepfunctions", install)


def install() -> None:
    """Import the module as if its package were empty; whoever wants the package later imports it whole."""
    if PACKAGE in sys.modules or not (found := find_spec("moto")):
        return
    bare = ModuleType(PACKAGE)
    bare.__path__ = [f"{folder}/batch" for folder in found.submodule_search_locations or ()]
    sys.modules[PACKAGE] = bare
    try:
        import_module(MODULE)
    finally:
        del sys.modules[PACKAGE]
