"""CloudFront's origin access controls: how a distribution signs what it asks of a bucket that is closed to all others.

https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
"""

from dataclasses import dataclass
from typing import Any

from deployer.aws import Aws
from deployer.resources.refusals import passing
from deployer.resources.resource import Adapter, Resource, State
from deployer.resources.waiting import once_not_refused_as

SIGNING = {"SigningProtocol": "sigv4", "SigningBehavior": "always", "OriginAccessControlOriginType": "s3"}
GONE, IN_USE = "NoSuchOriginAccessControl", "OriginAccessControlInUse"
PATIENCE_S = 60


@dataclass(frozen=True)
class OriginAccess(Resource):
    """An origin access control for a bucket."""

    kind = "origin access control"

    def state(self) -> State:
        """That each request is signed."""
        return SIGNING


class OriginAccessAdapter(Adapter[OriginAccess]):
    """Origin access controls in CloudFront."""

    def read(self, wanted: OriginAccess) -> State | None:
        """The one of that name."""
        found: State | None = _find(self.aws, wanted.name)
        return found

    def create(self, wanted: OriginAccess) -> None:
        """Make it; its name is its own in an account."""
        with passing("OriginAccessControlAlreadyExists"):
            self.aws.cloudfront.create_origin_access_control(OriginAccessControlConfig=_settings(wanted))

    def update(self, wanted: OriginAccess, differing: frozenset[str]) -> None:
        """Put all of it."""
        if found := self._with_etag(wanted):
            self.aws.cloudfront.update_origin_access_control(**found, OriginAccessControlConfig=_settings(wanted))

    # Who uses it is gone a moment before CloudFront knows everywhere that it is.
    @once_not_refused_as(IN_USE, seconds=PATIENCE_S)
    def delete(self, wanted: OriginAccess) -> None:
        """Remove it."""
        with passing(GONE):
            if found := self._with_etag(wanted):
                self.aws.cloudfront.delete_origin_access_control(**found)

    def _with_etag(self, of: OriginAccess) -> Any:
        if origin_access_id := find_origin_access(self.aws, of.name):
            found = self.aws.cloudfront.get_origin_access_control(Id=origin_access_id)
            return {"Id": origin_access_id, "IfMatch": found["ETag"]}
        return None


def find_origin_access(aws: Aws, name: str) -> str | None:
    """The id of the origin access control of that name, or None."""
    found = _find(aws, name)
    return found["Id"] if found else None


def _find(aws: Aws, name: str) -> Any:
    pages = aws.cloudfront.get_paginator("list_origin_access_controls").paginate()
    controls = (one for page in pages for one in page["OriginAccessControlList"].get("Items", []))
    return next((one for one in controls if one["Name"] == name), None)


def _settings(of: OriginAccess) -> Any:
    return {"Name": of.name, **SIGNING}
