"""Where the gate stands: the one address by which a room knows the bar. Pure."""

from dataclasses import dataclass

_DEFAULT_PORTS = {"https": 443, "http": 80}


@dataclass(frozen=True)
class Room:
    """An IPv4 address and a port of this machine, with TLS or without."""

    address: str
    port: int
    is_plain: bool = False

    @property
    def scheme(self) -> str:
        """`https`, or `http` where it is plain."""
        return "http" if self.is_plain else "https"

    @property
    def authority(self) -> str:
        """What browsers send as `Host`."""
        return self.address if self.port == _DEFAULT_PORTS[self.scheme] else f"{self.address}:{self.port}"

    @property
    def origin(self) -> str:
        """What browsers send as `Origin`; every address of the room begins with it."""
        return f"{self.scheme}://{self.authority}"

    @property
    def socket_origin(self) -> str:
        """The same for WebSockets."""
        return f"{'ws' if self.is_plain else 'wss'}://{self.authority}"

    def page(self, name: str) -> str:
        """A page's address."""
        return f"{self.origin}/{name}/index.html"
