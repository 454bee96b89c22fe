"""What `chalice package` makes of stage `aws` is what CloudFormation and Lambda take."""

from copy import deepcopy

from deployer.rehearsal.linted import as_cloudformation, complaints
from deployer.rehearsal.packaged import Package

MIB = 1024 * 1024


def test_the_template_is_as_sam_wants_it(packaged: Package) -> None:
    assert complaints(packaged.template) == []


def test_what_cloudformation_makes_of_the_template_is_as_each_service_wants_it(packaged: Package) -> None:
    assert complaints(as_cloudformation(packaged.template)) == []


def test_the_linter_sees_what_is_wrong(packaged: Package) -> None:
    template = deepcopy(packaged.template)
    template["Resources"]["TakeNumber"]["Properties"]["Timeout"] = 901
    template["Resources"]["Sweep"]["Properties"]["Runtime"] = "python2.5"
    told = "\n".join(complaints(as_cloudformation(template)))
    assert "901" in told
    assert "python2.5" in told


def test_every_function_of_the_template_has_a_role_of_its_own(packaged: Package) -> None:
    roles = [str(function["Role"]) for function in packaged.functions().values()]
    assert len(roles) == len(set(roles))


def test_no_function_outlives_the_callers_patience(packaged: Package) -> None:
    """API Gateway gives up after 29 s ("Amazon API Gateway quotas", integration timeout), Lambda at 900 s."""
    timeouts = {name: function["Timeout"] for name, function in packaged.functions().items()}
    assert timeouts["APIHandler"] <= 29
    assert max(timeouts.values()) <= 900


def test_the_package_fits_into_lambda(packaged: Package) -> None:
    """50 MB zipped when it is sent directly, 250 MB unzipped ("Lambda quotas", deployment package size)."""
    assert packaged.archive.stat().st_size < 50 * MIB
    assert packaged.unpacked_bytes() < 250 * MIB


def test_the_environment_fits_into_lambda(packaged: Package) -> None:
    """4 KB for all names and values of a function ("Lambda quotas", environment variables)."""
    for function in packaged.functions().values():
        variables = function["Environment"]["Variables"]
        assert sum(len(name) + len(value) for name, value in variables.items()) <= 4 * 1024
