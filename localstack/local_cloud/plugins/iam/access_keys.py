"""Whose access key it is, and its secret: those that this cloud's IAM and STS have given out, and LocalStack's own.

LocalStack takes any secret with any key. A key that the cloud gave out has one secret, and is checked by it. `test` and
account ids, which LocalStack's users put where a key belongs, have the secret `test`, as for S3's presigned URLs:
https://docs.localstack.cloud/aws/capabilities/config/credentials/
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

ANYBODYS_SECRET = "test"  # noqa: S105  # known to everybody, by convention

_ANYBODYS = re.compile(r"test|\d{12}")


@dataclass(frozen=True)
class Caller:
    """Who signed: the root of an account, a user of IAM's, or a role's session."""

    access_key_id: str
    account_id: str
    user_id: str
    arn: str

    def identity(self) -> Mapping[str, str]:
        """As an integration finds it in `requestContext.identity`.

        https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
        """
        return {
            "accessKey": self.access_key_id,
            "accountId": self.account_id,
            "caller": self.user_id,
            "user": self.user_id,
            "userArn": self.arn,
        }


@dataclass(frozen=True)
class AccessKey:
    """A key that signs. A session's has a token, which goes along with each request, and an end."""

    secret: str
    caller: Caller
    session_token: str | None = None
    expires: datetime | None = None


def access_key(access_key_id: str) -> AccessKey | None:
    """The key of that id, unless there is none or it was switched off."""
    from localstack.aws.accounts import get_account_id_from_access_key_id  # noqa: PLC0415  # LocalStack's, when asked

    account_id = get_account_id_from_access_key_id(access_key_id)
    if _ANYBODYS.fullmatch(access_key_id):
        root = Caller(access_key_id, account_id, account_id, f"arn:aws:iam::{account_id}:root")
        return AccessKey(ANYBODYS_SECRET, root)
    return _of_a_session(access_key_id, account_id) or _of_a_user(access_key_id, account_id)


def _of_a_session(access_key_id: str, account_id: str) -> AccessKey | None:
    from localstack.services.sts.models import sts_stores  # noqa: PLC0415

    session = sts_stores[account_id][_ANY_REGION].credentials.get(access_key_id)
    if session is None:
        return None
    caller = Caller(access_key_id, session.account_id, session.user_id, session.arn)
    return AccessKey(session.secret_access_key, caller, session.session_token, session.expiration)


def _of_a_user(access_key_id: str, account_id: str) -> AccessKey | None:
    from localstack.services.iam.models import iam_stores  # noqa: PLC0415

    store = iam_stores[account_id][_ANY_REGION]
    user = store.USERS.get(store.ACCESS_KEY_INDEX.get(access_key_id))
    entity = user.access_keys.get(access_key_id) if user else None
    if user is None or entity is None or entity.access_key["Status"] != "Active":
        return None
    caller = Caller(access_key_id, account_id, user.user["UserId"], user.user["Arn"])
    return AccessKey(entity.access_key["SecretAccessKey"], caller)


_ANY_REGION = "us-east-1"  # what is kept of users and sessions is the same in all
