"""What must exist, stage by stage, as data. Pure: must not ask AWS, nor read files.

What there is one of is named here; what differs between stages comes from `.chalice/config.json`.
"""

from collections.abc import Mapping
from typing import Any, Protocol

from chalicelib.identity import store as sign_ins
from chalicelib.identity.model import ADMIN_GROUP
from chalicelib.insights import store as insights
from chalicelib.journeys import store as journeys
from chalicelib.orders import customers, numbers, outbox
from chalicelib.orders import store as orders
from chalicelib.qr_codes import store as qr_codes
from chalicelib.realtime import store as connections
from chalicelib.shop import store as shops
from deployer import access, alarms, bus_rules, dead_letters, own_domain, throttling, workflow
from deployer.chalice_project import ChaliceProject
from deployer.fingerprint import of_deploy
from deployer.gateway_answers import ANSWERS
from deployer.place import Place
from deployer.project import Project
from deployer.resources.api_throttling import ApiThrottling
from deployer.resources.bucket import Bucket
from deployer.resources.bucket_policy import BucketPolicy
from deployer.resources.chalice_app import ChaliceApp
from deployer.resources.email_identity import EmailIdentity
from deployer.resources.event_bus import EventBus
from deployer.resources.function_logs import FunctionLogs
from deployer.resources.function_permission import FunctionPermission
from deployer.resources.gateway_responses import GatewayResponses
from deployer.resources.log_group import LogGroup
from deployer.resources.log_policy import LogPolicy
from deployer.resources.pages import Pages
from deployer.resources.resource import Resource
from deployer.resources.role import Role
from deployer.resources.role_limit import RoleLimit
from deployer.resources.schedule import Schedule
from deployer.resources.state_machine import StateMachine
from deployer.resources.table import Table
from deployer.resources.user_pool import UserPool
from deployer.resources.user_pool_client import UserPoolClient
from deployer.resources.user_pool_group import UserPoolGroup
from deployer.resources.user_pool_triggers import UserPoolTriggers
from deployer.resources.websocket_api import WebSocketApi

STORES = (shops, qr_codes, orders, customers, numbers, outbox, sign_ins, journeys, insights, connections)
SHAPES = tuple(store.SHAPE for store in STORES)

USER_POOL = "serverlesspresso"
CLIENT = "serverlesspresso-app"
WORKFLOW = "OrderProcessorWorkflow"
WORKFLOW_ROLE = "serverlesspresso-order-processor"
EVENT_LOG = "/aws/events/serverlesspresso"  # EventBridge writes only into groups that begin so
EVENT_LOG_POLICY = "serverlesspresso-events"
LOG_DAYS = 14
LETTERS = "create_auth_challenge"  # the function that sends them
CONFIG_CHANGES = "config_changed"  # the function that hears of each change of a shop
SWEEP = "sweep"  # the function that mends what is stuck
PAGES = "serverlesspresso-pages-{account}-{region}"
HOME = "index.html"
WEBSITE: Mapping[str, Any] = {"IndexDocument": {"Suffix": HOME}, "ErrorDocument": {"Key": "404.html"}}
DAY_S = 24 * 60 * 60

