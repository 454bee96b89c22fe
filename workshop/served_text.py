"""The built text, and the learner's progress as it changes, for browsers on this machine and for nobody else.

Progress goes as server-sent events: https://html.spec.whatwg.org/multipage/server-sent-events.html.
"""

import asyncio
import json
from contextlib import suppress
from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler

from workshop.learners_folder import LearnersFolder
from workshop.text import SOURCE_LANGUAGE

LOOKS_EVERY_S = 0.25
SAYS_SOMETHING_EVERY_S = 15.0  # or nobody would notice that a page was closed
ENDS_WITHIN_S = 2.0
ABOUT = "/about"
_ENDING = web.AppKey("ending", asyncio.Event)


def application(text: Path, folder: LearnersFolder) -> web.Application:
    """What serves it.

    Args:
        text: the folder with a folder of pages for each language.
        folder: the learner's, whose progress is shown.
    """
    app = web.Application(middlewares=[_for_this_machine])
    app[_ENDING] = asyncio.Event()
    app.on_response_prepare.append(_ask_again)
    app.on_shutdown.append(_end)
    app.router.add_get("/", lambda request: _lead_in(text, request))
    app.router.add_get(ABOUT, lambda _: _about(folder))
    app.router.add_get("/progress", lambda request: _progress(folder, request))
    app.router.add_static("/", text)
    return app


@web.middleware
async def _for_this_machine(request: web.Request, handler: Handler) -> web.StreamResponse:
    """A page from elsewhere whose name leads here reads nothing: it still asks by its own name."""
    if request.url.host not in {"127.0.0.1", "localhost"}:
        raise web.HTTPForbidden(text="This text is for this machine's browser: open it by 127.0.0.1")
    return await handler(request)


async def _ask_again(_: web.Request, response: web.StreamResponse) -> None:
    """A text that was built anew is seen at once."""
    response.headers["Cache-Control"] = "no-cache"


async def _end(app: web.Application) -> None:
    app[_ENDING].set()


async def _lead_in(text: Path, request: web.Request) -> web.StreamResponse:
    """To the first page, in the first language that the browser asks for and that there is."""
    asked = [part.strip()[:2].lower() for part in request.headers.get("Accept-Language", "").split(",")]
    there = {folder.name for folder in text.iterdir() if folder.is_dir()}
    language = next((code for code in asked if code in there), SOURCE_LANGUAGE)
    raise web.HTTPFound(f"/{language}/README.html")


async def _about(folder: LearnersFolder) -> web.StreamResponse:
    """Whose progress it is: by this a second one knows the first."""
    return web.json_response({"folder": str(folder.root.absolute())})


async def _progress(folder: LearnersFolder, request: web.Request) -> web.StreamResponse:
    """What is known of the learner's way, at once and whenever it changes."""
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
    await response.prepare(request)
    with suppress(ConnectionError):  # the page was closed
        await _tell(folder, response, request.app[_ENDING])
    return response


async def _tell(folder: LearnersFolder, response: web.StreamResponse, ending: asyncio.Event) -> None:
    told, silent_s = "", 0.0
    while not ending.is_set():
        known = json.dumps(folder.progress())
        if known != told:
            told, silent_s = known, 0.0
            await response.write(f"data: {known}\n\n".encode())
        elif silent_s >= SAYS_SOMETHING_EVERY_S:
            silent_s = 0.0
            await response.write(b": nothing new\n\n")
        silent_s += LOOKS_EVERY_S
        with suppress(TimeoutError):
            await asyncio.wait_for(ending.wait(), LOOKS_EVERY_S)
