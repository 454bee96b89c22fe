"""Arrows point one way: app.py to routes and handlers, these to services, these to rules; stores are handed in."""

import ast

import pytest

from tests.architecture import layers
from tests.architecture.layers import EDGE, IMPURE, RULES, SERVICE, STANDARD_LIBRARY, is_pure, is_store, layer
from tests.architecture.source import Module, modules

APPLICATION = modules("app.py", "chalicelib")
BY_NAME = {module.name: module for module in APPLICATION if module.path.name != "__init__.py"}
LAMBDA = modules("chalicelib")

# Where AWS's clients are created and called; every store is one of them.
TALKS_TO_AWS = {"chalicelib.aws", "chalicelib.bus", "chalicelib.transactions"}
TALKS_TO_AWS |= {f"chalicelib.{name}" for name in ("identity.post", "orders.workflow", "realtime.connections")}
AWS_LIBRARIES = {"boto3", "botocore"}
KNOWS_CHALICE = {"chalicelib.http", "chalicelib.identity.authorizer"}


def roots(module: Module) -> set[str]:
    return {name.partition(".")[0] for name in module.imports}


def ours(module: Module) -> list[Module]:
    return [BY_NAME[name] for name in sorted(module.imports) if name in BY_NAME]


@pytest.mark.parametrize("module", APPLICATION, ids=str)
def test_an_import_points_inwards(module: Module) -> None:
    outwards = [str(other) for other in ours(module) if layer(other) > layer(module)]
    assert outwards == []


@pytest.mark.parametrize("module", [module for module in LAMBDA if layer(module) == EDGE], ids=str)
def test_nobody_but_app_imports_an_edge(module: Module) -> None:
    importers = [str(other) for other in LAMBDA if module.name in other.imports]
    assert importers == []


def test_app_composes_and_does_nothing_else() -> None:
    app = BY_NAME["app"]
    rest = [other.name for other in ours(app) if layer(other) != EDGE]
    assert set(rest) <= {"chalicelib.observability"}
    assert roots(app) <= {"chalice", "chalicelib"}
    assert app.functions == []


@pytest.mark.parametrize("module", [module for module in LAMBDA if is_pure(module)], ids=str)
def test_a_rule_knows_the_standard_library_and_other_rules_only(module: Module) -> None:
    assert roots(module) - {"chalicelib"} <= STANDARD_LIBRARY - IMPURE
    assert [str(other) for other in ours(module) if layer(other) != RULES] == []


@pytest.mark.parametrize("module", [module for module in LAMBDA if is_pure(module)], ids=str)
def test_a_rule_never_asks_what_time_it_is(module: Module) -> None:
    asked = {node.attr for node in ast.walk(module.tree) if isinstance(node, ast.Attribute)}
    assert asked.isdisjoint({"now", "utcnow", "today"})


@pytest.mark.parametrize("module", LAMBDA, ids=str)
def test_only_stores_and_the_named_few_talk_to_aws(module: Module) -> None:
    if not (is_store(module) or module.name in TALKS_TO_AWS):
        assert roots(module).isdisjoint(AWS_LIBRARIES)


@pytest.mark.parametrize("module", LAMBDA, ids=str)
def test_clients_are_created_in_one_place(module: Module) -> None:
    if module.name != "chalicelib.aws":
        creating = {"boto3.client", "boto3.resource", "boto3.Session", "boto3.session"}
        assert module.imports.isdisjoint({"boto3"} | creating)


@pytest.mark.parametrize("module", LAMBDA, ids=str)
def test_chalice_is_known_at_the_edge_only(module: Module) -> None:
    if layer(module) != EDGE and module.name not in KNOWS_CHALICE:
        assert "chalice" not in roots(module)


def factories() -> set[str]:
    """Names of the functions that give this process's stores, clients and bar."""
    return {
        f"{module.name}.{function.name}"
        for module in LAMBDA
        for function in module.functions
        if any(isinstance(how, ast.Name) and how.id == "cache" for how in function.decorator_list)
    }


@pytest.mark.parametrize("module", [module for module in LAMBDA if layer(module) == SERVICE], ids=str)
def test_a_service_is_handed_its_collaborators(module: Module) -> None:
    assert module.imports.isdisjoint(factories())


@pytest.mark.parametrize("module", LAMBDA, ids=str)
def test_a_table_is_known_to_its_own_store_only(module: Module) -> None:
    tables = {text.partition(".")[0] for text in module.texts if text.endswith("_table")}
    named = {node.attr for node in ast.walk(module.tree) if isinstance(node, ast.Attribute)}
    used = {name for name in named | tables if name.endswith("_table")}
    assert len(used) <= (1 if is_store(module) else 0)


def test_no_table_has_two_stores() -> None:
    shapes = [text for module in LAMBDA if is_store(module) for text in set(module.texts) if text.endswith("_table")]
    assert sorted(shapes) == sorted(set(shapes))
    assert len(shapes) == sum(map(is_store, LAMBDA))


@pytest.mark.parametrize("module", LAMBDA, ids=str)
def test_what_runs_in_lambda_knows_nobody_outside(module: Module) -> None:
    outside = {"app", "deployer", "simulator", "localstack", "local_cloud", "workshop", "tests"}
    assert roots(module).isdisjoint(outside)


@pytest.mark.parametrize("module", APPLICATION, ids=str)
def test_what_runs_in_lambda_does_not_know_where_it_runs(module: Module) -> None:
    text = module.text.lower()
    assert [word for word in ("localstack", "4566", "127.0.0.1", "localhost", "emulator") if word in text] == []


@pytest.mark.parametrize("module", modules("deployer", "simulator"), ids=str)
def test_deployer_and_simulator_are_programs_of_their_own(module: Module) -> None:
    """They may read chalicelib; they know the cloud by its endpoint only."""
    assert roots(module).isdisjoint({"localstack", "local_cloud", "app"})


def test_the_rules_find_the_layers() -> None:
    """Else a renamed file could make every rule above true of nothing."""
    seen = {layer(module) for module in APPLICATION}
    assert seen == set(range(layers.APP + 1))
    assert {"chalicelib.orders.model", "chalicelib.errors"} <= {module.name for module in LAMBDA if is_pure(module)}
    assert {"chalicelib.orders.store", "chalicelib.orders.numbers"} <= {m.name for m in LAMBDA if is_store(m)}
    assert "chalicelib.shop.store.shop_store" in factories()
