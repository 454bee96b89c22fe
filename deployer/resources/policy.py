"""Policy documents in one form, whichever of the forms that mean the same a service of AWS gives back. Pure.

"If you have only one item, you can omit the brackets", and the order of elements, statements and values means nothing
("Grammar of the IAM JSON policy language" and "Elements" in IAM's user guide):
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
What services make of documents is seen by those who compare them, such as HashiCorp's: single elements lose their
brackets, lists their order, and an empty `Sid` may be there or not
(https://github.com/hashicorp/awspolicyequivalence, https://github.com/hashicorp/terraform/issues/5613).
"""

import json
from collections.abc import Mapping
from typing import Any

ANYBODY = {"AWS": ["*"]}


def canonical(document: Any) -> Any:
    """The document in its one form; what is no document is given back as it is.

    Args:
        document: a policy, parsed.
    """
    if not isinstance(document, Mapping) or "Statement" not in document:
        return document
    statements = sorted((_statement(one) for one in _listed(document["Statement"])), key=_text)
    return {"Version": document.get("Version"), "Statement": statements}


def lets_anybody_in(document: Any) -> bool:
    """Whether a policy allows something to anybody, on no condition.

    Args:
        document: a policy, parsed, or None.
    """
    statements = canonical(document)["Statement"] if document else []
    return any(
        one["Effect"] == "Allow" and one.get("Principal") == ANYBODY and "Condition" not in one for one in statements
    )


def _statement(statement: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _element(name, value) for name, value in statement.items() if (name, value) != ("Sid", "")}


def _element(name: str, value: Any) -> Any:
    match name:
        case "Principal" | "NotPrincipal":
            return ANYBODY if value == "*" else _values_by_key(value)
        case "Condition":
            return {operator: _values_by_key(keys) for operator, keys in value.items()}
        case "Sid" | "Effect":
            return value
    return _values(value)


def _values_by_key(of: Mapping[str, Any]) -> dict[str, list[str]]:
    return {key: _values(value) for key, value in of.items()}


def _values(value: Any) -> list[str]:
    """A set of texts; IAM has truth and numbers as texts too."""
    return sorted({one if isinstance(one, str) else _text(one) for one in _listed(value)})


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True)
