"""Opens a shop and lets the first people in, as `seed.json` has them. What is there already is left as it is."""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chalicelib.identity.model import ADMIN_GROUP
from chalicelib.shop.store import ShopStore, to_shop
from deployer.aws import Aws
from deployer.resources.refusals import passing

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

SEED = Path(__file__).with_name("seed.json")


@dataclass(frozen=True)
class Person:
    """Somebody who can sign in."""

    email: str
    groups: Sequence[str]


def shop_row() -> Mapping[str, Any]:
    """The seed's shop as a row of the shops' table."""
    row: Mapping[str, Any] = json.loads(SEED.read_text())["shop"]
    return row


def open_shop(table: "Table", event_id: str | None = None) -> str:
    """Open the seed's shop, under another name if one is given; says what came of it."""
    row = shop_row()
    shop = to_shop(row if event_id is None else {**row, "eventId": event_id})
    created = ShopStore(table).create(shop)
    return f"shop {shop.event_id}: {'opened' if created else 'is there already, left as it is'}"


def people(baristas: Sequence[str] = ()) -> list[Person]:
    """Baristas with these addresses; the seed's people, whose letters reach nobody, without any.

    Addresses are in small letters, as the pages write them.
    """
    seeds = [Person(**entry) for entry in json.loads(SEED.read_text())["people"]]
    return [Person(email.lower(), [ADMIN_GROUP]) for email in baristas] or seeds


def let_in(aws: Aws, pool_id: str, person: Person) -> str:
    """Make a person who can sign in and belongs to their groups, as far as that is not so; says what came of it."""
    created = _create(aws, pool_id, person)
    joined = _join(aws, pool_id, person)
    deeds = [*(["created"] if created else []), *(f"joined group {group}" for group in joined)]
    return f"{person.email}: {', '.join(deeds) or 'is there already, left as it is'}"


def _create(aws: Aws, pool_id: str, person: Person) -> bool:
    with passing("UserNotFoundException"):
        found = aws.cognito.admin_get_user(UserPoolId=pool_id, Username=person.email)
        if found["UserStatus"] == "CONFIRMED":
            return False
    with passing("UsernameExistsException"):
        aws.cognito.admin_create_user(
            UserPoolId=pool_id,
            Username=person.email,
            UserAttributes=[{"Name": "email", "Value": person.email}, {"Name": "email_verified", "Value": "true"}],
            MessageAction="SUPPRESS",
        )
    # Only with a permanent password is somebody CONFIRMED; nobody ever learns it, since people sign in by a code.
    aws.cognito.admin_set_user_password(UserPoolId=pool_id, Username=person.email, Password=_password(), Permanent=True)
    return True


def _password() -> str:
    """A password that meets every default policy of Cognito's: each kind of character is in it."""
    return f"aA1!{secrets.token_urlsafe(24)}"


def _join(aws: Aws, pool_id: str, person: Person) -> list[str]:
    answer = aws.cognito.admin_list_groups_for_user(UserPoolId=pool_id, Username=person.email)
    missing = [group for group in person.groups if group not in {one["GroupName"] for one in answer["Groups"]}]
    for group in missing:
        aws.cognito.admin_add_user_to_group(UserPoolId=pool_id, Username=person.email, GroupName=group)
    return missing
