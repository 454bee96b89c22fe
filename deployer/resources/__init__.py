"""Every kind of resource, a file each; this list is all that knows them all."""

from collections.abc import Mapping
from typing import Any

from deployer.resources.chalice_app import ChaliceApp, ChaliceAppAdapter
from deployer.resources.email_identity import EmailIdentity, EmailIdentityAdapter
from deployer.resources.event_bus import EventBus, EventBusAdapter
from deployer.resources.function_permission import FunctionPermission, FunctionPermissionAdapter
from deployer.resources.gateway_responses import GatewayResponses, GatewayResponsesAdapter
from deployer.resources.log_group import LogGroup, LogGroupAdapter
from deployer.resources.log_policy import LogPolicy, LogPolicyAdapter
from deployer.resources.resource import Adapter, Resource
from deployer.resources.role import Role, RoleAdapter
from deployer.resources.rule import Rule, RuleAdapter
from deployer.resources.state_machine import StateMachine, StateMachineAdapter
from deployer.resources.table import Table, TableAdapter
from deployer.resources.user_pool import UserPool, UserPoolAdapter
from deployer.resources.user_pool_client import UserPoolClient, UserPoolClientAdapter
from deployer.resources.user_pool_group import UserPoolGroup, UserPoolGroupAdapter
from deployer.resources.user_pool_triggers import UserPoolTriggers, UserPoolTriggersAdapter

ADAPTERS: Mapping[type[Resource], type[Adapter[Any]]] = {
    ChaliceApp: ChaliceAppAdapter,
    EmailIdentity: EmailIdentityAdapter,
    EventBus: EventBusAdapter,
    FunctionPermission: FunctionPermissionAdapter,
    GatewayResponses: GatewayResponsesAdapter,
    LogGroup: LogGroupAdapter,
    LogPolicy: LogPolicyAdapter,
    Role: RoleAdapter,
    Rule: RuleAdapter,
    StateMachine: StateMachineAdapter,
    Table: TableAdapter,
    UserPool: UserPoolAdapter,
    UserPoolClient: UserPoolClientAdapter,
    UserPoolGroup: UserPoolGroupAdapter,
    UserPoolTriggers: UserPoolTriggersAdapter,
}
