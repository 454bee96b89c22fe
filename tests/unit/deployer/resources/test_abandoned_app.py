"""An application that nobody describes any more is known by Chalice's tag and ours; others' are left alone."""

from collections.abc import Mapping

from deployer.resources.abandoned_app import AbandonedApp, abandoned_apps
from tests.unit.deployer.samples import PLACE, offline_aws, script

OURS = {"deployer:owner": "serverlesspresso"}
FUNCTIONS = {
    "serverlesspresso-local": None,
    "serverlesspresso-local-sweep": None,
    "serverlesspresso-stamps-local": {"aws-chalice": "version=1.34.0:stage=local:app=serverlesspresso-stamps", **OURS},
    "serverlesspresso-stamps-local-collect": {
        "aws-chalice": "version=1.34.0:stage=local:app=serverlesspresso-stamps",
        **OURS,
    },
    "serverlesspresso-waits-aws": {"aws-chalice": "version=1.34.0:stage=aws:app=serverlesspresso-waits", **OURS},
    "serverlesspresso-of-somebody-else": {"aws-chalice": "version=1.34.0:stage=local:app=serverlesspresso-of"},
    "serverlesspresso-by-hand": {},
    "guestbook": None,
}
BAR = {"serverlesspresso": ["serverlesspresso-local", "serverlesspresso-local-sweep"]}


def found_among(functions: Mapping[str, Mapping[str, str] | None]) -> list[AbandonedApp]:
    """In an account with these functions, each with its tags; None where nobody is to ask for them."""
    aws = offline_aws()
    with script(aws.lambda_) as lambda_:
        listed = [{"FunctionName": name, "FunctionArn": PLACE.function_arn(name)} for name in functions]
        lambda_.add_response("list_functions", {"Functions": listed})
        for name, tags in functions.items():
            if tags is not None:
                lambda_.add_response("list_tags", {"Tags": tags}, {"Resource": PLACE.function_arn(name)})
        return abandoned_apps(aws, BAR, "local")


def test_only_what_chalice_made_of_ours_in_this_stage_is_abandoned() -> None:
    """The bar's own functions, and those with other names, are not even asked for their tags."""
    (app,) = found_among(FUNCTIONS)
    assert (app.title, app.stage) == ("application serverlesspresso-stamps", "local")
    assert app.arn == PLACE.function_arn("serverlesspresso-stamps-local")


def test_one_that_is_named_like_a_function_of_the_bars_is_found_too() -> None:
    name = "serverlesspresso-local-stats"
    tags = {"aws-chalice": f"version=1.34.0:stage=local:app={name}", **OURS}
    assert [app.name for app in found_among({f"{name}-local": tags})] == [name]


def test_a_function_that_the_bar_had_once_does_not_make_it_an_abandoned_one() -> None:
    tags = {"aws-chalice": "version=1.34.0:stage=local:app=serverlesspresso", **OURS}
    assert found_among({"serverlesspresso-local-once": tags}) == []
