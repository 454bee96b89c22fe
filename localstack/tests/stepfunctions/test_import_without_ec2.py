"""Step Functions does without EC2, and whoever wants moto's Batch later gets all of it."""

from local_cloud.testing import Cloud

LOADED = """
import sys
from local_cloud.plugins.stepfunctions.import_without_ec2 import install
install()
import localstack.services.stepfunctions.provider
print("moto.ec2" in sys.modules)
import moto.batch.models
print(hasattr(moto.batch.models, "BatchBackend"), "moto.ec2" in sys.modules)
"""


def test_step_functions_imports_no_ec2_and_batch_is_whole(cloud: Cloud) -> None:
    ran = cloud.run_in_localstack_environment(LOADED)
    assert ran.stdout.split() == ["False", "True", "True"], ran.stderr
