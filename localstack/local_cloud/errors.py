"""The one exception that the command line shows to its user."""


class LocalCloudError(Exception):
    """Something the user can act on: its text is one line that says what is wrong and what to do."""

    exit_code = 1  # of the command that shows it
