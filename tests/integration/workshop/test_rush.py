"""A rush at the running bar is judged by what is in its tables: whom it lost, and what became of all others."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path
from random import Random

import boto3
import pytest
from rich.console import Console

from simulator.entrance import Entrance
from simulator.probe.own_shops import OpenShop, OwnShop
from simulator.probe.people import Person
from simulator.robots.choices import Habits
from simulator.robots.command import Plan, RushPlan, send_robots
from simulator.robots.rush_report import Guest, RushReport
from tests.support.house_rules import keeps_the_house_rules
from tests.support.walking import finding_of, told_by
from workshop.attempt import Attempt, RunningBar
from workshop.finding import Result
from workshop.learners_folder import LearnersFolder
from workshop.modules import FOLDER, module
from workshop.prediction import NAME
from workshop.running import Cloud, finished, matching, stage_of
from workshop.solutions import solution
from workshop.trial import Trial, try_module

CUSTOMERS, PLACES, A_SECOND = 12, 2, 10
PREDICTED = {
    'shop = "ABC"': 'shop = "{shop}"',
    "customers = 60": f"customers = {CUSTOMERS}",
    "maxOrdersInQueue = 12": f"maxOrdersInQueue = {PLACES}",
    "served = 36": "served = 3",
    "calledOff = 4": "calledOff = 1",
    "turnedAway = 20": "turnedAway = 8",
}


@dataclass(frozen=True)
class Evening:
    """A learner's bar, at which a rush was let in."""

    attempt: Callable[[], Attempt]
    shop: OwnShop
    report: RushReport
    path: Path

    def tried(self, told: Callable[[Result], None] = lambda _: None) -> Trial:
        return try_module(self.attempt(), module("5a"), "5a-1", told)


@pytest.fixture
def evening(open_shop: OpenShop, way_in: Entrance, aws: boto3.Session, cloud: Cloud, folder: LearnersFolder) -> Evening:
    shop = open_shop(max_orders_in_queue=PLACES, drinks_per_barcode=500)
    text = solution("5a-1")[NAME]
    for before, after in PREDICTED.items():
        text = text.replace(before, after.format(shop=shop.event_id))
    folder.put({NAME: text})

    outputs, path = replace(cloud.outputs, made_with=FOLDER), folder.root.parent / "rush.json"
    plan = Plan(CUSTOMERS, 4, 2, shop.event_id, Habits(speed=10), RushPlan(A_SECOND, path))
    told = StringIO()
    code = send_robots(Console(file=told, width=120), replace(way_in, outputs=outputs), aws, plan, Random(5))
    report = RushReport.read(path)
    assert (code, report is None) == (0, False), told.getvalue()
    assert report

    def bar() -> RunningBar:
        return RunningBar(outputs, stage_of(cloud, outputs.order_processor_arn), cloud.client)

    return Evening(lambda: Attempt(folder.root, finished, matching, bar, rush=path), shop, report, path)


def test_a_rush_turns_people_away_loses_nobody_and_who_is_lost_is_named(evening: Evening, customer: Person) -> None:
    away = evening.report.turned_away["BarFull"]
    assert away > 0
    results: list[Result] = []
    trial = evening.tried(results.append)
    assert trial.failure is None, told_by(finding_of(trial))
    remarks = {one.title: one.remark for one in results}
    assert (
        remarks["no order was lost"]
        == f"{CUSTOMERS - away} orders ended, {away} customers were turned away, 0 are lost"
    )
    assert f"you said 8, it was {away}" in remarks["places decided who was turned away"]

    living = Guest(evening.shop.scan(customer), "CREATED", None, None)
    for guest, says in (
        (living, "orders have not ended, or hold their place yet"),
        (replace(living, order_id="no-such-order"), "1 orders of the last rush are gone"),
    ):
        orders = [*evening.report.orders[1:], guest]
        replace(evening.report, orders=orders).write(evening.path)
        finding = finding_of(evening.tried())
        assert says in told_by(finding)
        keeps_the_house_rules(finding, built=False)
    replace(evening.report, orders=evening.report.orders[1:]).write(evening.path)
    assert "1 customers got neither an order nor a refusal" in told_by(finding_of(evening.tried()))
