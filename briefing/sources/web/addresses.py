"""Decides whether an IP address may be connected to: deny by default, tunnels looked into."""

from __future__ import annotations

import ipaddress
from typing import TypeAlias

IPAddress: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address
_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")  # all that has been given out of IPv6
#: What `ipaddress` calls global in some version of Python and is nobody's news site.
_RESERVED = tuple(
    ipaddress.ip_network(network)
    for network in (
        *("0.0.0.0/8", "100.64.0.0/10", "168.63.129.16/32", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24"),
        *("198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3"),
        *("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"),  # Teredo and 6to4 are in these: long given up
    )
)


#: What a desk's own network is numbered from (RFC 1918, RFC 4193).
_OWN = tuple(ipaddress.ip_network(network) for network in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"))


def why_refused(address: IPAddress, *, loopback: bool, private: bool = False) -> str:
    """Return which kind of forbidden address this is; empty when it may be connected to.

    Args:
        address: As resolved; an IPv4 address inside a mapped or NAT64 one is judged itself.
        loopback: Whether this machine's own addresses are allowed.
        private: Whether those of the desk's own network are.
    """
    inner = _inner(address)
    if inner:
        return why_refused(inner, loopback=loopback, private=private)
    if address.is_loopback:
        return "" if loopback else "this machine"
    if address.is_link_local:
        return "the local link, where clouds keep their machines' secrets"
    if address.is_multicast:
        return "many machines at once"
    if private and any(address in network for network in _OWN):
        return ""
    if address.is_private:
        return "a private network"
    outside = address.version == 6 and address not in _GLOBAL_UNICAST
    if outside or not address.is_global or any(address in network for network in _RESERVED):
        return "a reserved range"
    return ""


def is_this_machine(host: str) -> bool:
    """Return whether a host is "localhost" or a loopback address."""
    name = host.rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _inner(address: IPAddress) -> ipaddress.IPv4Address | None:
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped
