"""Opening a shop of one's own beside the seeded one: the only thing here that is no customer's and no barista's.

It takes AWS credentials, as for whoever runs the bar. The measurements need it, because the seeded shop's code makes
ten drinks in five minutes.
"""

import json
from pathlib import Path

import boto3

from chalicelib.settings import Settings, from_environment
from chalicelib.shop.model import MenuItem, ModifierGroup, Shop
from chalicelib.shop.store import ShopStore
from simulator.outputs import Outputs

APP_CONFIG = Path(__file__).parents[1] / ".chalice" / "config.json"

MILK = ModifierGroup("Milk", ("Regular", "Oat"))
MENU = (
    MenuItem("Flat White", "flat-white", available=True, modifiers=(MILK,)),
    MenuItem("Espresso", "espresso", available=True),
    MenuItem("Mocha", "mocha", available=False),
)


def open_shop(session: boto3.Session, outputs: Outputs, shop: Shop) -> None:
    """Make sure that there is this shop; one that is there already keeps its settings."""
    dynamodb = session.resource("dynamodb", endpoint_url=outputs.endpoint_url, region_name=outputs.region)
    ShopStore(dynamodb.Table(app_settings().shops_table)).create(shop)


def app_settings() -> Settings:
    """The names of the deployed application's resources."""
    return from_environment(json.loads(APP_CONFIG.read_text())["environment_variables"])
