"""Lets the phones of a room into a bar that runs on this machine, and nothing else.

The local cloud listens on loopback and believes whoever calls it. This gate listens on the one address that a teacher
names, passes on what `rules` recognises, and makes each request to the bar anew from the parts that were recognised:
nothing that came is passed on as it came. It must not know AWS's credentials, but for asking whether somebody is a
barista, and `make local` must not import it.

Before the bar there may be its files to hand out: that is another program, on a port of its own.

rules      what may be asked, and what comes of it. Pure.
network    the server, the calls to the bar, the sockets.
files      the other program: a bundle and the text, read-only.
"""
