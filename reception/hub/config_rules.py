"""What must hold in a configuration beyond its types. Each rule yields its complaints, ready to print."""

from __future__ import annotations

import ipaddress
import re
import zoneinfo
from collections import Counter
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from reception.hub.config_shape import Config, HubSettings
from reception.hub.office_file import default_office
from reception.model.groups import AttendantGroup

_NUMBER = re.compile(r"\+?[0-9*#]{1,20}")
_NAME = re.compile(r"([\w.-]+(:\d{1,5})?)?")
_ATTENDANT_ID = re.compile(r"[\w.-]{1,16}")


def check_rules(config: Config) -> Iterator[str]:
    """Yield everything that is wrong, the first fault first."""
    yield from _check_listen(config.hub)
    yield from _check_hub(config.hub)
    yield from _check_groups(config.groups)
    yield from _check_attendants(config)
    yield from _check_parking(config)
    yield from _check_web(config)
    yield from _check_identity(config)


def check_office_names(config: Config) -> Iterator[str]:
    """Yield what groups name that the office does not have; for a configuration with its office."""
    office = (config.office or default_office(zone=config.hub.zone)).office
    known = {"activities": {a.id for a in office.activities}, "roles": {r.id for r in office.roles}}
    for n, group in enumerate(config.groups, start=1):
        named = {"activities": group.without_activities, "roles": group.without_roles}
        for what, names in named.items():
            for name in names:
                if name not in known[what]:
                    yield (
                        f'groups[{n}] without_{what}: "{name}" is not one of the office\'s {what}. '
                        f"Allowed: {', '.join(sorted(known[what])) or 'none'}."
                    )


def host_and_port(listen: str) -> tuple[str, int]:
    """Split HOST:PORT; an IPv6 host stands in brackets. Raises ValueError."""
    host, colon, port = listen.rpartition(":")
    if not colon or not host or not port.isdecimal() or int(port) > 65535:
        raise ValueError(listen)
    return host.removeprefix("[").removesuffix("]"), int(port)


