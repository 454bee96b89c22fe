"""Commands of AWS's own tool that people are advised to type, as a shell takes them. Pure."""

import shlex

TOOL = ".venv/bin/aws"  # the checkout's own, as docs/aws.md has it


def aws_command(*words: str) -> str:
    """A command on a line of its own, below the words that lead to it.

    Args:
        words: what follows the tool's name, each one word to the shell, whatever is in it.
    """
    return f"\n    {shlex.join([TOOL, *words])}"
