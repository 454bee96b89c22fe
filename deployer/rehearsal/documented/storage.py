"""What S3's and SQS's API references say of a bucket's configuration and a queue's attributes.

What a bucket was never given is refused, each with a code of its own ("List of error codes"); SQS gives every attribute
as a text.
"""

import json
from collections.abc import Mapping
from hashlib import md5
from typing import Any

from deployer.rehearsal.account import Account, Answer, Refused
from deployer.rehearsal.rewritten import rewritten
from deployer.resources.policy import lets_anybody_in

NO_QUEUE = "AWS.SimpleQueueService.NonExistentQueue"
QUEUES = "https://sqs.eu-west-1.amazonaws.com/123456789012/"


def need_bucket(account: Account, asked: Mapping[str, Any]) -> None:
    if not account.all("s3:CreateBucket", Bucket=asked["Bucket"]):
        raise Refused("NoSuchBucket", 404)


def _put(operation: str, member: str, missing: str) -> Answer:
    """What was put is given back as it was."""

    def answer(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
        need_bucket(account, asked)
        return {member: account.last(operation, missing, Bucket=asked["Bucket"])[member]}

    return answer


def put_bucket_policy(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    """One that lets anybody in is refused while the bucket, as each new one does, or the account blocks such policies.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
    """
    blocks = (
        account.all("s3control:PutPublicAccessBlock")[-1:]
        + account.all("s3:PutPublicAccessBlock", Bucket=asked["Bucket"])[-1:]
    )
    opened = account.all("s3:PutPublicAccessBlock", Bucket=asked["Bucket"])
    if not lets_anybody_in(json.loads(asked["Policy"])):
        return {}
    if not opened or any(block[BLOCK]["BlockPublicPolicy"] for block in blocks):
        raise Refused("AccessDenied", 403)
    return {}


def get_bucket_policy(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    need_bucket(account, asked)
    put = account.last("s3:PutBucketPolicy", "NoSuchBucketPolicy", Bucket=asked["Bucket"])
    return {"Policy": rewritten(put["Policy"])}


def get_account_block(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    return {BLOCK: account.last("s3control:PutPublicAccessBlock", BLOCKING)[BLOCK]}


def get_bucket_lifecycle_configuration(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    missing = "NoSuchLifecycleConfiguration"
    put = account.last("s3:PutBucketLifecycleConfiguration", missing, Bucket=asked["Bucket"])
    size = {"TransitionDefaultMinimumObjectSize": "all_storage_classes_128K"}
    return {"Rules": put["LifecycleConfiguration"]["Rules"], **size}


def get_bucket_encryption(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    """Every bucket is encrypted since 2023, whether that was asked for or not."""
    rule = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}, "BucketKeyEnabled": False}
    return {"ServerSideEncryptionConfiguration": {"Rules": [rule]}}


def get_bucket_cors(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    put = account.last("s3:PutBucketCors", "NoSuchCORSConfiguration", Bucket=asked["Bucket"])
    return {"CORSRules": put["CORSConfiguration"]["CORSRules"]}


def list_objects_v2(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    """An object's ETag is the MD5 of what was put at once ("Object")."""
    need_bucket(account, asked)
    put = account.all("s3:PutObject", Bucket=asked["Bucket"])
    objects = [{"Key": one["Key"], "ETag": _etag(one["Body"].getvalue())} for one in put]  # botocore makes a file of it
    return {"Contents": objects, "KeyCount": len(objects), "IsTruncated": False}


def _etag(content: bytes) -> str:
    return f'"{md5(content, usedforsecurity=False).hexdigest()}"'


def create_queue(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"QueueUrl": QUEUES + asked["QueueName"]}


def get_queue_url(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    """Not yet known to others in the second in which it is made (CreateQueue), before anything else is."""
    account.last("sqs:CreateQueue", NO_QUEUE, QueueName=asked["QueueName"])
    if account.done[-1].operation == "sqs:CreateQueue":
        raise Refused(NO_QUEUE)
    return {"QueueUrl": QUEUES + asked["QueueName"]}


def get_queue_attributes(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    attributes = {"VisibilityTimeout": "30", "MessageRetentionPeriod": "345600", "SqsManagedSseEnabled": "true"}
    made = account.last("sqs:CreateQueue", NO_QUEUE, QueueName=asked["QueueUrl"].rpartition("/")[2])
    for put in (made, *account.all("sqs:SetQueueAttributes", QueueUrl=asked["QueueUrl"])):
        attributes |= put.get("Attributes", {})
    if "Policy" in attributes:
        attributes["Policy"] = rewritten(attributes["Policy"])
    return {"Attributes": attributes}


BLOCK, BLOCKING = "PublicAccessBlockConfiguration", "NoSuchPublicAccessBlockConfiguration"
ANSWERS: Mapping[str, Answer] = {
    "s3:GetPublicAccessBlock": _put("s3:PutPublicAccessBlock", BLOCK, BLOCKING),
    "s3:GetBucketPolicy": get_bucket_policy,
    "s3:GetBucketLifecycleConfiguration": get_bucket_lifecycle_configuration,
    "s3:GetBucketEncryption": get_bucket_encryption,
    "s3:GetBucketCors": get_bucket_cors,
    "s3:PutBucketPolicy": put_bucket_policy,
    "s3control:GetPublicAccessBlock": get_account_block,
    "s3:ListObjectsV2": list_objects_v2,
    "sqs:CreateQueue": create_queue,
    "sqs:GetQueueUrl": get_queue_url,
    "sqs:GetQueueAttributes": get_queue_attributes,
}
