"""`python -m deployer`."""

import gc

gc.disable()  # it lives for seconds; looking for cycles, mostly while it imports, was a tenth of its processor time

from deployer.cli import main  # noqa: E402  # without the collector

main()