def is_loopback(host: str) -> bool:
    """Return whether only this computer can reach an address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _check_listen(hub: HubSettings) -> Iterator[str]:
    try:
        host, _ = host_and_port(hub.listen)
    except ValueError:
        yield f'hub listen: "{hub.listen}" is not HOST:PORT, for example "127.0.0.1:0" or "0.0.0.0:8443".'
        return
    if bool(hub.tls_cert) != bool(hub.tls_key):
        yield "hub: tls_cert and tls_key are needed together."
    elif not hub.tls_cert and not is_loopback(host):
        yield (
            f'hub listen: "{hub.listen}" can be reached from other computers, and that is allowed with TLS '
            f'only: give tls_cert and tls_key (PEM files), or listen on "127.0.0.1:0".'
        )


def _check_hub(hub: HubSettings) -> Iterator[str]:
    if hub.zone and hub.zone not in zoneinfo.available_timezones():
        yield (
            f'hub zone: "{hub.zone}" is not a time zone. Allowed: names like "Europe/Copenhagen", '
            f'or "" for this computer\'s own.'
        )
    if hub.idle_exit_s <= 0:
        yield "hub idle_exit_s: must be more than 0 seconds."


def _check_groups(groups: Iterable[AttendantGroup]) -> Iterator[str]:
    groups = tuple(groups)
    if not groups:
        yield "at least one attendant group is needed: [[groups]] with id, name and number."
    yield from _doubled("groups", "id", (g.id for g in groups))
    yield from _doubled("groups", "number", (g.number for g in groups))
    for n, group in enumerate(groups, start=1):
        where = f"groups[{n}]"
        yield from _check_number(where, group.number)
        amounts = {
            "ring_at_once": group.ring_at_once,
            "ring_s": group.ring_s,
            "transfer_s": group.transfer_s,
            "recall_s": group.recall_s,
            "park_recall_s": group.park_recall_s,
            "callback.ring_s": group.callback.ring_s,
            "callback.max_tries": group.callback.max_tries,
            "camp_on.queue_size": group.camp_on.queue_size,
            "camp_on.ring_s": group.camp_on.ring_s,
        }
        yield from (f"{where} {key}: must be more than 0." for key, value in amounts.items() if value <= 0)
        floors = {
            "target_wait_s": group.target_wait_s,
            "callback.retry_after_s": group.callback.retry_after_s,
            "callback.valid_min": group.callback.valid_min,
            "camp_on.notify_owner_s": group.camp_on.notify_owner_s,
            "camp_on.notify_group_s": group.camp_on.notify_group_s,
        }
        yield from (f"{where} {key}: must be 0 or more." for key, value in floors.items() if value < 0)


def _check_attendants(config: Config) -> Iterator[str]:
    attendants = config.attendants
    if not attendants:
        yield "at least one receptionist is needed: [[attendants]] with id, name and number."
    yield from _doubled("attendants", "id", (a.id.casefold() for a in attendants))
    yield from _doubled("attendants", "number", (a.number for a in attendants))
    known = {g.id for g in config.groups}
    for n, attendant in enumerate(attendants, start=1):
        where = f"attendants[{n}]"
        if not _ATTENDANT_ID.fullmatch(attendant.id):
            yield f'{where} id: "{attendant.id}" is not allowed: 1 to 16 letters, digits, dots or dashes.'
        yield from _check_number(where, attendant.number)
        for group in attendant.groups:
            if group not in known:
                yield f'{where} groups: there is no group "{group}". Allowed: {", ".join(sorted(known))}.'
        if attendant.token_file and attendant.token_env:
            yield f"{where}: give token_file or token_env, not both."


def _check_parking(config: Config) -> Iterator[str]:
    slots = config.parking.slots
    if not slots:
        yield 'parking slots: at least one is needed, for example ["701", "702"].'
    yield from _doubled("parking", "slots", slots)


def _check_web(config: Config) -> Iterator[str]:
    web = config.web
    if not web.listen:
        return
    try:
        host, _ = host_and_port(web.listen)
    except ValueError:
        yield f'web listen: "{web.listen}" is not HOST:PORT, for example "0.0.0.0:443" or "127.0.0.1:8080".'
        return
    if bool(web.tls_cert) != bool(web.tls_key):
        yield "web: tls_cert and tls_key are needed together."
    elif not (web.tls_cert or config.hub.tls_cert or is_loopback(host)):
        yield (
            f'web listen: "{web.listen}" can be reached from other computers, and that is allowed with TLS '
            f'only: give tls_cert and tls_key here or in [hub], or listen on "127.0.0.1:8080".'
        )
    if not _NAME.fullmatch(web.public_name):
        yield f'web public_name: "{web.public_name}" is not a name such as "presence.example".'
    hours = {"idle_hours": web.idle_hours, "session_hours": web.session_hours}
    yield from (f"web {key}: must be more than 0 hours." for key, value in hours.items() if value <= 0)


def _check_identity(config: Config) -> Iterator[str]:
    if config.identity is None:
        return
    if not config.web.listen:
        yield 'identity: people sign in on the colleagues\' page; give [web] listen, such as "0.0.0.0:443".'
    address = config.identity_rules.address
    if address and not _is_page(address):
        yield (
            f'identity address: "{address}" is not allowed: the page\'s address with https and without a '
            'path, such as "https://presence.example".'
        )


def _is_page(address: str) -> bool:
    """Return whether an address is that of a page: https, or http on this computer, and nothing behind."""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    is_bare = parts.path in ("", "/") and not parts.query and not parts.fragment and "@" not in parts.netloc
    return (
        bool(host) and is_bare and (parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host)))
    )


def _check_number(where: str, number: str) -> Iterator[str]:
    if not _NUMBER.fullmatch(number):
        yield (
            f'{where} number: "{number}" is not a telephone number: digits, at most 20, '
            f"with + in front if international."
        )


def _doubled(table: str, key: str, values: Iterable[str]) -> Iterator[str]:
    for value, count in Counter(values).items():
        if count > 1:
            yield f'{table}: {key} "{value}" is there {count} times; each must be different.'
