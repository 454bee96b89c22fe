"""What services of AWS make of a policy that they are given: another text of the same meaning.

* S3 takes the brackets off single elements: it was given `"Action": ["s3:GetObject"]` and gives back
  `"Action": "s3:GetObject"`. The order of statements and of values is not kept (crossplane-contrib/provider-aws#653,
  #2058, where both forms are recorded, and hashicorp/awspolicyequivalence: "treating single element string arrays as
  equivalent to a string without an array, as the AWS endpoints do").
* S3 may add an empty `Sid` (hashicorp/terraform#5613, where it is recorded).

Which service does which of these AWS's pages do not say, so here each does all of them.
"""

import json
from typing import Any


def rewritten(policy: str) -> str:
    """A policy's text as a service may give it back."""
    document = json.loads(policy)
    statements = [_statement(one) for one in reversed(document["Statement"])]
    return json.dumps({"Statement": statements, "Version": document["Version"]})


def _statement(statement: dict[str, Any]) -> dict[str, Any]:
    told = {"Sid": "", **statement}
    return {name: _value(told[name]) for name in reversed(told)}


def _value(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _value(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return value[0] if len(value) == 1 else value[::-1]
    return value
