"""The server's own loop, without a process of its own."""

import errno
import os
import socket

import pytest
from local_cloud.plugins.lambda_.processes.fork_server import server


def test_a_machine_that_cannot_fork_is_told_and_the_server_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def cannot_fork() -> int:
        raise OSError(errno.EAGAIN, "no more processes")

    monkeypatch.setattr(os, "fork", cannot_fork)
    control, servers_end = socket.socketpair(type=socket.SOCK_SEQPACKET)
    with control, servers_end, open(os.devnull, "rb") as any_file:
        lifelines = [socket.socketpair() for _ in range(2)]
        for _, far_end in lifelines:
            socket.send_fds(control, [b"\n"], [far_end.fileno(), *[any_file.fileno()] * 3])
            far_end.close()
        with pytest.raises(SystemExit):  # it has nothing to do any more
            server.serve(servers_end, idle_s=0.05)
        for lifeline, _ in lifelines:
            with lifeline:
                assert lifeline.recv(100) == b"%d\n" % -errno.EAGAIN
                assert lifeline.recv(100) == b""