# Nobody has a password that anybody knows: people sign in by a code (identity/sign_in.py), hence no MFA beside it.
USER_POOL_SETTINGS: Mapping[str, Any] = {
    "UsernameAttributes": ["email", "phone_number"],
    "UsernameConfiguration": {"CaseSensitive": False},
    # The cheapest plan, a third of the default one's price. What it lacks is none of what is used here, and challenges
    # of one's own are not among it ("Turning off features to change feature plans"):
    # https://docs.aws.amazon.com/cognito/latest/developerguide/feature-plans-deactivate.html
    "UserPoolTier": "LITE",
    "AutoVerifiedAttributes": [],
    "MfaConfiguration": "OFF",
    "DeletionProtection": "ACTIVE",
    "AccountRecoverySetting": {"RecoveryMechanisms": [{"Priority": 1, "Name": "verified_email"}]},
}
CLIENT_SETTINGS: Mapping[str, Any] = {
    # No other flow, or people would get in beside the code (Q33).
    "ExplicitAuthFlows": ["ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    "AuthSessionValidity": 5,  # minutes, as long as a code lives
    "AccessTokenValidity": 8,  # hours, a barista's shift
    "IdTokenValidity": 8,
    "RefreshTokenValidity": 30,
    "TokenValidityUnits": {"AccessToken": "hours", "IdToken": "hours", "RefreshToken": "days"},
    "EnableTokenRevocation": True,
    "PreventUserExistenceErrors": "LEGACY",
}
TRIGGERS: Mapping[str, str] = {
    "PreSignUp": "pre_sign_up",
    "DefineAuthChallenge": "define_auth_challenge",
    "CreateAuthChallenge": "create_auth_challenge",
    "VerifyAuthChallengeResponse": "verify_auth_challenge",
}


class Stage(Protocol):
    """What must exist in a stage."""

    def __call__(
        self, project: Project, place: Place, user_pool_arn: str, distribution_arn: str = ""
    ) -> list[Resource]:
        """What must exist, in the order in which it is made.

        Args:
            project: the checkout.
            place: where it goes.
            user_pool_arn: the user pool's; empty before there is one.
            distribution_arn: the distribution's; empty before there is one, and where the pages have no domain.
        """


def provision(project: Project, place: Place, user_pool_arn: str = "", distribution_arn: str = "") -> list[Resource]:
    """What the functions need, and what takes AWS a while to make known: roles, and a distribution to its edges."""
    bus = project.setting("EVENT_BUS_NAME")
    return [
        *(Table(project.setting(shape.setting.upper()), shape) for shape in SHAPES),
        *(Table(one.setting(shape.setting), shape) for one in project.extensions for shape in one.tables),
        Bucket(
            place.own_name(project.setting("JOURNEYS_BUCKET")),
            place.account,
            expiry_days=journeys.KEEP_SECONDS // DAY_S,
        ),
        # Behind its bucket: nobody else may take the name of what a distribution reads.
        _bucket_of_pages(project, place),
        *own_domain.wanted(project, place, pages_bucket(place), HOME),
        dead_letters.queue(project, place, bus_rules.arns(project, place)),
        EventBus(bus, bus_rules.names(project)),
        LogGroup(EVENT_LOG, LOG_DAYS),
        log_policy(project, place),
        UserPool(USER_POOL, USER_POOL_SETTINGS),
        UserPoolClient(CLIENT, USER_POOL, CLIENT_SETTINGS),
        UserPoolGroup(ADMIN_GROUP, USER_POOL),
        EmailIdentity(project.setting("LETTER_SENDER"), marked_on=place.bus_arn(bus)),
        _workflow_role(project, place),
        bus_rules.role(project, place),
    ]


def deploy(project: Project, place: Place, user_pool_arn: str, distribution_arn: str = "") -> list[Resource]:
    """The application itself, and those beside it."""
    environment = chalice_environment(user_pool_arn)
    return [
        ChaliceApp(
            one.app,
            stage=one.stage,
            function_names=tuple(one.function_names),
            arn=api_function_arn(one, place),
            root=one.root,
            home=project.root / ".local",
            environment=environment,
            fingerprint=of_deploy(one.code, environment),
            has_api=one.has_api,
            has_websocket=one.has_websocket,
        )
        for one in _applications(project)
    ]


def chalice_environment(user_pool_arn: str) -> dict[str, str]:
    """The variables that app.py reads while Chalice deploys it."""
    return {"USER_POOL_ARN": user_pool_arn}


def wire(project: Project, place: Place, user_pool_arn: str, distribution_arn: str = "") -> list[Resource]:
    """What needs the functions, or the distribution."""
    machine_arn = place.state_machine_arn(WORKFLOW)
    role_arn = place.role_arn(WORKFLOW_ROLE)
    triggers = {trigger: project.function_name(function) for trigger, function in TRIGGERS.items()}
    return [
        StateMachine(
            WORKFLOW, machine_arn, workflow.definition(project, place), role_arn, workflow.described_in(project)
        ),
        *(FunctionLogs(one.api_function, one.function_names, LOG_DAYS) for one in _applications(project)),
        # Only here: the role is Chalice's, named after its function, which nobody calls before its trigger is set.
        RoleLimit(project.function_name(LETTERS), access.only_letters_from(project.setting("LETTER_SENDER"))),
        *_readers_of_pages(project, place, distribution_arn),
        *_pages(project, place),
        *bus_rules.permissions(project, place),
        *bus_rules.rules(project, place),
        *dead_letters.deliveries(project, place),
        # An order that no workflow has claimed is announced again and again, which starts one again and again.
        Schedule(project.event_rule_name(SWEEP), awake=workflow.claims_orders(project)),
        *dead_letters.asynchronous_calls(project, place, bus_rules.functions(project)),
        dead_letters.stream_reading(project, place, project.setting("SHOPS_TABLE"), CONFIG_CHANGES),
        *(
            FunctionPermission(name, f"cognito-{trigger}", "cognito-idp.amazonaws.com", user_pool_arn)
            for trigger, name in triggers.items()
        ),
        UserPoolTriggers(USER_POOL, {trigger: place.function_arn(name) for trigger, name in triggers.items()}),
        *_doors(project, place),
        *_sockets(project, place, user_pool_arn),
        *alarms.alarms(project, place, WORKFLOW),
    ]


STAGES: Mapping[str, Stage] = {"provision": provision, "deploy": deploy, "wire": wire}


def log_policy(project: Project, place: Place) -> LogPolicy:
    """What lets the bus's rules write the log of events."""
    writers = bus_rules.writers(project, place, EVENT_LOG)
    return LogPolicy(EVENT_LOG_POLICY, access.logging_events(place.log_group_arn(EVENT_LOG), writers))


def _workflow_role(project: Project, place: Place) -> Role:
    functions = workflow.functions(project)
    tables = project.setting("ORDERS_TABLE"), project.setting("SHOPS_TABLE")
    return Role(
        WORKFLOW_ROLE, access.trusting("states.amazonaws.com"), access.order_processor(place, functions, *tables)
    )


def _applications(project: Project) -> list[ChaliceProject]:
    return [project, *project.extensions]


def _doors(project: Project, place: Place) -> list[Resource]:
    """What each REST API answers by itself, and how much it takes."""
    limits = {one.app: throttling.of_extension_api() for one in project.extensions} | {project.app: throttling.of_api()}
    apis = [(one.app, api_function_arn(one, place), one.api_stage) for one in _applications(project) if one.has_api]
    return [
        *(GatewayResponses(*api, ANSWERS) for api in apis),
        *(ApiThrottling(*api, limits[api[0]]) for api in apis),
    ]


def _sockets(project: Project, place: Place, user_pool_arn: str) -> list[Resource]:
    """The WebSocket APIs; whoever connects to one shows its function a token of the same pool and client."""
    limits = {one.app: throttling.of_extension_sockets() for one in project.extensions}
    limits |= {project.app: throttling.of_sockets()}
    pool = USER_POOL, CLIENT, place.issuer(user_pool_arn)
    return [
        WebSocketApi(one.websocket_api_name, one.api_stage, *pool, *limits[one.app])
        for one in _applications(project)
        if one.has_websocket
    ]


def pages_bucket(place: Place) -> str:
    """The bucket that anybody may read the pages from."""
    return place.own_name(PAGES)


def taken_back(project: Project, place: Place) -> list[Resource]:
    """What a setting asked for that the stage does not name any more: there it may be all the same."""
    return own_domain.may_be_left(project, place, pages_bucket(place), HOME)


def _bucket_of_pages(project: Project, place: Place) -> Bucket:
    """Readable by anybody; on AWS not over plain HTTP, where browsers give no page the camera. A laptop has no TLS.

    Hence no website on AWS: S3 serves those over plain HTTP only (docs/adr/0020). Where the pages have a domain of
    their own, only its distribution reads them.
    """
    name = pages_bucket(place)
    if own_domain.own_domain(project, place):
        return Bucket(name, place.account, has_policy_beside=True, goes_after=own_domain.READER)
    policy = access.reading_by_anybody(place.bucket_arn(name), encrypted_only=place.endpoint is None)
    website = WEBSITE if place.endpoint else None
    # A domain that was named once may have a distribution yet.
    return Bucket(name, place.account, policy=policy, website=website, goes_after=own_domain.READER)


def _readers_of_pages(project: Project, place: Place, distribution_arn: str) -> list[BucketPolicy]:
    if not own_domain.own_domain(project, place):
        return []
    name = pages_bucket(place)
    policy = access.reading_by_distribution(place.bucket_arn(name), distribution_arn)
    return [BucketPolicy(name, place.account, policy, distribution_arn)]


def _pages(project: Project, place: Place) -> list[Pages]:
    """None where none were built: then those that are there stay."""
    folders = project.pages_folder, project.pages, project.overlay.pages
    return [Pages(pages_bucket(place), *folders)] if project.pages else []


def api_function_arn(project: ChaliceProject, place: Place) -> str:
    """The ARN of the function that answers the API."""
    return place.function_arn(project.api_function)
