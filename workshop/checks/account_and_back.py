"""A learner's bar to an account of AWS and back, and what it costs (module 6)."""

from workshop.attempt import Attempt
from workshop.checks.account_files import is_read_for_aws, no_account_is_written_down, no_address_of_this_machine
from workshop.checks.account_package import its_package_builds
from workshop.checks.account_schemas import (
    each_policy_names_its_own,
    no_request_is_beyond_a_limit,
    the_schemas_take_it,
)
from workshop.checks.drinks import one_drink
from workshop.checks.first_half import is_a_workflow, is_deployed
from workshop.checks.microservice_cost import what_a_drink_costs
from workshop.checks.microservice_files import is_a_project
from workshop.finding import Check, DoesNotHold
from workshop.microservice import STAMPS


def an_empty_account_gets_all_of_it(attempt: Attempt) -> str:
    """After one deploy there is nothing left to do."""
    if left := attempt.rehearsal.left_to_do:
        where = [f"{attempt.folder.name}/rules.json:1"]
        told = f"after it was deployed, {left[0].title} would be to do again"
        raise DoesNotHold(
            told, "nothing to do", where, "two things that take each other's place: look for one name twice"
        )
    return f"{len(attempt.rehearsal.made)} things"


def destroy_leaves_nothing(attempt: Attempt) -> str:
    """All that was made is in the plan of what is taken away."""
    rehearsal = attempt.rehearsal
    if left := sorted(rehearsal.made - rehearsal.removed):
        where = [f"{attempt.folder.name}/rules.json:1"]
        told = f"make destroy leaves {len(left)} of {len(rehearsal.made)} things, {left[0]} among them"
        raise DoesNotHold(
            told, "nothing is left", where, "the deployer takes away what bears its mark: tags, and names"
        )
    return f"{len(rehearsal.removed)} things go"


STEPS = {
    "6-1": (
        Check("the workflow is one", is_a_workflow),
        Check("stamps is a project of Chalice's", is_a_project(STAMPS)),
        Check("the deployer reads all of it for stage aws", is_read_for_aws),
        Check("nothing in it says where a service is", no_address_of_this_machine),
        Check("nobody's account is written down", no_account_is_written_down),
        Check("its package builds, and fits", its_package_builds),
    ),
    "6-2": (
        Check("AWS's own schemas take it", the_schemas_take_it),
        Check("each policy names actions and things of its own", each_policy_names_its_own),
        Check("no request is beyond AWS's limits", no_request_is_beyond_a_limit),
    ),
    "6-3": (
        Check("an empty account gets all of it", an_empty_account_gets_all_of_it),
        Check("make destroy leaves nothing", destroy_leaves_nothing),
        Check("the running bar takes it", is_deployed),
        Check("what it costs is known", what_a_drink_costs(STAMPS, one_drink)),
    ),
}
