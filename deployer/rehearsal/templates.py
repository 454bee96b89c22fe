"""What the deployer makes, as CloudFormation would be told of it: what AWS's linter can judge."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from deployer.rehearsal.place import PLACE
from deployer.resources.bucket import Bucket
from deployer.resources.bucket_policy import BucketPolicy
from deployer.resources.distribution import Distribution
from deployer.resources.log_policy import LogPolicy
from deployer.resources.origin_access import OriginAccess
from deployer.resources.queue import Queue
from deployer.resources.resource import Resource
from deployer.resources.response_headers import ResponseHeaders
from deployer.resources.role import Role
from deployer.resources.state_machine import StateMachine

type Template = dict[str, Any]

OTHERWISE_CALLED = {
    "ACMCertificateArn": "AcmCertificateArn",
    "IsIPV6Enabled": "IPV6Enabled",
    "SSLSupportMethod": "SslSupportMethod",
}


def as_template(one: Resource) -> Template | None:
    """What of a resource the linter can judge."""
    of_kind = _TEMPLATES.get(type(one))
    return of_kind(one) if of_kind else None


def state_machine(definition: Any) -> Template:
    """A state machine with this definition."""
    properties = {"RoleArn": PLACE.role_arn("r"), "DefinitionString": json.dumps(definition)}
    return {"Type": "AWS::StepFunctions::StateMachine", "Properties": properties}


def managed_policy(document: Any) -> Template:
    """A policy that says this."""
    return {"Type": "AWS::IAM::ManagedPolicy", "Properties": {"PolicyDocument": document}}


def _role(of: Role) -> Template:
    policy = {"PolicyName": "access", "PolicyDocument": of.access}
    properties = {"AssumeRolePolicyDocument": of.trust, "Policies": [policy]}
    return {"Type": "AWS::IAM::Role", "Properties": properties}


def _queue(of: Queue) -> Template:
    return {"Type": "AWS::SQS::QueuePolicy", "Properties": {"Queues": ["url"], "PolicyDocument": of.policy}}


def _bucket(of: Bucket | BucketPolicy) -> Template | None:
    properties = {"Bucket": of.name, "PolicyDocument": of.policy}
    return {"Type": "AWS::S3::BucketPolicy", "Properties": properties} if of.policy else None


def _log_policy(of: LogPolicy) -> Template:
    properties = {"PolicyName": of.name, "PolicyDocument": json.dumps(of.document)}
    return {"Type": "AWS::Logs::ResourcePolicy", "Properties": properties}


def _distribution(of: Distribution) -> Template:
    properties = {"DistributionConfig": _in_cloudformations_words(of.state())}
    return {"Type": "AWS::CloudFront::Distribution", "Properties": properties}


def _origin_access(of: OriginAccess) -> Template:
    properties = {"OriginAccessControlConfig": {"Name": of.name, **of.state()}}
    return {"Type": "AWS::CloudFront::OriginAccessControl", "Properties": properties}


def _response_headers(of: ResponseHeaders) -> Template:
    properties = {"ResponseHeadersPolicyConfig": {"Name": of.name, "SecurityHeadersConfig": of.state()}}
    return {"Type": "AWS::CloudFront::ResponseHeadersPolicy", "Properties": properties}


def _in_cloudformations_words(settings: Any) -> Any:
    """CloudFront's settings as CloudFormation wants them: lists without their length, and a few other names."""
    match settings:
        case {"Quantity": _, "Items": items}:
            return _in_cloudformations_words(items)
        case dict():
            return {OTHERWISE_CALLED.get(name, name): _in_cloudformations_words(one) for name, one in settings.items()}
        case list():
            return [_in_cloudformations_words(one) for one in settings]
    return settings


_TEMPLATES: Mapping[type[Resource], Callable[[Any], Template | None]] = {
    Bucket: _bucket,
    BucketPolicy: _bucket,
    Distribution: _distribution,
    LogPolicy: _log_policy,
    OriginAccess: _origin_access,
    Queue: _queue,
    ResponseHeaders: _response_headers,
    Role: _role,
    StateMachine: lambda one: state_machine(one.definition),
}
