"""Hiring barista robots. Each is a person of its own, so that they may be in each other's way as real ones are.

Nobody can make himself a barista: like opening a shop, this takes the AWS credentials of whoever runs the bar.
"""

from typing import TYPE_CHECKING

import boto3

from simulator.bar_client import BarClient
from simulator.entrance import Entrance
from simulator.robots.arriving import arrive

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient

BARISTAS = "admin"  # the group


def hire(way_in: Entrance, aws: boto3.Session, count: int) -> list[BarClient]:
    """So many barista robots, signed in; the same people every time."""
    outputs = way_in.outputs
    pool = aws.client("cognito-idp", endpoint_url=outputs.endpoint_url, region_name=outputs.region)
    return [_barista(way_in, pool, f"barista-robot-{number}@example.com") for number in range(1, count + 1)]


def _barista(way_in: Entrance, pool: "CognitoIdentityProviderClient", address: str) -> BarClient:
    way_in.pool.sign_up(address)
    pool.admin_add_user_to_group(UserPoolId=way_in.outputs.user_pool_id, Username=address, GroupName=BARISTAS)
    return arrive(lambda: way_in.enter(address))
