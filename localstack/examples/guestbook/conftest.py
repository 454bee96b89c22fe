"""What Chalice does not make of app.py: the user pool, the queue and the table, and somebody who is signed in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest

type Clients = Callable[[str], Any]

GUEST = "ann@example.com"
PASSWORD = "Only-for-tests-1"  # noqa: S105 - opens nothing


@dataclass(frozen=True)
class Pool:
    """A user pool, and the app client through which its guests sign in."""

    arn: str
    id: str
    client: str


@pytest.fixture(scope="session")
def pool(local_cloud_client: Clients) -> Pool:
    """Make the user pool."""
    cognito = local_cloud_client("cognito-idp")
    made = cognito.create_user_pool(PoolName="guests", UsernameAttributes=["email"])["UserPool"]
    client = cognito.create_user_pool_client(
        UserPoolId=made["Id"], ClientName="tests", ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH"]
    )["UserPoolClient"]
    return Pool(made["Arn"], made["Id"], client["ClientId"])


@pytest.fixture(scope="session")
def chalice_environment(local_cloud_client: Clients, pool: Pool) -> dict[str, str]:
    """Make the queue and the table, and tell the app their names: the plugin deploys it with this environment."""
    names = {"QUEUE": f"entries-{uuid4()}", "TABLE": f"entries-{uuid4()}"}  # so that it may run twice on one cloud
    local_cloud_client("sqs").create_queue(QueueName=names["QUEUE"])
    local_cloud_client("dynamodb").create_table(
        TableName=names["TABLE"],
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
    )
    return {**names, "USER_POOL_ARN": pool.arn}


@pytest.fixture(scope="session")
def signed_in(local_cloud_client: Clients, pool: Pool) -> dict[str, str]:
    """Give the headers of a guest who has signed in."""
    cognito = local_cloud_client("cognito-idp")
    cognito.admin_create_user(
        UserPoolId=pool.id,
        Username=GUEST,
        MessageAction="SUPPRESS",
        UserAttributes=[{"Name": "email", "Value": GUEST}, {"Name": "email_verified", "Value": "true"}],
    )
    cognito.admin_set_user_password(UserPoolId=pool.id, Username=GUEST, Password=PASSWORD, Permanent=True)
    tokens = cognito.initiate_auth(
        ClientId=pool.client,
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": GUEST, "PASSWORD": PASSWORD},
    )["AuthenticationResult"]
    return {"Authorization": tokens["IdToken"]}
