"""An application that nobody describes any more is known by Chalice's tag and ours; others' are left alone."""

from deployer.resources.abandoned_app import abandoned_apps
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


def test_only_what_chalice_made_of_ours_in_this_stage_is_abandoned() -> None:
    """The bar's own functions, and those with other names, are not even asked for their tags."""
    aws = offline_aws()
    with script(aws.lambda_) as lambda_:
        listed = [{"FunctionName": name, "FunctionArn": PLACE.function_arn(name)} for name in FUNCTIONS]
        lambda_.add_response("list_functions", {"Functions": listed})
        for name, tags in FUNCTIONS.items():
            if tags is not None:
                lambda_.add_response("list_tags", {"Tags": tags}, {"Resource": PLACE.function_arn(name)})
        (app,) = abandoned_apps(aws, {"serverlesspresso"}, "local")
    assert (app.title, app.stage) == ("application serverlesspresso-stamps", "local")
    assert app.arn == PLACE.function_arn("serverlesspresso-stamps-local")
