"""Whether what Chalice packages of a learner's project is such that Lambda and API Gateway take it (module 6)."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from deployer.extension import Extension
from deployer.problem import Problem
from workshop.attempt import Attempt
from workshop.checks.rehearsal import Packaged
from workshop.finding import DoesNotHold, without_kinds

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
        why = without_kinds(problem.what.strip().splitlines()[-1])
        raise DoesNotHold(f"Chalice could not package it: {why}", "a package", where, _FROM_ITS_FOLDER) from None
    for extension in attempt.rehearsal.project.extensions:
        config = attempt.source(f"{extension.name}/.chalice/config.json")
        for one in (*_too_much(packages[extension.name]), *_called_too_long(extension)):
            raise DoesNotHold(one.told, "what Lambda and API Gateway take", [config.at([one.member])], one.advice)
    return ", ".join(_described(name, one) for name, one in packages.items())


_FROM_ITS_FOLDER = "in make shell, chalice package --stage aws /tmp/package in the project's folder says more"


def _described(name: str, packaged: Packaged) -> str:
    return f"{name}: {len(packaged.functions)} functions of {packaged.zipped / 1024:.0f} KB"


class _Excess(NamedTuple):
    """What is too much, the configuration's member that says it, and what to do about it."""

    told: str
    member: str
    advice: str


def _too_much(packaged: Packaged) -> Iterator[_Excess]:
    if packaged.zipped > _ZIPPED_MIB * _MIB or packaged.unzipped > _UNZIPPED_MIB * _MIB:
        told = f"the package has {packaged.unzipped // _MIB} MB, {packaged.zipped // _MIB} MB zipped"
        lambdas = f"Lambda takes {_UNZIPPED_MIB} and {_ZIPPED_MIB}"
        yield _Excess(f"{told}; {lambdas}", "app_name", "leave out what no function reads, in chalicelib and vendor")
    for name, properties in packaged.functions.items():
        yield from _too_slow(name, properties["Timeout"])
        if (size := _environment_bytes(properties)) > _ENVIRONMENT_BYTES:
            told = f"{name} has {size} bytes of environment variables; Lambda takes {_ENVIRONMENT_BYTES}"
            yield _Excess(told, "environment_variables", "keep there what differs between stages, and nothing else")


def _too_slow(name: str, timeout_s: int) -> Iterator[_Excess]:
    if name == _ROUTES and timeout_s > _GATEWAY_S:
        told = f"the routes' function may take {timeout_s} s, and API Gateway gives up after {_GATEWAY_S}"
        advice = f'"lambda_timeout": {_GATEWAY_S}; behind a route, whatever comes later is paid and read by nobody'
        yield _Excess(told, "lambda_timeout", advice)
    elif timeout_s > _LAMBDA_S:
        told = f"{name} may take {timeout_s} s; Lambda ends it at {_LAMBDA_S}"
        yield _Excess(told, "lambda_timeout", "what takes longer is several steps")


def _called_too_long(extension: Extension) -> Iterator[_Excess]:
    for full in extension.function_names:
        if len(full) > _NAME_LENGTH:
            told = f"{full} has {len(full)} characters; Lambda takes {_NAME_LENGTH}"
            yield _Excess(told, "app_name", "a function's whole name is app_name, the stage and its own")


def _environment_bytes(properties: Mapping[str, Any]) -> int:
    variables: Mapping[str, str] = properties.get("Environment", {}).get("Variables", {})
    return sum(len(f"{name}{value}".encode()) for name, value in variables.items())
