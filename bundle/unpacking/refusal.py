"""Why nothing is done, in words for whoever ran the file."""


class Refused(Exception):
    """Something is in the way; the text says what to do about it."""
