"""This machine's addresses: which of them a room could reach, and whether the one that was named is among them."""

import socket
from collections.abc import Mapping
from ipaddress import AddressValueError, IPv4Address

import psutil

from deployer.problem import Problem


def reachable() -> dict[str, str]:
    """The IPv4 addresses that others could reach, each with its interface's name."""
    statistics = psutil.net_if_stats()
    return {
        one.address: name
        for name, addresses in psutil.net_if_addrs().items()
        if name in statistics and statistics[name].isup
        for one in addresses
        if one.family == socket.AF_INET and not IPv4Address(one.address).is_loopback
    }


def checked(named: str, here: Mapping[str, str], verb: str = "make share") -> str:
    """The address to listen on.

    Args:
        named: what the teacher named; empty for nothing.
        here: `reachable()`.
        verb: what the teacher typed.

    Raises:
        Problem: it is none of this machine's, or stands for all of them; the text names those that would do.
    """
    if not named:
        raise Problem("which address may the room come by?", choices(here, verb))
    try:
        address = IPv4Address(named)
    except AddressValueError as error:
        raise Problem(f"{named} is no IPv4 address", choices(here, verb)) from error
    if address.is_unspecified:
        raise Problem(f"{named} stands for every network of this machine: name the room's alone", choices(here, verb))
    if not address.is_loopback and str(address) not in here:
        raise Problem(f"{named} is no address of this machine", choices(here, verb))
    return str(address)


def choices(here: Mapping[str, str], verb: str = "make share") -> str:
    """What to type."""
    if not here:
        return "This machine is in no network: join the room's Wi-Fi, or open a hotspot, and try again."
    lines = (f"  {verb} ADDRESS={address:<15}  # {name}" for address, name in here.items())
    return "\n".join(["Type the one that is in the room's network:", *lines])


def warning(address: str) -> str | None:
    """What to know of an address before it is opened; None where it is one of a room's."""
    if IPv4Address(address).is_loopback:
        return "Only this machine can reach this address: it is good for trying, not for a room."
    if IPv4Address(address).is_global:
        return "This is a public address: whoever can reach it is let in, not the room alone."
    return None
