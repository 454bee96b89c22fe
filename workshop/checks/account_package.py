"""Whether what Chalice packages of a learner's project is such that Lambda and API Gateway take it (module 6)."""

from collections.abc import Mapping
from typing import Any

from deployer.problem import Problem
from workshop.attempt import Attempt
from workshop.checks.rehearsal import Packaged
from workshop.finding import DoesNotHold

# "Lambda quotas", https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
_ZIPPED_MIB, _UNZIPPED_MIB, _ENVIRONMENT_BYTES, _NAME_LENGTH = 50, 250, 4096, 64
_LAMBDA_S = 900
# "Amazon API Gateway quotas", integration timeout
_GATEWAY_S = 29
_ROUTES = "APIHandler"  # Chalice's name for what answers them, in its template
_MIB = 1024 * 1024


def its_package_builds(attempt: Attempt) -> str:
    """Each project is packaged as it would be deployed, and is small enough."""
    try:
        packages = attempt.rehearsal.packages
    except Problem as problem:
        where = [f"{attempt.folder.name}/{one.name}/app.py:1" for one in attempt.rehearsal.project.extensions]
        told = f"Chalice could not package it: {problem.what.strip().splitlines()[-1]}"
        raise DoesNotHold(told, "a package", where, "make check MODULE=3 tries what is in it") from None
    for name, packaged in packages.items():
        _check(attempt, name, packaged)
    return ", ".join(_described(name, one) for name, one in packages.items())


def _described(name: str, packaged: Packaged) -> str:
    return f"{name}: {len(packaged.functions)} functions of {packaged.zipped / 1024:.0f} KB"


def _check(attempt: Attempt, name: str, packaged: Packaged) -> None:
    source = attempt.source(f"{name}/.chalice/config.json")
    for told, advice in _beyond(packaged):
        raise DoesNotHold(told, "what Lambda and API Gateway take", [source.at(["lambda_timeout"])], advice)
    for function in attempt.rehearsal.project.extensions:
        for full in (one for one in function.function_names if len(one) > _NAME_LENGTH):
            told = f"{full} has {len(full)} characters; Lambda takes {_NAME_LENGTH}"
            where = [source.at(["app_name"])]
            raise DoesNotHold(told, "a shorter name", where, "a name is made of app_name, the stage and the function's")


def _beyond(packaged: Packaged) -> list[tuple[str, str]]:
    """What is too much, with what to do about it."""
    found = []
    if packaged.zipped > _ZIPPED_MIB * _MIB or packaged.unzipped > _UNZIPPED_MIB * _MIB:
        told = f"the package has {packaged.unzipped // _MIB} MB, {packaged.zipped // _MIB} MB zipped"
        found.append((f"{told}; Lambda takes {_UNZIPPED_MIB} and {_ZIPPED_MIB}", "leave out what no function reads"))
    for name, properties in packaged.functions.items():
        found.extend(_too_long(name, properties))
        if (size := _environment_bytes(properties)) > _ENVIRONMENT_BYTES:
            told = f"{name} has {size} bytes of environment variables; Lambda takes {_ENVIRONMENT_BYTES}"
            found.append((told, "keep in the configuration what differs between stages, and nothing else"))
    return found


def _too_long(name: str, properties: Mapping[str, Any]) -> list[tuple[str, str]]:
    lasts = properties["Timeout"]
    if name == _ROUTES and lasts > _GATEWAY_S:
        told = f"the routes' function may take {lasts} s, and API Gateway gives up after {_GATEWAY_S}"
        return [
            (f"{told}: whoever asks hears of an error, and you pay for the rest", f'"lambda_timeout": {_GATEWAY_S}')
        ]
    if lasts > _LAMBDA_S:
        return [(f"{name} may take {lasts} s; Lambda ends it at {_LAMBDA_S}", "what takes longer is several steps")]
    return []


def _environment_bytes(properties: Mapping[str, Any]) -> int:
    variables: Mapping[str, str] = properties.get("Environment", {}).get("Variables", {})
    return sum(len(name) + len(value) for name, value in variables.items())
