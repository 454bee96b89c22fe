"""Pictures of the screens, small enough to keep: `make screenshots` fills docs/screenshots with them."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

COLOURS = 256


@dataclass(frozen=True)
class Album:
    """Keeps pictures in a folder, or none without one."""

    folder: Path | None

    def keep(self, name: str, page: Page) -> None:
        """Take a picture of what the page shows now."""
        if not self.folder:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        with Image.open(BytesIO(page.screenshot(animations="disabled"))) as picture:
            few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        few.save(self.folder / f"{name}.png", optimize=True)
