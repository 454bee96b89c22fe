"""What somebody is told of by letter: dead letters, and orders whose workflow failed. Pure.

Metrics: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
and https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html
"""

from deployer import dead_letters
from deployer.place import Place
from deployer.project import Project
from deployer.resources.alarm import Alarm
from deployer.resources.alarm_topic import AlarmTopic
from deployer.resources.resource import Resource

TOPIC = "serverlesspresso-alarms"


def alarms(project: Project, place: Place, workflow: str) -> list[Resource]:
    """The topic that writes to whoever sends the bar's letters, and the alarms that it is told of.

    None on an emulator, where nobody is woken.

    Args:
        project: names the address.
        place: where all of this is.
        workflow: the state machine's name.
    """
    if place.endpoint is not None:
        return []
    topic = AlarmTopic(TOPIC, place.topic_arn(TOPIC), project.setting("LETTER_SENDER"))
    queue = {"QueueName": dead_letters.QUEUE}
    machine = {"StateMachineArn": place.state_machine_arn(workflow)}
    return [
        topic,
        Alarm(
            "serverlesspresso-dead-letters",
            "AWS/SQS",
            "ApproximateNumberOfMessagesVisible",
            "Maximum",
            queue,
            topic.arn,
        ),
        Alarm("serverlesspresso-orders-failed", "AWS/States", "ExecutionsFailed", "Sum", machine, topic.arn),
        Alarm("serverlesspresso-orders-timed-out", "AWS/States", "ExecutionsTimedOut", "Sum", machine, topic.arn),
    ]
