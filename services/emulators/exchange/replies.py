"""Automatic replies, read and written."""

from __future__ import annotations

from typing import Final

from lxml import etree  # type: ignore[import-untyped]  # its types are a package of their own

from services.emulators.exchange.folders import Doors
from services.emulators.exchange.mailboxes import Away, Caller, Mailbox
from services.emulators.exchange.soap import NS, Fault, Refused, element, outcome, text_of, with_children
from services.emulators.exchange.values import moment, written

_STATES: Final = ("Disabled", "Enabled", "Scheduled")
_AUDIENCES: Final = ("None", "Known", "All")


def get_replies(doors: Doors, caller: Caller, impersonated: str, request: etree._Element) -> etree._Element:
    """Answer GetUserOofSettings."""
    made = element("m", "GetUserOofSettingsResponse")
    try:
        box = _box(doors, caller, impersonated, request)
    except Refused as refused:
        return with_children(made, outcome(refused))
    allowed = element("m", "AllowExternalOof", "All")
    return with_children(made, outcome(None), _settings(box.away), allowed)


def set_replies(doors: Doors, caller: Caller, impersonated: str, request: etree._Element) -> etree._Element:
    """Answer SetUserOofSettings. Raises Fault."""
    made = element("m", "SetUserOofSettingsResponse")
    try:
        box = _box(doors, caller, impersonated, request)
        box.away = _away(request.find("t:UserOofSettings", NS))
    except Refused as refused:
        return with_children(made, outcome(refused))
    return with_children(made, outcome(None))


def _box(doors: Doors, caller: Caller, impersonated: str, request: etree._Element) -> Mailbox:
    return doors.open(caller, impersonated, text_of(request, "t:Mailbox/t:Address"))


def _away(given: etree._Element | None) -> Away:
    state, audience = (
        ("", "") if given is None else (text_of(given, "t:OofState"), text_of(given, "t:ExternalAudience"))
    )
    if given is None or state not in _STATES or audience not in _AUDIENCES:
        raise Fault("ErrorInvalidRequest", "automatic replies without their state", status=400)
    start = end = None
    if given.find("t:Duration", NS) is not None:
        try:
            start, end = (moment(text_of(given, f"t:Duration/t:{name}")) for name in ("StartTime", "EndTime"))
        except ValueError as error:
            raise Fault("ErrorInvalidRequest", "a duration without its times", status=400) from error
    if state == "Scheduled" and (start is None or end is None or end <= start):
        raise Refused("ErrorInvalidScheduledOofDuration", "The end must be after the start.")
    inside, outside = (text_of(given, f"t:{name}/t:Message") for name in ("InternalReply", "ExternalReply"))
    return Away(state=state, audience=audience, start=start, end=end, inside=inside, outside=outside)


def _settings(away: Away) -> etree._Element:
    made = with_children(
        element("t", "OofSettings"),
        element("t", "OofState", away.state),
        element("t", "ExternalAudience", away.audience),
    )
    if away.start is not None and away.end is not None:
        made.append(
            with_children(
                element("t", "Duration"),
                element("t", "StartTime", written(away.start).removesuffix("Z")),
                element("t", "EndTime", written(away.end).removesuffix("Z")),
            )
        )
    for name, text in (("InternalReply", away.inside), ("ExternalReply", away.outside)):
        made.append(with_children(element("t", name), element("t", "Message", text)))
    return made
