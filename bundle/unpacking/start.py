"""`python3 FILE.pyz` begins here, on whatever Python 3 that is: it says in one sentence which one is needed.

It becomes the file's `__main__.py`, and imports nothing of the file's before that is settled, since older Pythons could
not read it. So this module is written in words of Python 3.6.
"""

import json
import os
import sys
import zipfile


def needed_python(bundle: str) -> str:
    """The version of Python that the packages in the file are for."""
    with zipfile.ZipFile(bundle) as archive:
        return str(json.loads(archive.read("contents.json").decode())["python"])


def hold_to_python(bundle: str) -> None:
    """End with a sentence where this is another Python than the one that is needed."""
    needed, here = needed_python(bundle), ".".join(map(str, sys.version_info[:2]))
    if here != needed:
        sys.exit(
            f"This needs Python {needed}, and {sys.executable} is {here}. Install {needed} (python.org, pyenv, uv),"
            f" then: python{needed} {os.path.basename(bundle)}"
        )


if __name__ == "__main__":
    FILE = os.path.dirname(os.path.abspath(__file__))
    hold_to_python(FILE)
    from bundle.unpacking.program import main

    main(FILE)
