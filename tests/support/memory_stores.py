"""The tables beside the orders', in memory, with the real stores' rules; tests/contract holds both to the same."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, cast

from boto3.dynamodb.types import TypeSerializer

from chalicelib.errors import Conflict
from chalicelib.identity.sign_in import (
    CODE_LIFE_MS,
    MOST_ANSWERS,
    MOST_WRONG_A_DAY,
    PLACES,
    SignInCode,
    day_of,
    place_of,
)
from chalicelib.identity.store import SignInStore
from chalicelib.orders.customers import CustomerStore, Held
from chalicelib.orders.numbers import OrderNumberStore
from chalicelib.orders.outbox import News, OutboxStore, key_of, to_news
from chalicelib.orders.outbox import to_item as to_outbox_item
from chalicelib.qr_codes.model import Bucket
from chalicelib.qr_codes.store import QrCodeStore, none_spent
from chalicelib.shop.model import Shop, why_no_place
from chalicelib.shop.store import ShopStore, to_item, to_shop, unknown_shop
from chalicelib.transactions import Write
from tests.support.memory_writes import ONE_AT_A_TIME, memory_write

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

NO_TABLE = cast("Table", None)


@dataclass(frozen=True)
class MemoryShops(ShopStore):
    """Shops and who holds their places."""

    table: "Table" = field(default=NO_TABLE, repr=False)
    rows: dict[str, Shop] = field(default_factory=dict)
    held: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def get(self, event_id: str) -> Shop:
        """The shop."""
        if event_id not in self.rows:
            raise unknown_shop(event_id)
        return self.rows[event_id]

    def create(self, shop: Shop) -> bool:
        """A new row, unless there is one."""
        return self.rows.setdefault(shop.event_id, shop) is shop

    def configure(self, event_id: str, changes: Mapping[str, Any]) -> Shop:
        """Change attributes by their names in the row; to values that DynamoDB's client takes, which are no floats."""
        TypeSerializer().serialize(dict(changes))
        self.rows[event_id] = to_shop({**to_item(self.get(event_id)), **changes})
        return self.rows[event_id]

    def ids(self) -> Iterator[str]:
        """Every shop there is."""
        return iter(list(self.rows))

    def places(self, event_id: str) -> frozenset[str]:
        """Who holds a place."""
        return frozenset(self.held[event_id])

    def take_place(self, event_id: str, order_id: str) -> Write:
        """Refused when closed or full."""

        def refusal() -> Exception | None:
            shop, held = self.rows.get(event_id), self.held[event_id]
            if shop is None:
                return unknown_shop(event_id)
            room = order_id in held or len(held) < shop.max_orders_in_queue
            return None if shop.store_open and room else why_no_place(shop.store_open, event_id)

        return memory_write(refusal, lambda: self.held[event_id].add(order_id))

    def take_place_again(self, event_id: str, order_id: str) -> Write:
        """Refused where the shop is gone."""
        return memory_write(
            lambda: None if event_id in self.rows else unknown_shop(event_id),
            lambda: self.held[event_id].add(order_id),
        )

    def free_place(self, event_id: str, order_id: str) -> Write:
        """Does nothing where none is held."""
        return memory_write(
            lambda: None if event_id in self.rows else unknown_shop(event_id),
            lambda: self.held[event_id].discard(order_id),
        )


@dataclass(frozen=True)
class MemoryQrCodes(QrCodeStore):
    """Buckets by shop and number; `before_create` happens between looking for a bucket and creating it."""

    table: "Table" = field(default=NO_TABLE, repr=False)
    rows: dict[tuple[str, int], Bucket] = field(default_factory=dict)
    before_create: list[Callable[[], object]] = field(default_factory=list)

    def find(self, event_id: str, bucket_ids: Iterable[int], limit: int) -> list[Bucket]:
        """Those that exist."""
        rows = [self.rows[event_id, number] for number in bucket_ids if (event_id, number) in self.rows]
        return [replace(row, limit=limit) for row in rows]

    def get_or_create(self, fresh: Bucket) -> Bucket:
        """The first one who asks creates it."""
        if self.before_create:
            self.before_create.pop()()
        return replace(self.rows.setdefault((fresh.event_id, fresh.bucket_id), fresh), limit=fresh.limit)

    def spend_drink(self, bucket: Bucket) -> Write:
        """Refused when none is left."""
        key = (bucket.event_id, bucket.bucket_id)
        none_left = Conflict("all drinks of this code are taken; wait for the next code", "NoTokensRemaining")
        return memory_write(
            lambda: None if key in self.rows and self.rows[key].spent < bucket.limit else none_left,
            lambda: self.spend(key, 1),
        )

    def refund_drink(self, event_id: str, bucket_id: int) -> Write:
        """Refused when the bucket is gone or has spent nothing."""
        key = (event_id, bucket_id)
        return memory_write(
            lambda: None if self._has_spent(key) else none_spent(*key, is_there=key in self.rows),
            lambda: self.spend(key, -1),
        )

    def _has_spent(self, key: tuple[str, int]) -> bool:
        return key in self.rows and self.rows[key].spent > 0

    def spend(self, key: tuple[str, int], drinks: int = 1) -> None:
        """Count so many as spent, or back."""
        self.rows[key] = replace(self.rows[key], spent=self.rows[key].spent + drinks)


