"""Arrows point one way: app.py to routes and handlers, these to services, these to rules; stores are handed in."""

import ast
from collections import defaultdict
from collections.abc import Iterable
from graphlib import CycleError, TopologicalSorter

import pytest

from tests.architecture import layers
from tests.architecture.layers import (
    EDGE,
    IMPURE,
    RULES,
    SERVICE,
    STANDARD_LIBRARY,
    is_pure,
    is_store,
    layer,
    microservice,
)
from tests.architecture.source import Module, modules, offenders, programs

APPLICATION = ("app.py", "chalicelib")
LAMBDA = "chalicelib"
BESIDE_THE_BAR = tuple(name for name in programs() if name != LAMBDA)
BY_NAME = {module.name: module for module in modules(*APPLICATION) if module.path.name != "__init__.py"}

# Where AWS's clients are called, or their errors read; every store is one of them, too.
TALKS_TO_AWS = {"chalicelib.aws", "chalicelib.bus", "chalicelib.outages", "chalicelib.transactions"}
TALKS_TO_AWS |= {f"chalicelib.{name}" for name in ("identity.post", "orders.workflow")}
KNOWS_CHALICE = {"chalicelib.http", "chalicelib.identity.authorizer"}

# It follows what is saved, on this machine only, as the local cloud does it for any Chalice project (docs/adr/0027).
FOLLOWS_SAVES, FOLLOWING = "deployer.watching", ("local_cloud.watching", "local_cloud.errors")


def roots(module: Module) -> set[str]:
    return {name.partition(".")[0] for name in module.imports}


def ours(module: Module) -> list[Module]:
    return [BY_NAME[name] for name in sorted(module.imports) if name in BY_NAME]


def test_an_import_points_inwards() -> None:
    def outwards(module: Module) -> list[str]:
        return [str(other) for other in ours(module) if layer(other) > layer(module)]

    assert offenders(outwards, *APPLICATION) == {}


def test_nobody_but_app_imports_an_edge() -> None:
    def edges(module: Module) -> list[str]:
        return [str(other) for other in ours(module) if layer(other) == EDGE]

    assert offenders(edges, LAMBDA) == {}


def services_used(within: Iterable[Module]) -> dict[str, set[str]]:
    """Whose services each microservice uses, beside its own."""
    used: dict[str, set[str]] = defaultdict(set)
    for module in within:
        services = {microservice(other) for other in ours(module) if layer(other) == SERVICE}
        used[microservice(module)] |= services - {microservice(module)}
    return used


def test_no_two_microservices_use_each_others_services() -> None:
    """Not over a third one either: what both need belongs to one of them."""
    used = services_used(modules(LAMBDA))
    assert used["qr_codes"] == {"orders"}  # else the rule would be true of nothing
    try:
        TopologicalSorter(used).prepare()
    except CycleError as error:
        pytest.fail(f"in a circle: {' -> '.join(error.args[1])}")


def test_app_composes_and_does_nothing_else() -> None:
    app = BY_NAME["app"]
    rest = {other.name for other in ours(app) if layer(other) != EDGE}
    assert rest <= {"chalicelib.http", "chalicelib.observability"}  # what every request goes through
    assert roots(app) <= {"chalice", "chalicelib"}
    assert app.functions == []


def test_a_rule_knows_the_standard_library_and_other_rules_only() -> None:
    def foreign(module: Module) -> set[str]:
        libraries = roots(module) - {"chalicelib"} - (STANDARD_LIBRARY - IMPURE)
        return (
            (libraries | {str(other) for other in ours(module) if layer(other) != RULES}) if is_pure(module) else set()
        )

    assert offenders(foreign, LAMBDA) == {}


def test_a_rule_never_asks_what_time_it_is() -> None:
    def clocks(module: Module) -> set[str]:
        asked = {node.attr for node in ast.walk(module.tree) if isinstance(node, ast.Attribute)}
        return asked & {"now", "utcnow", "today"} if is_pure(module) else set()

    assert offenders(clocks, LAMBDA) == {}


def test_only_stores_and_the_named_few_talk_to_aws() -> None:
    def libraries(module: Module) -> set[str]:
        may = is_store(module) or module.name in TALKS_TO_AWS
        return set() if may else roots(module) & {"boto3", "botocore"}

    assert offenders(libraries, LAMBDA) == {}


def test_clients_are_created_in_one_place() -> None:
    def creators(module: Module) -> frozenset[str]:
        creating = {"boto3", "boto3.client", "boto3.resource", "boto3.session", "boto3.Session"}
        return module.imports & creating if module.name != "chalicelib.aws" else frozenset()

    assert offenders(creators, LAMBDA) == {}


def test_chalice_is_known_at_the_edge_only() -> None:
    def chalice(module: Module) -> bool:
        may = layer(module) == EDGE or module.name in KNOWS_CHALICE
        return "chalice" in roots(module) and not may

    assert offenders(chalice, LAMBDA) == {}


def factories() -> set[str]:
    """Names of the functions that give this process's stores, clients and bar."""
    return {
        f"{module.name}.{function.name}"
        for module in modules(LAMBDA)
        for function in module.functions
        if any(isinstance(how, ast.Name) and how.id == "cache" for how in function.decorator_list)
    }


def test_a_service_is_handed_its_collaborators() -> None:
    made = factories()

    def fetched(module: Module) -> set[str]:
        return set(module.imports & made) if layer(module) == SERVICE else set()

    assert offenders(fetched, LAMBDA) == {}


def tables_named(module: Module) -> set[str]:
    named = {node.attr for node in ast.walk(module.tree) if isinstance(node, ast.Attribute)} | set(module.texts)
    return {name for name in named if name.endswith("_table")}


def test_a_table_is_known_to_its_own_store_only() -> None:
    def foreign(module: Module) -> set[str]:
        return set() if is_store(module) else tables_named(module)

    assert offenders(foreign, LAMBDA) == {}


def test_every_store_has_one_table_and_no_table_two_stores() -> None:
    tables = [tables_named(module) for module in modules(LAMBDA) if is_store(module)]
    assert {len(named) for named in tables} == {1}
    assert len(set.union(*tables)) == len(tables)


def test_what_runs_in_lambda_knows_nobody_outside() -> None:
    outside = {"app", *BESIDE_THE_BAR, "localstack", "local_cloud", "tests"}
    assert offenders(lambda module: roots(module) & outside, LAMBDA) == {}


def test_what_runs_in_lambda_does_not_know_where_it_runs() -> None:
    places = ("localstack", "4566", "127.0.0.1", "localhost", "emulator")

    def named(module: Module) -> list[str]:
        return [place for place in places if place in module.text.lower()]

    assert offenders(named, *APPLICATION) == {}


def test_what_runs_beside_the_bar_knows_the_cloud_by_its_endpoint_only() -> None:
    def libraries(module: Module) -> set[str]:
        may = FOLLOWING if module.name.startswith(FOLLOWS_SAVES) else ()
        known = {name for name in module.imports if not name.startswith(may)}
        return {name.partition(".")[0] for name in known} & {"localstack", "local_cloud", "app"}

    assert offenders(libraries, *BESIDE_THE_BAR) == {}


def test_only_the_gate_knows_the_gate() -> None:
    """Its packages are a server's: no other command waits for them."""
    others = [name for name in programs() if name != "gate"]
    assert offenders(lambda module: "gate" in roots(module), *others) == {}


def test_what_the_gate_lets_through_is_decided_without_a_network() -> None:
    network = {"aiohttp", "asyncio", "boto3", "botocore", "httpx", "socket", "ssl", "simulator"}

    def foreign(module: Module) -> set[str]:
        return (roots(module) & network) | {name for name in module.imports if name.startswith("gate.network")}

    assert offenders(foreign, "gate/rules") == {}


def test_the_rules_above_find_the_layers() -> None:
    """Else a renamed file could make them true of nothing."""
    pure = {module.name for module in modules(LAMBDA) if is_pure(module)}
    stores = {module.name for module in modules(LAMBDA) if is_store(module)}
    assert {layer(module) for module in modules(*APPLICATION)} == set(range(layers.APP + 1))
    assert {"chalicelib.orders.model", "chalicelib.errors", "chalicelib.identity.sign_in"} <= pure
    assert {"chalicelib.orders.store", "chalicelib.orders.numbers"} <= stores
    assert "chalicelib.shop.store.shop_store" in factories()
    assert BY_NAME.keys() >= KNOWS_CHALICE | TALKS_TO_AWS
