"""A guest book on Chalice: who is signed in writes into it and reads it; its WebSocket says what it hears.

An entry goes by way of a queue, so that a guest does not wait for the table.
"""

import json
import os
from typing import Any

import boto3
from chalice.app import Chalice, CognitoUserPoolAuthorizer, Response, SQSEvent, WebsocketEvent

app = Chalice(app_name="guestbook")
app.experimental_feature_flags.update(["WEBSOCKETS"])
app.websocket_api.session = boto3.session.Session()

# Of these Chalice makes the functions' policy: it finds what a client of boto3 is used for.
sqs = boto3.client("sqs")
dynamodb = boto3.client("dynamodb")

# API Gateway needs to know the pool when the app is deployed; a function never asks for it.
guests = CognitoUserPoolAuthorizer("guests", provider_arns=[os.environ["USER_POOL_ARN"]])


@app.route("/entries", methods=["POST"], authorizer=guests)
def write() -> Response:
    """Take a signed-in guest's `{"text": ...}`."""
    request: Any = app.current_request
    body = request.json_body
    text = body.get("text") if isinstance(body, dict) else None
    if not isinstance(text, str) or not text:
        return Response({"message": 'Send {"text": "..."}.'}, status_code=400)
    queue = sqs.get_queue_url(QueueName=os.environ["QUEUE"])["QueueUrl"]
    entry = {"guest": request.context["authorizer"]["claims"]["email"], "text": text}
    sent = sqs.send_message(QueueUrl=queue, MessageBody=json.dumps(entry))
    return Response({"id": sent["MessageId"]}, status_code=202)


@app.route("/entries/{entry}", authorizer=guests)
def read(entry: str) -> Response | dict[str, str]:
    """Give an entry that has arrived."""
    found = dynamodb.get_item(TableName=os.environ["TABLE"], Key={"id": {"S": entry}}).get("Item")
    if found is None:
        return Response({"message": "There is no such entry, or not yet."}, status_code=404)
    return {"guest": found["guest"]["S"], "text": found["text"]["S"]}


@app.on_sqs_message(queue=os.environ["QUEUE"])
def keep(event: SQSEvent) -> None:
    """Put entries into the table; one that is delivered twice is the same row."""
    for record in event:
        entry = json.loads(record.body)
        row = {"id": record.to_dict()["messageId"], "guest": entry["guest"], "text": entry["text"]}
        dynamodb.put_item(TableName=os.environ["TABLE"], Item={name: {"S": value} for name, value in row.items()})


@app.on_ws_message()
def answer(event: WebsocketEvent) -> None:
    """Say what was heard."""
    app.websocket_api.send(connection_id=event.connection_id, message=event.body)
