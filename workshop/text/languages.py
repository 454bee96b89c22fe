"""Which languages the text can be read in: English, and each that has a folder in `locale`."""

from pathlib import Path
from typing import Any

from babel import Locale
from sphinx.application import Sphinx

from workshop.text import SOURCE_LANGUAGE


def add_languages(app: Sphinx, page: str, _template: str, context: dict[str, Any], _doctree: object) -> None:
    """Hand each page's template the languages: their codes, their own names, and where the page is in them."""
    translated = sorted(folder.name for folder in (Path(app.confdir) / "locale").iterdir() if folder.is_dir())
    context["languages"] = [
        (code, Locale.parse(code).get_language_name(code).capitalize(), f"../{code}/{page}.html")
        for code in (SOURCE_LANGUAGE, *translated)
    ]


def setup(app: Sphinx) -> dict[str, Any]:
    """Called by Sphinx."""
    app.connect("html-page-context", add_languages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
