"""SNS's topics that write a letter to one address.

SNS asks the address's owner first, by a letter with a link, and forgets who did not follow it:
https://docs.aws.amazon.com/sns/latest/dg/sns-email-notifications.html
"""

from dataclasses import dataclass

from deployer.resources.refusals import passing
from deployer.resources.resource import Adapter, Resource, State

TOLD, AGREED = "told", "agreed"
PENDING = "PendingConfirmation"  # instead of a subscription's ARN (ListSubscriptionsByTopic)


@dataclass(frozen=True)
class AlarmTopic(Resource):
    """A topic.

    Attributes:
        arn: which follows from its name.
        address: who is told.
    """

    kind = "alarm topic"

    arn: str
    address: str

    def state(self) -> State:
        """Who is told."""
        return {TOLD: [self.address]}

    def remark(self, actual: State) -> str:
        """The owner's part."""
        return "" if actual[AGREED] else f"no alarm is told before {self.address} follows the link that AWS sent"


class AlarmTopicAdapter(Adapter[AlarmTopic]):
    """Topics and their subscriptions in SNS."""

    def read(self, wanted: AlarmTopic) -> State | None:
        """Whom the topic tells, and whether they agreed."""
        with passing("NotFound"):
            pages = self.aws.sns.get_paginator("list_subscriptions_by_topic").paginate(TopicArn=wanted.arn)
            found = [one for page in pages for one in page["Subscriptions"]]
            agreed = all(one["SubscriptionArn"] != PENDING for one in found)
            return {TOLD: [one["Endpoint"] for one in found], AGREED: agreed}
        return None

    def create(self, wanted: AlarmTopic) -> None:
        """Make it, whether it is there or not, and have its address asked."""
        self.aws.sns.create_topic(Name=wanted.name)
        self.aws.sns.subscribe(TopicArn=wanted.arn, Protocol="email", Endpoint=wanted.address)

    def update(self, wanted: AlarmTopic, differing: frozenset[str]) -> None:
        """Make it anew: only so are those gone who have not agreed yet."""
        self.delete(wanted)
        self.create(wanted)

    def delete(self, wanted: AlarmTopic) -> None:
        """Remove it with its subscriptions; SNS does not mind one that is gone."""
        self.aws.sns.delete_topic(TopicArn=wanted.arn)
