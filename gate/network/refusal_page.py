"""A refusal as a page, for who opened an address: in English or in Spanish. Nothing that was sent is in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Template

AGAIN = '<meta http-equiv="refresh" content="5">'
_LINK = {"en": "To the order page", "es": "A la página de pedidos"}


@dataclass(frozen=True)
class Words:
    """What a page says."""

    title: str
    message: str


_WORDS: Mapping[str, Mapping[str, Words]] = {
    "Away": {
        "en": Words("The bar is away", "It will be back. This page looks again by itself."),
        "es": Words("El bar no está", "Volverá. Esta página vuelve a mirar sola."),
    },
    "TooMany": {
        "en": Words("One moment", "That was too much at once. Try again in a minute."),
        "es": Words("Un momento", "Ha sido demasiado a la vez. Prueba otra vez dentro de un minuto."),
    },
}
_ANY: Mapping[str, Words] = {
    "en": Words("There is nothing here", "What is here is the bar's pages: order, barista and display."),
    "es": Words("Aquí no hay nada", "Lo que hay son las páginas del bar: pedidos, barista y pantalla."),
}


def refusal_page(code: str, languages: str) -> bytes:
    """The page for a refusal.

    Args:
        code: the refusal's.
        languages: the request's `Accept-Language`, of which the first counts.
    """
    language = "es" if languages.lower().startswith("es") else "en"
    words = _WORDS.get(code, _ANY)[language]
    again = AGAIN if code == "Away" else ""
    return (
        _template()
        .substitute(language=language, title=words.title, message=words.message, link=_LINK[language], again=again)
        .encode()
    )


@cache
def _template() -> Template:
    return Template(Path(__file__).with_suffix(".html").read_text(encoding="utf-8"))
