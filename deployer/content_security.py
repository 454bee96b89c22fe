"""What the pages may load, run and talk to: the Content-Security-Policy that a browser holds them to. Pure.

Their own scripts, by the hash of each that stands in a page (the theme must be chosen before anything is painted); the
scanner's WebAssembly; styles, which PrimeVue writes while it runs; the QR code, which is a `data:` image; the API, the
WebSocket and Cognito of their region. Nothing else, and nobody may put them into a frame.
https://www.w3.org/TR/CSP3/
"""

import base64
import hashlib
from collections.abc import Iterable
from html.parser import HTMLParser


class _InlineScripts(HTMLParser):
    """Collects the scripts that stand in a page themselves."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag == "script" and "src" not in dict(attrs)
        if self._inside:
            self.found.append("")

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.found[-1] += data

    def handle_endtag(self, tag: str) -> None:
        self._inside = False


def script_hashes(pages: Iterable[str]) -> tuple[str, ...]:
    """The hashes of all scripts that stand in these pages (HTML), as a policy names them, each once."""
    hashes = set[str]()
    for page in pages:
        parser = _InlineScripts()
        parser.feed(page)
        hashes |= {base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in parser.found}
    return tuple(f"'sha256-{one}'" for one in sorted(hashes))


def policy(scripts: Iterable[str], talks_to: Iterable[str]) -> str:
    """The policy's text.

    Args:
        scripts: what `script_hashes` gave.
        talks_to: origins, such as `https://api.example.com`.
    """
    directives = {
        "default-src": ("'none'",),
        "script-src": ("'self'", "'wasm-unsafe-eval'", *scripts),
        "style-src": ("'self'", "'unsafe-inline'"),
        "img-src": ("'self'", "data:", "blob:"),
        "font-src": ("'self'",),
        "media-src": ("'self'", "blob:"),
        "manifest-src": ("'self'",),
        "worker-src": ("'self'",),
        "connect-src": ("'self'", *talks_to),
        "base-uri": ("'none'",),
        "form-action": ("'none'",),
        "frame-ancestors": ("'none'",),
    }
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())
