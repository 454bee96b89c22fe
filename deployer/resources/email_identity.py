"""SES's e-mail identities: addresses that letters may be sent from."""

from dataclasses import dataclass

from deployer.resources.resource import Adapter, Resource, State


@dataclass(frozen=True)
class EmailIdentity(Resource):
    """An e-mail address whose owner agrees that we send from it."""

    kind = "e-mail identity"

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
        """Have AWS ask the owner by a letter."""
        self.aws.ses.verify_email_identity(EmailAddress=wanted.name)

    def delete(self, wanted: EmailIdentity) -> None:
        """Forget the address."""
        self.aws.ses.delete_identity(Identity=wanted.name)
