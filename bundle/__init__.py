"""One file for a room: all that a machine needs to install the bar and the workshop with Python, and without a network.

Needs no bar that runs and no account; knows the checkout by git, its locks and what was built of it.

packages   fetched, of the locks that `make local` installs from.
carrying   which files go into the file, and the file itself.
unpacking  what is in the file and runs on the learner's machine: of Python's own library alone.
"""
