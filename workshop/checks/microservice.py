"""A learner's microservice as it runs: told of events, asked by customers, looked at by whoever owns the account."""

import base64
import json
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import httpx

from deployer.dead_letters import CALL_RETRIES, QUEUE
from deployer.extension import Extension
from simulator.entrance import browser, entrance
from simulator.outputs import Outputs
from simulator.probe import recorded_calls
from simulator.probe.people import subject
from simulator.probe.permissions import Done
from upkeep.dead_letter_queue import DeadLetterQueue
from workshop.checks.stage import Stage
from workshop.finding import DoesNotHold, without_kinds
from workshop.microservice import Microservice


@dataclass(frozen=True)
class Customer:
    """Somebody who is signed in.

    Attributes:
        token: an access token.
        user_id: the token's `sub`.
    """

    token: str
    user_id: str


@dataclass(frozen=True)
class RunningMicroservice:
    """A microservice beside a running bar.

    Attributes:
        what: which one.
        client: gives a client of a service of AWS's there, by its name.
    """

    what: Microservice
    extension: Extension
    outputs: Outputs
    stage: Stage
    client: Any

    @property
    def function(self) -> str:
        """Lambda's name for the function that hears of events."""
        return self.extension.function_name(self.what.function)

    @cached_property
    def customers(self) -> Sequence[Customer]:
        """Two customers who were never here."""
        with browser() as http, ThreadPoolExecutor() as threads:
            way_in = entrance(http, self.outputs)
            tokens = list(threads.map(lambda _: way_in.enter_as_new_customer().token or "", range(2)))
        return [Customer(token, subject(token)) for token in tokens]

    def begin(self) -> None:
        """Have written down what its functions call from now on, also where a check that was killed left that on."""
        recorded_calls.end(self.outputs.endpoint_url)
        recorded_calls.begin(self.outputs.endpoint_url)

    def end(self) -> None:
        """Have it written down no more."""
        recorded_calls.end(self.outputs.endpoint_url)

    def called(self, function: str) -> set[Done]:
        """What one of its functions did so far, by Lambda's name."""
        return recorded_calls.done_by(function, recorded_calls.recorded(self.outputs.endpoint_url))

    def hear(self, event: Mapping[str, Any]) -> str:
        """Have its function hear of an event, as the bus would tell it; gives the end of its log.

        Raises:
            DoesNotHold: it fails.
        """
        payload = json.dumps(event).encode()
        answer = self.client("lambda").invoke(FunctionName=self.function, LogType="Tail", Payload=payload)
        if "FunctionError" in answer:
            why = json.load(answer["Payload"]).get("errorMessage", "it gave no reason")
            raise DoesNotHold(f"“{self.what.function}” failed at {event['detail-type']}: {without_kinds(why)}")
        return base64.b64decode(answer.get("LogResult", "")).decode(errors="replace")

    def rows(self, sign: str) -> list[Any]:
        """All that its tables hold of somebody or something, by its id."""
        client = self.client("dynamodb")
        pages = [client.get_paginator("scan").paginate(TableName=name) for name in self.extension.table_names]
        found = [row for table in pages for page in table for row in page["Items"] if sign in str(row)]
        return sorted(found, key=str)

    def answer_to(self, asking: Customer | None, **query: str) -> httpx.Response:
        """What its route answers somebody, or somebody without a token."""
        headers = {"Authorization": f"Bearer {asking.token}"} if asking else {}
        url = f"{self.outputs.extensions[self.extension.name].get('apiUrl', '')}{self.what.route}"
        with browser() as http:
            return http.get(url, headers=headers, params=query)

    @contextmanager
    def tried_once(self) -> Iterator[None]:
        """Lambda does not call its function again when it has failed, lest somebody waits for minutes."""
        client = self.client("lambda")
        client.update_function_event_invoke_config(FunctionName=self.function, MaximumRetryAttempts=0)
        try:
            yield
        finally:
            client.update_function_event_invoke_config(FunctionName=self.function, MaximumRetryAttempts=CALL_RETRIES)

    def send(self, event: Mapping[str, Any]) -> None:
        """Have its function called as the bus calls it: nobody waits for what comes of it."""
        payload = json.dumps(event).encode()
        self.client("lambda").invoke(FunctionName=self.function, InvocationType="Event", Payload=payload)

    def given_up(self, sign: str) -> bool:
        """Whether a dead letter speaks of something; takes it out."""
        queue = DeadLetterQueue(self.client("sqs"), QUEUE)
        with queue.opened() as letters:
            found = [letter for letter in letters if sign in str(letter.body)]
            for letter in found:
                queue.drop(letter)
        return bool(found)
