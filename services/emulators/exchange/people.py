"""Who there is, and who may read whose calendar."""

from __future__ import annotations

from lxml import etree  # type: ignore[import-untyped]  # its types are a package of their own

from services.emulators.exchange.folders import Doors
from services.emulators.exchange.mailboxes import Caller, Mailbox, Organisation, Right
from services.emulators.exchange.soap import Refused, element, message, response, text_of, with_children


def resolve_names(organisation: Organisation, request: etree._Element) -> etree._Element:
    """Answer ResolveNames."""
    wanted = text_of(request, "m:UnresolvedEntry").lower().removeprefix("smtp:")
    found = [
        b for b in organisation.mailboxes.values() if wanted and wanted in f"{b.name} {b.address}".lower()
    ]
    if not found:
        error = Refused("ErrorNameResolutionNoResults", "No results were found.")
        return response("ResolveNames", message("ResolveNames", error=error))
    told = element("m", "ResolutionSet", TotalItemsInView=str(len(found)), IncludesLastItemInRange="true")
    return response("ResolveNames", message("ResolveNames", with_children(told, *map(_resolution, found))))


def _resolution(box: Mailbox) -> etree._Element:
    mailbox = with_children(
        element("t", "Mailbox"),
        element("t", "Name", box.name or box.address),
        element("t", "EmailAddress", box.address),
        element("t", "RoutingType", "SMTP"),
        element("t", "MailboxType", "Mailbox"),
    )
    return with_children(element("t", "Resolution"), mailbox)


def get_delegates(doors: Doors, caller: Caller, impersonated: str, request: etree._Element) -> etree._Element:
    """Answer GetDelegate: the accounts that read the details of a calendar, as its reviewers."""
    try:
        box = doors.open(caller, impersonated, text_of(request, "m:Mailbox/t:EmailAddress"))
    except Refused as refused:
        return _outcome(refused)
    names = [name for name, right in box.readers.items() if right is Right.DETAILS]
    made = _outcome(None)
    if names:
        made.append(with_children(element("m", "ResponseMessages"), *map(_delegate, names)))
    return with_children(made, element("m", "DeliverMeetingRequests", "NoForward"))


def _outcome(refused: Refused | None) -> etree._Element:
    """Return the response, which is itself a message here, unlike those of other operations."""
    made = message("GetDelegate", error=refused)
    made.tag = element("m", "GetDelegateResponse").tag
    return made


def _delegate(name: str) -> etree._Element:
    level = element("t", "CalendarFolderPermissionLevel", "Reviewer")
    user = with_children(
        element("m", "DelegateUser"),
        with_children(element("t", "UserId"), element("t", "DisplayName", name)),
        with_children(element("t", "DelegatePermissions"), level),
        element("t", "ReceiveCopiesOfMeetingMessages", "false"),
        element("t", "ViewPrivateItems", "false"),
    )
    made = element("m", "DelegateUserResponseMessageType", ResponseClass="Success")
    return with_children(made, element("m", "ResponseCode", "NoError"), user)
