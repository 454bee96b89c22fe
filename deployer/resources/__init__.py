"""Every kind of resource, a file each; this list is all that knows them all."""

from collections.abc import Mapping
from typing import Any

from deployer.resources.abandoned_app import AbandonedApp, AbandonedAppAdapter
from deployer.resources.alarm import Alarm, AlarmAdapter
from deployer.resources.alarm_topic import AlarmTopic, AlarmTopicAdapter
from deployer.resources.api_throttling import ApiThrottling, ApiThrottlingAdapter
from deployer.resources.asynchronous_calls import AsynchronousCalls, AsynchronousCallsAdapter
from deployer.resources.bucket import Bucket, BucketAdapter
from deployer.resources.bucket_policy import BucketPolicy, BucketPolicyAdapter
from deployer.resources.chalice_app import ChaliceApp, ChaliceAppAdapter
from deployer.resources.distribution import Distribution, DistributionAdapter
from deployer.resources.email_identity import EmailIdentity, EmailIdentityAdapter
from deployer.resources.event_bus import EventBus, EventBusAdapter
from deployer.resources.event_source_mapping import EventSourceMapping, EventSourceMappingAdapter
from deployer.resources.function_logs import FunctionLogs, FunctionLogsAdapter
from deployer.resources.function_permission import FunctionPermission, FunctionPermissionAdapter
from deployer.resources.gateway_responses import GatewayResponses, GatewayResponsesAdapter
from deployer.resources.log_group import LogGroup, LogGroupAdapter
from deployer.resources.log_policy import LogPolicy, LogPolicyAdapter
from deployer.resources.origin_access import OriginAccess, OriginAccessAdapter
from deployer.resources.pages import Pages, PagesAdapter
from deployer.resources.queue import Queue, QueueAdapter
from deployer.resources.resource import Adapter, Resource
from deployer.resources.response_headers import ResponseHeaders, ResponseHeadersAdapter
from deployer.resources.role import Role, RoleAdapter
from deployer.resources.role_limit import RoleLimit, RoleLimitAdapter
from deployer.resources.rule import Rule, RuleAdapter
from deployer.resources.schedule import Schedule, ScheduleAdapter
from deployer.resources.state_machine import StateMachine, StateMachineAdapter
from deployer.resources.table import Table, TableAdapter
from deployer.resources.target_delivery import TargetDelivery, TargetDeliveryAdapter
from deployer.resources.user_pool import UserPool, UserPoolAdapter
from deployer.resources.user_pool_client import UserPoolClient, UserPoolClientAdapter
from deployer.resources.user_pool_group import UserPoolGroup, UserPoolGroupAdapter
from deployer.resources.user_pool_triggers import UserPoolTriggers, UserPoolTriggersAdapter
from deployer.resources.websocket_api import WebSocketApi, WebSocketApiAdapter

ADAPTERS: Mapping[type[Resource], type[Adapter[Any]]] = {
    AbandonedApp: AbandonedAppAdapter,
    Alarm: AlarmAdapter,
    AlarmTopic: AlarmTopicAdapter,
    ApiThrottling: ApiThrottlingAdapter,
    AsynchronousCalls: AsynchronousCallsAdapter,
    Bucket: BucketAdapter,
    BucketPolicy: BucketPolicyAdapter,
    ChaliceApp: ChaliceAppAdapter,
    Distribution: DistributionAdapter,
    EmailIdentity: EmailIdentityAdapter,
    EventBus: EventBusAdapter,
    EventSourceMapping: EventSourceMappingAdapter,
    FunctionLogs: FunctionLogsAdapter,
    FunctionPermission: FunctionPermissionAdapter,
    GatewayResponses: GatewayResponsesAdapter,
    LogGroup: LogGroupAdapter,
    LogPolicy: LogPolicyAdapter,
    OriginAccess: OriginAccessAdapter,
    Pages: PagesAdapter,
    Queue: QueueAdapter,
    ResponseHeaders: ResponseHeadersAdapter,
    Role: RoleAdapter,
    RoleLimit: RoleLimitAdapter,
    Rule: RuleAdapter,
    Schedule: ScheduleAdapter,
    StateMachine: StateMachineAdapter,
    Table: TableAdapter,
    TargetDelivery: TargetDeliveryAdapter,
    UserPool: UserPoolAdapter,
    UserPoolClient: UserPoolClientAdapter,
    UserPoolGroup: UserPoolGroupAdapter,
    UserPoolTriggers: UserPoolTriggersAdapter,
    WebSocketApi: WebSocketApiAdapter,
}
