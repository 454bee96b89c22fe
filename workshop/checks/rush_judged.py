"""What a rush shows beside what was expected of it: whether it was the one that was meant, and Little's law. Pure."""

from dataclasses import dataclass

from chalicelib.orders.model import OrderState
from simulator.robots.rush_report import RushReport
from workshop.checks.rush_file import Prediction
from workshop.finding import DoesNotHold

_TENTH = 10
_NEARLY = 2
_CODE_IS_EMPTY = "NoTokensRemaining"


def let_in(customers: int) -> str:
    """What lets so many customers in."""
    return f"make robots ORDERS={customers} RUSH=2"


@dataclass(frozen=True)
class Meant:
    """The rush that a learner means.

    Attributes:
        prediction: what they expect of it.
        endpoint: the URL of the cloud in which their bar runs.
        folder: the name of theirs, with which the bar is made.
        written: when the prediction was written, in seconds since 1970.
        limits_page: where a shop's limits are set.
    """

    prediction: Prediction
    endpoint: str
    folder: str
    written: float
    limits_page: str

    def is_that(self, report: RushReport | None) -> RushReport:
        """The last rush, if it is the one that is meant.

        Raises:
            DoesNotHold: there was none, or it was at another bar or shop, with other limits, or before it was meant.
        """
        if report is None:
            raise self._again("no rush was let in yet")
        if report.endpoint != self.endpoint:
            raise self._again(f"the last rush was at another bar, at {report.endpoint}")
        if report.made_with != self.folder:
            bar = f"the bar of {report.made_with}" if report.made_with else "the finished bar"
            raise self._again(f"the last rush was at {bar}; now it is yours that runs")
        if report.interrupted:
            raise self._again("the last rush was ended before its time")
        self._see_the_same_shop(report)
        self._see_the_same_limits(report)
        if self.written > report.began:
            raise self._again("the last rush began before rush.toml was written, and a prediction comes first")
        return report

    def _again(self, seen: str) -> DoesNotHold:
        expected = "a rush at your bar, with what rush.toml says of it"
        attempt = f"set the limits on the barista page, then: {let_in(self.prediction.customers)}"
        return DoesNotHold(seen, expected, self._where("maxOrdersInQueue"), attempt)

    def _see_the_same_shop(self, report: RushReport) -> None:
        meant = self.prediction
        if report.shop != meant.shop:
            seen = f"the last rush was at shop {report.shop}, and rush.toml is about shop {meant.shop}"
            attempt = f"robots order at shop {report.shop}: set the limits there, and name that shop"
            raise DoesNotHold(seen, "one shop: limits are a shop's own", self._where("shop"), attempt)
        if report.customers != meant.customers:
            seen = f"{report.customers} customers came, and rush.toml is about {meant.customers}"
            raise DoesNotHold(seen, "as many", self._where("customers"), let_in(meant.customers))

    def _see_the_same_limits(self, report: RushReport) -> None:
        meant = {"maxOrdersInQueue": self.prediction.places, "drinksPerBarcode": self.prediction.drinks}
        for key, expected in meant.items():
            was, became = report.limits[key], report.limits_afterwards[key]
            if expected not in {was, became}:
                raise DoesNotHold(
                    f"shop {report.shop} had {key} {was} when the first customer came, and rush.toml says {expected}",
                    "the limits that your prediction is about",
                    self._where(key),
                    f"were they set for another shop? Set those of shop {report.shop}, then let them in again",
                )

    def _where(self, key: str) -> list[str]:
        return [place for place in (self.prediction.at(key), self.limits_page) if place]


@dataclass(frozen=True)
class Comparison:
    """A rush beside its prediction."""

    prediction: Prediction
    report: RushReport

    @property
    def turned_away(self) -> int:
        """How many got no order."""
        return sum(self.report.turned_away.values())

    @property
    def called_off(self) -> int:
        """How many had an order that ended without a drink."""
        return sum(guest.state != OrderState.COMPLETED for guest in self.report.orders)

    @property
    def held_s(self) -> float:
        """For how long a place was held, on average."""
        held = [guest.held_s for guest in self.report.orders if guest.held_s is not None]
        return sum(held) / len(held) if held else 0

    @property
    def few(self) -> int:
        """A tenth of the customers: by so many may a guess be wrong, and so many may be turned away."""
        return self.report.customers // _TENTH

    @property
    def littles_law(self) -> str:
        """How many places so many customers would need, and how many there were."""
        rate = self.report.a_second
        law = f"{rate:.1f} customers a second times {self.held_s:.0f} s held are {rate * self.held_s:.0f} places"
        return f"{law}, if they kept coming; there were {self._places}"

    @property
    def beside(self) -> str:
        """What was said, what it was, and why."""
        longer = self.held_s - self.prediction.held_s
        as_thought = "places were held as long as you thought"
        why = f"places were held {abs(longer):.0f} s {'longer' if longer > 0 else 'shorter'} than you thought"
        said = f"you said {self.prediction.turned_away}, it was {self.turned_away}"
        return f"{said}: {why if abs(longer) >= 1 else as_thought}"

    @property
    def _places(self) -> str:
        """How many there were, and how many in the end where somebody changed that meanwhile."""
        was, became = self.report.limits["maxOrdersInQueue"], self.report.limits_afterwards["maxOrdersInQueue"]
        return f"{was}" if was == became else f"{was}, and {became} in the end"

    def see_that_places_decided(self) -> None:
        """See that nobody was turned away for another reason.

        Raises:
            DoesNotHold: the code was used up.
        """
        if by_code := self.report.turned_away.get(_CODE_IS_EMPTY):
            raise DoesNotHold(
                f"{by_code} of {self.turned_away} who were turned away met a code that was used up, and not a full bar",
                "places decide who is turned away",
                [self.prediction.at("drinksPerBarcode")],
                f"a code was good for {self.report.limits['drinksPerBarcode']} drinks, for all rushes of five minutes: "
                "raise drinksPerBarcode, or wait for the next code",
            )

    def see_that_only_the_turned_away_are_counted(self) -> None:
        """See that those who called off are not among them.

        Raises:
            DoesNotHold: they are.
        """
        said, was, off = self.prediction.turned_away, self.turned_away, self.called_off
        if min(said - was, off) > self.few and abs(said - was - off) <= _NEARLY:
            raise DoesNotHold(
                f"you said {said}: {was} were turned away, and {off} called their order off",
                "turned away is who got no order",
                [self.prediction.at("turnedAway")],
                "who calls off had a place for a while: count them as calledOff",
            )

    def see_that_there_is_room(self) -> None:
        """See that at most a tenth was turned away.

        Raises:
            DoesNotHold: more were.
        """
        if self.turned_away > self.few:
            raise DoesNotHold(
                f"{self.turned_away} of {self.report.customers} customers were turned away",
                f"at most {self.few}",
                [self.prediction.at("maxOrdersInQueue")],
                f"{self.littles_law}. Raise the limit, add a [[prediction]], and let them in again; "
                "with more places and as many baristas each is held longer",
            )

    def see_that_it_was_known(self) -> None:
        """See that the prediction is right within a tenth.

        Raises:
            DoesNotHold: it is not.
        """
        if abs(self.prediction.turned_away - self.turned_away) > self.few:
            raise DoesNotHold(
                self.beside,
                f"right within {self.few} customers, now that you have seen one",
                [self.prediction.at("turnedAway")],
                f"{self.littles_law}. Predict again, and let them in again",
            )
