"""A function whose code names a host of AWS reaches the local cloud."""

import json

import pytest
from local_cloud.function_startup.aws_hosts import address_here
from local_cloud.testing import Cloud

CLOUD = "http://127.0.0.1:4600"


@pytest.mark.parametrize(
    ("named", "here"),
    [
        ("https://a1b2.execute-api.us-east-1.amazonaws.com/api", f"{CLOUD}/_aws/execute-api/a1b2/api"),
        ("https://a1b2.execute-api.cn-north-1.amazonaws.com.cn/api", f"{CLOUD}/_aws/execute-api/a1b2/api"),
        ("https://a1b2.execute-api.us-east-1.localhost:4600/api", f"{CLOUD}/_aws/execute-api/a1b2/api"),
        ("https://sqs.eu-west-1.amazonaws.com", CLOUD),
        ("https://sts.amazonaws.com/", CLOUD),
        ("http://127.0.0.1:9999", "http://127.0.0.1:9999"),
        ("https://amazonaws.com.example.com", "https://amazonaws.com.example.com"),
        ("https://example.com/sqs.eu-west-1.amazonaws.com", "https://example.com/sqs.eu-west-1.amazonaws.com"),
    ],
)
def test_an_endpoint_of_aws_is_the_clouds_and_no_other_is(named: str, here: str) -> None:
    assert address_here(named, CLOUD) == here


@pytest.mark.parametrize("module", ["boto3", "botocore.session"])
def test_a_client_of_a_function_that_names_awss_host_asks_the_cloud(cloud: Cloud, module: str) -> None:
    made = {"boto3": "boto3.client", "botocore.session": "botocore.session.get_session().create_client"}[module]
    function = cloud.create_function(
        f"import {module}\n"
        "def handler(event, context):\n"
        f"    sts = {made}('sts', endpoint_url='https://sts.us-east-1.amazonaws.com')\n"
        "    return [sts.meta.endpoint_url, sts.get_caller_identity()['Account']]\n"
    )
    answer = cloud.client("lambda").invoke(FunctionName=function)["Payload"].read()
    assert json.loads(answer) == [cloud.endpoint_url, "000000000000"]