@dataclass(frozen=True)
class MemoryCustomers(CustomerStore):
    """Live orders by customer and shop."""

    table: "Table" = field(default=NO_TABLE, repr=False)
    live: dict[tuple[str, str], set[str]] = field(default_factory=dict)

    def all_held(self) -> Iterator[Held]:
        """All of them."""
        return iter([Held(*whose, order_id) for whose, held in self.live.items() for order_id in sorted(held)])

    def hold(self, user_id: str, event_id: str, order_id: str, limit: int) -> Write:
        """Refused at the limit."""
        key = (user_id, event_id)
        refusal = Conflict("finish or cancel your other order first", "OrderLimitReached")
        return memory_write(
            lambda: None if len(self.live.get(key, ())) < limit else refusal,
            lambda: self.live.setdefault(key, set()).add(order_id),
        )

    def hold_again(self, user_id: str, event_id: str, order_id: str) -> Write:
        """Never refused."""
        return memory_write(lambda: None, lambda: self.live.setdefault((user_id, event_id), set()).add(order_id))

    def release(self, user_id: str, event_id: str, order_id: str) -> Write:
        """Never refused."""
        held = self.live.setdefault((user_id, event_id), set())
        return memory_write(lambda: None, lambda: held.discard(order_id))


@dataclass(frozen=True)
class MemoryNumbers(OrderNumberStore):
    """Counters by shop and day."""

    table: "Table" = field(default=NO_TABLE, repr=False)
    last: Counter[tuple[str, str]] = field(default_factory=Counter)

    def next(self, event_id: str, day: str) -> int:
        """One more."""
        with ONE_AT_A_TIME:
            self.last[event_id, day] += 1
            return self.last[event_id, day]


@dataclass(frozen=True)
class MemoryOutbox(OutboxStore):
    """News as rows by order and first moment, in the form that the real store gives to DynamoDB."""

    table: "Table" = field(default=NO_TABLE, repr=False)
    rows: dict[tuple[str, int], dict[str, Any]] = field(default_factory=dict)

    def add(self, news: News) -> Write:
        """Never refused."""
        return memory_write(lambda: None, lambda: self.rows.update({_outbox_key(news): to_outbox_item(news)}))

    def forget(self, news: News) -> None:
        """Does nothing where it is forgotten."""
        self.rows.pop(_outbox_key(news), None)

    def of_order(self, order_id: str) -> list[News]:
        """First things first."""
        return [to_news(self.rows[key]) for key in sorted(self.rows) if key[0] == order_id]

    def until(self, moment: int) -> Iterator[News]:
        """Each order's first things first."""
        return iter([to_news(self.rows[key]) for key in sorted(self.rows) if key[1] <= moment])


def _outbox_key(news: News) -> tuple[str, int]:
    return cast("tuple[str, int]", tuple(key_of(news).values()))


@dataclass(frozen=True)
class MemorySignIns(SignInStore):
    """Codes by user and place, and the answers that each got by its id."""

    table: "Table" = field(default=NO_TABLE, repr=False)
    codes: dict[tuple[str, str], SignInCode] = field(default_factory=dict)
    answers: Counter[tuple[str, str]] = field(default_factory=Counter)
    wrong: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, code: SignInCode) -> bool:
        """Remember the code where its place is free."""
        with ONE_AT_A_TIME:
            if self._is_taken(code.user_name, code.place, code.sent_ts):
                return False
            self.codes[code.user_name, code.place] = code
            return True

    def free_places(self, user_name: str, now: int) -> list[str]:
        """Those without a code that lives."""
        return [place for place in PLACES if not self._is_taken(user_name, place, now)]

    def newest(self, user_name: str, now: int) -> str | None:
        """Of those that may be answered."""
        codes = [
            code for (name, place), code in self.codes.items() if name == user_name and self._is_taken(name, place, now)
        ]
        answerable = [code for code in codes if self.answers[user_name, code.code_id] < MOST_ANSWERS]
        newest = max(answerable, key=lambda code: code.sent_ts, default=None)
        return newest.code_id if newest else None

    def may_guess(self, user_name: str, now: int) -> bool:
        """Whether fewer were wrong today."""
        return self.wrong[user_name, day_of(now)] < MOST_WRONG_A_DAY

    def count_guess(self, user_name: str, now: int) -> bool:
        """Count before anybody compares."""
        with ONE_AT_A_TIME:
            if not self.may_guess(user_name, now):
                return False
            self.wrong[user_name, day_of(now)] += 1
            return True

    def forgive_guess(self, user_name: str, now: int) -> None:
        """One less."""
        with ONE_AT_A_TIME:
            self.wrong[user_name, day_of(now)] -= 1

    def count_answer(self, user_name: str, code_id: str, now: int) -> SignInCode | None:
        """Count before anybody compares."""
        key = (user_name, code_id)
        with ONE_AT_A_TIME:
            code = self._code(*key)
            if code is None or self.answers[key] >= MOST_ANSWERS or code.dies_ts < now:
                return None
            self.answers[key] += 1
            return code

    def spend(self, user_name: str, code_id: str) -> bool:
        """Once."""
        with ONE_AT_A_TIME:
            code = self._code(user_name, code_id)
            return code is not None and self.codes.pop((user_name, code.place)) is code

    def _is_taken(self, user_name: str, place: str, now: int) -> bool:
        code = self.codes.get((user_name, place))
        return code is not None and code.sent_ts > now - CODE_LIFE_MS

    def _code(self, user_name: str, code_id: str) -> SignInCode | None:
        code = self.codes.get((user_name, place_of(code_id)))
        return code if code and code.code_id == code_id else None
