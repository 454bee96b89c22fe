"""SES's e-mail identities: addresses that letters may be sent from.

An address may have been verified long before us, for something else. SES's identities take no tags, so that we made one
is said by a tag of the event bus; without it, the identity is not ours to remove.
"""

from dataclasses import dataclass

from deployer.resources.refusals import passing
from deployer.resources.resource import Adapter, Resource, State

MADE = "deployer:email-identity"


@dataclass(frozen=True)
class EmailIdentity(Resource):
    """An e-mail address whose owner agrees that we send from it.

    Attributes:
        marked_on: the ARN of the event bus whose tag names the identity that we made; removed after it.
    """

    kind = "e-mail identity"

    marked_on: str

    def state(self) -> State:
        """That SES knows it; whether its owner agrees is up to the owner."""
        return {}

    def remark(self, actual: State) -> str:
        """The owner's part."""
        if actual["verification"] == "Success":
            return ""
        return f"no letter leaves before its owner follows the link that AWS sent ({actual['verification']})"


class EmailIdentityAdapter(Adapter[EmailIdentity]):
    """Identities in SES."""

    def read(self, wanted: EmailIdentity) -> State | None:
        """Whether SES knows the address, and whether its owner agreed."""
        pages = self.aws.ses.get_paginator("list_identities").paginate(IdentityType="EmailAddress")
        if not any(wanted.name in page["Identities"] for page in pages):
            return None
        answer = self.aws.ses.get_identity_verification_attributes(Identities=[wanted.name])
        return {"verification": answer["VerificationAttributes"][wanted.name]["VerificationStatus"]}

    def create(self, wanted: EmailIdentity) -> None:
        """Have AWS ask the owner by a letter; the mark comes first, lest a kill leave an identity that nobody made."""
        self.aws.events.tag_resource(ResourceARN=wanted.marked_on, Tags=[{"Key": MADE, "Value": wanted.name}])
        self.aws.ses.verify_email_identity(EmailAddress=wanted.name)

    def delete(self, wanted: EmailIdentity) -> None:
        """Forget the address."""
        self.aws.ses.delete_identity(Identity=wanted.name)
        with passing("ResourceNotFoundException"):
            self.aws.events.untag_resource(ResourceARN=wanted.marked_on, TagKeys=[MADE])

    def remains(self, wanted: EmailIdentity) -> list[str]:
        """The address, if it was made known to SES by us."""
        return ["exists"] if self.read(wanted) is not None and self._made(wanted) else []

    def _made(self, wanted: EmailIdentity) -> bool:
        with passing("ResourceNotFoundException"):
            tags = self.aws.events.list_tags_for_resource(ResourceARN=wanted.marked_on)["Tags"]
            return {"Key": MADE, "Value": wanted.name} in tags
        return False
