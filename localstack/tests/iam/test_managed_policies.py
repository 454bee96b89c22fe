"""AWS's managed policies are there for who asks, and nowhere before."""

from local_cloud.testing import Cloud

BEFORE_AND_AFTER = """
import sys
from local_cloud.plugins.iam.managed_policies import build_managed_policies_when_asked
build_managed_policies_when_asked()
from local_cloud.plugins.patches import REPLACEMENTS
for replacement in REPLACEMENTS:
    replacement.is_applied or replacement.apply()
from localstack.services.iam import provider
from moto.iam.models import iam_backends

made = []
class Noting(provider.ManagedPolicyEntity):
    def __init__(self, *args, **kwargs):
        made.append(self)
        super().__init__(*args, **kwargs)
provider.ManagedPolicyEntity = Noting

iam = provider.IamProvider()
iam.on_after_init()
print(len(made), len(iam_backends["000000000000"]["global"].managed_policies))
print("arn:aws:iam::aws:policy/AdministratorAccess" in iam._aws_managed_policy_cache, len(made) > 1000)
"""


def test_none_is_made_before_one_is_asked_for(cloud: Cloud) -> None:
    ran = cloud.run_in_localstack_environment(BEFORE_AND_AFTER)
    assert ran.stdout.splitlines() == ["0 0", "True True"], ran.stderr


def test_they_are_found_listed_and_attached(cloud: Cloud) -> None:
    iam = cloud.client("iam")
    arn = "arn:aws:iam::aws:policy/AdministratorAccess"
    assert iam.get_policy(PolicyArn=arn)["Policy"]["PolicyName"] == "AdministratorAccess"
    assert len(iam.list_policies(Scope="AWS", MaxItems=1000)["Policies"]) > 100
