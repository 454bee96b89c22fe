"""Puts what is saved into the bar that runs on this machine: `python -m deployer watch`.

When to look, and how a Chalice app's functions follow its code, is the local cloud's (local_cloud/watching), which does
it for any Chalice project. Here is what only this bar has: its workflow, its rules and its pages, which are planned and
executed as `up` does it, but for the kinds of resources that the saved file decides.
"""
