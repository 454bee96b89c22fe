"""S3's buckets: encrypted, and closed to the public but for what a policy of ours says."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from deployer.problem import Problem
from deployer.resources.access_block import ACCESS, block, block_of, put_block
from deployer.resources.bucket_policy import PATIENCE_S, POLICY, UNSETTLED, policy_of, put_policy
from deployer.resources.policy import canonical, lets_anybody_in
from deployer.resources.refusals import passing, refused_as
from deployer.resources.resource import Adapter, Resource, State
from deployer.resources.waiting import once_not_refused_as

OWNER, ENCRYPTION = "owner", "encryption"
EXPIRY, CORS, WEBSITE = "expiry", "CORS", "website"
US, SOMEBODY_ELSE = "this account", "somebody else"
_EVERYWHERE_BUT = "us-east-1"  # which must not be named as a bucket's place (CreateBucket, LocationConstraint)


@dataclass(frozen=True)
class Bucket(Resource):
    """A bucket.

    Attributes:
        account: who must own it; all accounts of the world share the names.
        expiry_days: how long it keeps an object; None for ever.
        cors: S3's CORSRules; none where no page of another origin reads it.
        policy: who may read it beside its account, which may be anybody; None for nobody.
        has_policy_beside: whether its policy is a BucketPolicy: then who reads it is no business of the bucket's, which
            stays as open as it was until that policy is put. S3 makes each bucket closed.
        website: S3's WebsiteConfiguration; where there is none to be, S3 is not asked for one.
    """

    kind = "bucket"
    holds = "objects"

    account: str
    expiry_days: int | None = None
    cors: Sequence[Mapping[str, Any]] = ()
    policy: Mapping[str, Any] | None = None
    has_policy_beside: bool = False
    website: Mapping[str, Any] | None = None

    def state(self) -> State:
        """Whose it is, and how it guards and keeps its objects."""
        return {
            OWNER: US,
            ENCRYPTION: "AES256",
            EXPIRY: self.lifecycle(),
            CORS: list(self.cors),
            **({} if self.has_policy_beside else {ACCESS: self.access_block(), POLICY: canonical(self.policy)}),
            **({WEBSITE: self.website} if self.website else {}),
        }

    def access_block(self) -> dict[str, bool]:
        """What no grant can open; access lists are never used, policies only where one lets anybody in."""
        return block(closed=not lets_anybody_in(self.policy))

    def lifecycle(self) -> list[dict[str, Any]]:
        """The lifecycle rules."""
        if self.expiry_days is None:
            return []
        expiration = {"Expiration": {"Days": self.expiry_days}}
        return [{"ID": "expiry", "Status": "Enabled", "Filter": {"Prefix": ""}, **expiration}]

    def obstacle(self, attribute: str, actual: Any) -> str | None:
        """A name that is taken."""
        if attribute == OWNER:
            return "all accounts share S3's names, so choose another (or the credentials may not list this bucket)"
        return None


class BucketAdapter(Adapter[Bucket]):
    """Buckets in S3."""

    def read(self, wanted: Bucket) -> State | None:
        """The bucket's configuration, a call for each part of it; of somebody else's only that it is theirs."""
        owner = self._owner(wanted)
        if owner is None:
            return None
        if owner != US:
            return {OWNER: owner}
        return {
            OWNER: owner,
            ACCESS: block_of(self.aws, wanted.name),
            ENCRYPTION: self._encryption(wanted.name),
            EXPIRY: self._lifecycle(wanted.name),
            CORS: self._cors(wanted.name),
            POLICY: policy_of(self.aws, wanted.name, wanted.account),
            **({WEBSITE: self._website(wanted.name)} if wanted.website else {}),
        }

    @once_not_refused_as(UNSETTLED, seconds=PATIENCE_S)
    def create(self, wanted: Bucket) -> None:
        """Make it; where it is ours already, make it so.

        Raises:
            Problem: somebody else was faster.
        """
        region = self.aws.s3.meta.region_name
        place: dict[str, Any] = {"CreateBucketConfiguration": {"LocationConstraint": region}}
        try:
            with passing("BucketAlreadyOwnedByYou"):
                self.aws.s3.create_bucket(Bucket=wanted.name, **(place if region != _EVERYWHERE_BUT else {}))
        except ClientError as error:
            if refused_as("BucketAlreadyExists")(error):
                raise Problem(f"the name {wanted.name} is taken by somebody else") from None
            raise
        self.update(wanted, frozenset(wanted.state()))

    @once_not_refused_as(UNSETTLED, seconds=PATIENCE_S)
    def update(self, wanted: Bucket, differing: frozenset[str]) -> None:
        """Put what differs; the access block first, since it decides what policy S3 takes."""
        parts: Mapping[str, Callable[[Bucket], None]] = {
            ACCESS: lambda bucket: put_block(self.aws, bucket.name, bucket.access_block()),
            ENCRYPTION: self._put_encryption,
            EXPIRY: self._put_lifecycle,
            CORS: self._put_cors,
            POLICY: lambda bucket: put_policy(self.aws, bucket.name, bucket.account, bucket.policy),
            WEBSITE: self._put_website,
        }
        for part, put in parts.items():
            if part in differing:
                put(wanted)

    def delete(self, wanted: Bucket) -> None:
        """Remove it with all versions of all its objects."""
        with passing("NoSuchBucket"):
            self._empty(wanted.name)
            self.aws.s3.delete_bucket(Bucket=wanted.name)

    def remains(self, wanted: Bucket) -> list[str]:
        """Nothing where it is somebody else's."""
        return ["exists"] if self._owner(wanted) == US else []

    def _owner(self, of: Bucket) -> str | None:
        try:
            policy_of(self.aws, of.name, of.account)
        except ClientError as error:
            match error.response["Error"]["Code"]:
                case "NoSuchBucket":
                    return None
                case "AccessDenied" | "MethodNotAllowed":
                    return SOMEBODY_ELSE
            raise
        return US

    def _encryption(self, name: str) -> str | None:
        with passing("ServerSideEncryptionConfigurationNotFoundError"):
            (rule,) = self.aws.s3.get_bucket_encryption(Bucket=name)["ServerSideEncryptionConfiguration"]["Rules"]
            return rule["ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"]
        return None

    def _put_encryption(self, wanted: Bucket) -> None:
        self.aws.s3.put_bucket_encryption(
            Bucket=wanted.name,
            ServerSideEncryptionConfiguration={
                "Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]
            },
        )

    def _lifecycle(self, name: str) -> list[Any]:
        with passing("NoSuchLifecycleConfiguration"):
            return list(self.aws.s3.get_bucket_lifecycle_configuration(Bucket=name)["Rules"])
        return []

    def _put_lifecycle(self, wanted: Bucket) -> None:
        rules: Any = wanted.lifecycle()
        if rules:
            self.aws.s3.put_bucket_lifecycle_configuration(Bucket=wanted.name, LifecycleConfiguration={"Rules": rules})
        else:
            self.aws.s3.delete_bucket_lifecycle(Bucket=wanted.name)

    def _cors(self, name: str) -> list[Any]:
        with passing("NoSuchCORSConfiguration"):
            return list(self.aws.s3.get_bucket_cors(Bucket=name)["CORSRules"])
        return []

    def _put_cors(self, wanted: Bucket) -> None:
        rules: Any = list(wanted.cors)
        if rules:
            self.aws.s3.put_bucket_cors(Bucket=wanted.name, CORSConfiguration={"CORSRules": rules})
        else:
            self.aws.s3.delete_bucket_cors(Bucket=wanted.name)

    def _website(self, name: str) -> Any:
        with passing("NoSuchWebsiteConfiguration"):
            answer = self.aws.s3.get_bucket_website(Bucket=name)
            return {part: value for part, value in answer.items() if part != "ResponseMetadata"}
        return None

    def _put_website(self, wanted: Bucket) -> None:
        website: Any = wanted.website
        self.aws.s3.put_bucket_website(Bucket=wanted.name, WebsiteConfiguration=website)

    def _empty(self, name: str) -> None:
        for page in self.aws.s3.get_paginator("list_object_versions").paginate(Bucket=name):
            found = [*page.get("Versions", []), *page.get("DeleteMarkers", [])]
            self._delete_versions(name, [{"Key": one["Key"], "VersionId": one["VersionId"]} for one in found])

    def _delete_versions(self, name: str, versions: list[Any]) -> None:
        if not versions:
            return
        answer = self.aws.s3.delete_objects(Bucket=name, Delete={"Objects": versions, "Quiet": True})
        if errors := answer.get("Errors"):
            raise Problem(f"S3 did not delete {errors[0].get('Key')}: {errors[0].get('Message')}")
