"""A role is assumed once in a while, not for each task; whom it is assumed for, and where, is heeded."""

from local_cloud.testing import Cloud

ASSUMED = """
from local_cloud.plugins.sts.role_client_cache import keep_assumed_roles
from localstack.aws.connect import ClientFactory, connect_to

assumed, refusing = [], [True]
def assume(factory, **wish):
    assumed.append(wish)
    if wish["role_arn"] == "refused" and refusing:
        refusing.pop()
        raise PermissionError
    return object()

ClientFactory.with_assumed_role = assume
keep_assumed_roles()
wish = dict(role_arn="arn:one", service_principal="states", region_name="us-east-1")
first = connect_to.with_assumed_role(**wish)
same = connect_to.with_assumed_role(**wish) is first
others = {**wish, "role_arn": "arn:two"}, {**wish, "service_principal": "lambda"}, {**wish, "region_name": "eu-west-1"}
different = all(connect_to.with_assumed_role(**other) is not first for other in others)
try:
    connect_to.with_assumed_role(role_arn="refused")
except PermissionError:
    again = connect_to.with_assumed_role(role_arn="refused")
print(same, different, again is not None, len(assumed))
"""


def test_the_same_wish_gets_the_same_clients_and_a_refusal_is_not_kept(cloud: Cloud) -> None:
    ran = cloud.run_in_localstack_environment(ASSUMED)
    assert ran.stdout.split() == ["True", "True", "True", "6"], ran.stderr
