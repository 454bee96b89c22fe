"""The shapes of what baristas send about a shop, as JSON Schema. What a shape cannot say, `model.py` checks."""

from typing import Any

import fastjsonschema

LONGEST_LABEL = 64  # characters; short enough for a tile
NAME = {"type": "string", "pattern": rf"^\S(.{{0,{LONGEST_LABEL - 2}}}\S)?$"}  # no blanks around it
ICON = {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,64}$"}  # a picture's file stem

MENU: dict[str, Any] = {
    "type": "object",
    "required": ["menu"],
    "properties": {
        "menu": {
            "type": "array",
            "minItems": 1,  # to serve nobody, the shop is closed
            "maxItems": 100,
            "items": {
                "type": "object",
                "required": ["drink", "icon", "available"],
                "additionalProperties": False,
                "properties": {
                    "drink": NAME,
                    "icon": ICON,
                    "available": {"type": "boolean"},
                    "modifiers": {
                        "type": "array",
                        "maxItems": 10,
                        "items": {
                            "type": "object",
                            "required": ["Name", "Options"],
                            "additionalProperties": False,
                            "properties": {
                                "Name": NAME,
                                "Options": {"type": "array", "minItems": 1, "maxItems": 20, "items": NAME},
                            },
                        },
                    },
                },
            },
        }
    },
}


def _whole(least: int, most: int) -> dict[str, Any]:
    return {"type": "integer", "minimum": least, "maximum": most}


LIMITS: dict[str, Any] = {
    "type": "object",
    "minProperties": 1,
    "additionalProperties": False,
    "properties": {
        "drinksPerBarcode": _whole(0, 1000),
        "maxOrdersInQueue": _whole(0, 1000),
        "maxOrdersPerUser": _whole(0, 100),
        "customerWaitSeconds": _whole(1, 86400),
        "baristaWaitSeconds": _whole(1, 86400),
        "timeZone": {"type": "string", "maxLength": LONGEST_LABEL},
    },
}

check_menu = fastjsonschema.compile(MENU)
check_limits = fastjsonschema.compile(LIMITS)
