"""Finding the REST API that Chalice made for a stage: it names them all after the app, whatever the stage.

What tells them apart is the function that their methods call.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from deployer.aws import Aws
from deployer.problem import Problem


def find_rest_apis(aws: Aws, name: str, function_arn: str) -> list[str]:
    """The ids of the REST APIs of that name whose methods call the function."""
    pages = aws.apigateway.get_paginator("get_rest_apis").paginate()
    candidates = [api["id"] for page in pages for api in page["items"] if api["name"] == name]
    return [api_id for api_id in candidates if any(f"{function_arn}/" in uri for uri in _called(aws, api_id))]


def find_rest_api(aws: Aws, name: str, function_arn: str) -> str | None:
    """The id of the one REST API of that name whose methods call the function, or None.

    Raises:
        Problem: there are several.
    """
    ids = find_rest_apis(aws, name, function_arn)
    if len(ids) > 1:
        raise Problem(
            f"{len(ids)} REST APIs named {name} call the same function: {', '.join(ids)}",
            "Delete those that nobody calls, by id.",
        )
    return ids[0] if ids else None


def _called(aws: Aws, api_id: str) -> Iterator[str]:
    pages = aws.apigateway.get_paginator("get_resources").paginate(restApiId=api_id, embed=["methods"])
    for page in pages:
        for resource in page["items"]:
            methods: Mapping[str, Any] = resource.get("resourceMethods", {})
            yield from (method.get("methodIntegration", {}).get("uri", "") for method in methods.values())
