"""The page that a room sees first: what to type, and what to compare. In English or in Spanish."""

from collections.abc import Mapping
from functools import cache
from html import escape
from pathlib import Path
from string import Template

from gate.files.shelf import ROOT_PAGE, Bundle, Shelf
from gate.room import Room

SYSTEMS = {"linux-x86_64": "Linux, Windows (WSL 2) · x86-64"}
_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "title": "The coffee bar, for your laptop",
        "needs": "You need Python {python} and make; in Windows, type this in WSL, in your Linux home.",
        "resume": "Was it cut off, or does Python speak of a SyntaxError? The first line goes on where it stopped.",
        "compare": "Compare with the big screen:",
        "contents": "What is in it, and under which licences",
        "text": "Read the workshop",
    },
    "es": {
        "title": "El bar de café, para tu portátil",
        "needs": "Necesitas Python {python} y make; en Windows, escribe esto en WSL, en tu carpeta de Linux.",
        "resume": "¿Se cortó, o Python habla de un SyntaxError? La primera línea sigue donde se quedó.",
        "compare": "Compara con la pantalla grande:",
        "contents": "Qué contiene, y con qué licencias",
        "text": "Leer el taller",
    },
}
_LANGUAGES = {"en": "English", "es": "Español"}


def front_page(shelf: Shelf, room: Room, languages: str) -> bytes:
    """The page.

    Args:
        languages: the request's `Accept-Language`, of which the first counts.
    """
    language = "es" if languages.lower().startswith("es") else "en"
    words = _WORDS[language]
    bundles = "\n".join(_bundle(bundle, room, words) for bundle in shelf.bundles)
    filled = _template().substitute(language=language, title=words["title"], bundles=bundles, text=_text(shelf, words))
    return filled.encode()


def commands(bundle: Bundle, room: Room) -> list[str]:
    """What to type on a laptop; curl goes on where it was cut off."""
    return [f"curl -C - -O {room.origin}/{bundle.name}", f"python{bundle.python} {bundle.name}"]


def _bundle(bundle: Bundle, room: Room, words: Mapping[str, str]) -> str:
    typed = "\n".join(commands(bundle, room))
    contents = bundle.name.removesuffix(".pyz") + ".txt"
    return (
        f"<section><h2>{escape(SYSTEMS.get(bundle.platform, bundle.platform))}</h2>"
        f"<p>{words['needs'].format(python=bundle.python)}</p>"
        f"<pre>{escape(typed)}</pre>"
        f"<p>{bundle.size / 1e6:.0f} MB. {words['resume']}</p>"
        f"<pre>sha256sum {escape(bundle.name)}</pre>"
        f"<p>{words['compare']} <strong>{bundle.short_sha256}</strong></p>"
        f'<p><a href="/{escape(bundle.name)}">{escape(bundle.name)}</a> · '
        f'<a href="/{escape(contents)}">{words["contents"]}</a></p></section>'
    )


def _text(shelf: Shelf, words: Mapping[str, str]) -> str:
    links = [f'<a href="/text/{one}/{ROOT_PAGE}">{_LANGUAGES.get(one, one)}</a>' for one in shelf.languages]
    return f"<section><h2>{words['text']}</h2><p>{' · '.join(links)}</p></section>" if links else ""


@cache
def _template() -> Template:
    return Template(Path(__file__).with_suffix(".html").read_text(encoding="utf-8"))
