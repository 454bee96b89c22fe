"""What the gate does for each request: reads it, has it judged, asks the bar, answers. Holds no rule of its own."""

import asyncio
import logging
from dataclasses import replace

from aiohttp import WSCloseCode, web

from gate.bar import Bar
from gate.guests import Guests
from gate.network.answer import ALWAYS, Answer, json_answer, refusal_answer
from gate.network.journey_links import JourneyLinks
from gate.network.letter_box import LetterBox
from gate.network.own_cookie import cookie_header
from gate.network.rates import Rates
from gate.network.receiving import received, sent
from gate.network.relay import MOST_BYTES, relay
from gate.network.upstream import Upstream, away, read_json
from gate.presence import Presence
from gate.room import Room
from gate.rules import letters as own
from gate.rules.asked import Asked
from gate.rules.decision import decide
from gate.rules.passages import (
    ApiCall,
    Configuration,
    Journey,
    Letters,
    Moved,
    PageFile,
    Passage,
    PeopleCall,
    Socket,
)
from gate.rules.refusal import Refused, bad_request, not_here
from gate.rules.telling import room_configuration, signed_journey

LOG = logging.getLogger(__name__)
# A journey is made of what people typed: its page runs nothing and is of no origin, whatever is in it.
JOURNEY_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"


class Gate:
    """One gate before one bar.

    Args:
        secret: with which it signs whose addresses are whose.
    """

    def __init__(self, room: Room, secret: bytes, upstream: Upstream, presence: Presence, rates: Rates) -> None:
        self._room = room
        self._secret = secret
        self._upstream = upstream
        self._presence = presence
        self._rates = rates
        self._letter_box = LetterBox(upstream)
        self._links = JourneyLinks()
        self._phones: set[web.WebSocketResponse] = set()
        self.guests = Guests()

    async def serve(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer one request, whatever it is."""
        client = request.remote or ""
        try:
            self._rates.count("any", client)
            asked = await received(request, self._room)
            bar = self._bar()
            passage = decide(asked, bar, self._room)
            self._rates.count(passage.kind, client)
            if isinstance(passage, Socket):
                return await self._listening(request, bar, passage)
            answer = await self._answer(asked, bar, passage, client)
        except Refused as refused:
            self._note(request, refused)
            return await sent(request, refusal_answer(refused, request.headers), is_last=True)
        if answer.is_good:
            self.guests.came(client)
        return await sent(request, answer)

    async def close(self) -> None:
        """Hang up on everybody who listens."""
        hang_up = (phone.close(code=WSCloseCode.GOING_AWAY, message=b"the gate closes") for phone in list(self._phones))
        await asyncio.gather(*hang_up, return_exceptions=True)

    def _bar(self) -> Bar:
        if self._presence.bar is None:
            raise away()
        return self._presence.bar

    def _note(self, request: web.BaseRequest, refused: Refused) -> None:
        path = request.raw_path.partition("?")[0][:200]  # what stands behind it may be a token
        LOG.info("refused %s %s %r: %s %s", request.remote, request.method, path, refused.status, refused)
        if refused.code != away().code:
            self.guests.were_refused(request.remote or "", refused)

    async def _answer(self, asked: Asked, bar: Bar, passage: Passage, client: str) -> Answer:
        match passage:
            case ApiCall():
                return await self._api(bar, passage, client)
            case PeopleCall():
                return await self._people(asked, bar, passage, client)
            case Letters():
                return await self._letters(bar, passage)
            case _:
                return await self._page(bar, passage)

    async def _page(self, bar: Bar, passage: Passage) -> Answer:
        match passage:
            case PageFile():
                return _found(await self._upstream.page_file(bar, passage))
            case Moved():
                return Answer(302, {"Location": passage.path, "Cache-Control": "no-store"})
            case Configuration():
                return json_answer(room_configuration(await self._upstream.configuration(bar), bar, self._room))
            case Journey():
                return await self._journey(bar, passage)
            case _:
                raise not_here()

    async def _api(self, bar: Bar, call: ApiCall, client: str) -> Answer:
        if call.is_scan:
            self._rates.count("scan", client)
        answer = await self._upstream.api(bar, call)
        if not answer.is_good:
            return answer
        self.guests.was_taken(call.token)
        self.guests.orders += call.is_scan
        return self._with_link(bar, call, answer) if call.order_with_journey else answer

    def _with_link(self, bar: Bar, call: ApiCall, answer: Answer) -> Answer:
        """The API's answer with a link of the room's in place of the signed URL."""
        signed = signed_journey(str(read_json(answer.body).get("url")), call.order_with_journey, bar)
        if signed is None:
            raise away()
        return json_answer({"url": f"{self._room.origin}/journeys/{self._links.give_out(signed)}"})

    async def _people(self, asked: Asked, bar: Bar, call: PeopleCall, client: str) -> Answer:
        if call.is_answer:
            self._rates.count("answer", client)
        answer = await self._upstream.people(bar, call)
        if not (answer.is_good and call.new_address):
            return answer
        proofs = own.with_proof(own.proofs_in(asked), own.proof(self._secret, bar, call.new_address))
        return replace(answer, headers={**answer.headers, "Set-Cookie": cookie_header(self._room, proofs)})

    async def _letters(self, bar: Bar, asked: Letters) -> Answer:
        addresses = own.own_addresses(self._secret, bar, asked.proofs)
        box = self._letter_box
        return json_answer(await (box.text_messages if asked.are_text_messages else box.letters)(bar, addresses))

    async def _journey(self, bar: Bar, asked: Journey) -> Answer:
        signed = self._links.signed(asked.link)
        if signed is None:
            raise not_here("This link is too old: open the journey from the order's page again.")
        answer = _found(await self._upstream.journey(bar, signed))
        return replace(answer, headers={**answer.headers, "Content-Security-Policy": JOURNEY_POLICY})

    async def _listening(self, request: web.BaseRequest, bar: Bar, asked: Socket) -> web.StreamResponse:
        phone = web.WebSocketResponse(heartbeat=30, compress=False, max_msg_size=MOST_BYTES)
        if not phone.can_prepare(request):
            raise bad_request("No browser opens a WebSocket like this.")
        phone.headers.update(ALWAYS)
        with self._rates.socket(request.remote or ""):
            async with self._upstream.socket(bar, asked) as behind:
                await phone.prepare(request)
                self.guests.was_taken(asked.token)
                self._phones.add(phone)
                self.guests.sockets += 1
                try:
                    await relay(phone, behind)
                finally:
                    self.guests.sockets -= 1
                    self._phones.discard(phone)
        return phone


def _found(answer: Answer) -> Answer:
    """What S3 itself says where there is no such file is not passed on."""
    if 400 <= answer.status < 500:
        raise not_here("There is no such page.")
    return answer
