"""LocalStack's loaders read a service's model once, and it says all but prose."""

from local_cloud.testing import Cloud

LOADED = """
from local_cloud.plugins.runtime.service_models import share_service_models
share_service_models()
import botocore.session
from botocore.loaders import Loader
from localstack.aws.spec import load_service, loader
from moto.core.loaders import create_loader

first, second, motos = Loader(), botocore.session.get_session().get_component("data_loader"), create_loader()
"""
SHARED = (
    LOADED
    + """
def model_of(service, loader):
    return loader.load_service_model(service, "service-2")

print(first.load_data("endpoints") is second.load_data("endpoints"))
print(all(model_of("sns", one) is model_of("sns", first) for one in (second, motos, loader)))
print("protocols" in model_of("sqs", motos)["metadata"], model_of("sqs", motos) is model_of("sqs", first))
patched = model_of("s3", loader)["shapes"]
print("NoSuchLifecycleConfiguration" in patched, model_of("s3", second) is model_of("s3", first))
"""
)
WITHOUT_PROSE = (
    LOADED
    + """
def prose_in(one):
    if isinstance(one, dict):
        own = one.get("documentation")
        return [own] * (isinstance(own, str) and own != "") + [text for each in one.values() for text in prose_in(each)]
    return [text for each in one for text in prose_in(each)] if isinstance(one, list) else []

service = load_service("lambda")
print(len(prose_in(first.load_service_model("lambda", "service-2"))))
print(list(service.operation_model("Invoke").input_shape.members)[:2], service.metadata["serviceId"])
client = botocore.session.get_session().create_client(
    "s3", region_name="us-east-1", aws_access_key_id="any", aws_secret_access_key="any"
)
print(client.generate_presigned_url("get_object", Params={"Bucket": "bucket", "Key": "k"}).partition("?")[0])
"""
)
SAME_AS_BEFORE = """
import botocore.loaders, json
from local_cloud.plugins.runtime.service_models import share_service_models

NAMES = [("apigateway", "service-2"), ("dynamodb", "endpoint-rule-set-1"), ("lambda", "paginators-1")]

def without_prose(one):
    if isinstance(one, list):
        return [without_prose(each) for each in one]
    if not isinstance(one, dict):
        return one
    return {k: "" if k == "documentation" and isinstance(v, str) else without_prose(v) for k, v in one.items()}

def loaded():
    loader = botocore.loaders.Loader()
    return json.dumps([without_prose(loader.load_service_model(*name)) for name in NAMES])

before = loaded()
share_service_models()
print(before == loaded())
"""
UNKNOWN = (
    LOADED
    + """
from botocore.exceptions import DataNotFoundError
try:
    first.load_data("nothing/2020-01-01/service-2")
except DataNotFoundError as error:
    print("nothing/2020-01-01/service-2" in str(error))
"""
)


def test_loaders_share_a_file_unless_they_find_other_extras_for_it(cloud: Cloud) -> None:
    ran = cloud.run_in_localstack_environment(SHARED)
    assert ran.stdout.splitlines() == ["True", "True", "True False", "True True"], ran.stderr


def test_a_model_has_all_that_is_no_prose_in_its_order(cloud: Cloud) -> None:
    ran = cloud.run_in_localstack_environment(SAME_AS_BEFORE)
    assert ran.stdout.strip() == "True", ran.stderr


def test_clients_and_parsers_do_without_the_prose(cloud: Cloud) -> None:
    ran = cloud.run_in_localstack_environment(WITHOUT_PROSE)
    assert ran.stdout.splitlines() == [
        "0",
        "['FunctionName', 'InvocationType'] Lambda",
        "https://bucket.s3.amazonaws.com/k",
    ], ran.stderr


def test_a_file_that_is_not_there_is_told_as_before(cloud: Cloud) -> None:
    ran = cloud.run_in_localstack_environment(UNKNOWN)
    assert ran.stdout.strip() == "True", ran.stderr
