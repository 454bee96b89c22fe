"""What the pages may load, run and talk to: the Content-Security-Policy that a browser holds them to. Pure.

Their own scripts, each of which is a file; the scanner's WebAssembly; styles, which PrimeVue writes while it runs; the
QR code, which is a `data:` image; the API, the WebSocket and Cognito of their region. Nothing else, and nobody may put
them into a frame.
https://www.w3.org/TR/CSP3/
"""

from collections.abc import Iterable


def policy(talks_to: Iterable[str]) -> str:
    """The policy's text.

    Args:
        talks_to: origins, such as `https://api.example.com`.
    """
    directives = {
        "default-src": ("'none'",),
        "script-src": ("'self'", "'wasm-unsafe-eval'"),
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
