"""Hands out a bundle and the workshop's text to a room, before it has a bar of its own: read-only, and nothing else.

It needs no bar that runs. What can be asked for is settled when it opens; no path that somebody sends is ever opened.
"""
