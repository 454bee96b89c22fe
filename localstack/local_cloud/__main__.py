"""`python -m local_cloud`: looks at the Python version first, because all else here needs a newer one."""

import sys

from local_cloud.preconditions import outdated_python

if problem := outdated_python(sys.version_info[:2]):
    sys.exit(problem)

from local_cloud.cli import main

main()
