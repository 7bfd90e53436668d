"""One mailbox's calendar: its folder, and the items in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

from lxml import etree  # type: ignore[import-untyped]  # its types are a package of their own

from services.emulators.exchange.items import NUMBER, fields, told
from services.emulators.exchange.mailboxes import Caller, Item, Mailbox, Occurrence, Organisation, Right
from services.emulators.exchange.soap import (
    NS,
    Fault,
    Refused,
    element,
    message,
    response,
    text_of,
    with_children,
)
from services.emulators.exchange.values import decoded, encoded, moment, whole

_FOLDERS: Final = ("calendar", "root", "msgfolderroot")
_ROOT: Final = "IPM.Root"
_CALENDAR: Final = "IPF.Appointment"
_MOST: Final = 1000
_LONGEST: Final = timedelta(days=731)
"""Two years, as Microsoft documents FindItem."""
_EVER: Final = (datetime(1601, 1, 1, tzinfo=UTC), datetime(4500, 1, 1, tzinfo=UTC))


class Doors:
    """Who may go into which mailbox: their own by impersonation, others by right."""

    def __init__(self, organisation: Organisation) -> None:
        self._organisation = organisation

    def open(self, caller: Caller, impersonated: str, address: str) -> Mailbox:
        """Return a mailbox for whoever is let in. Raises Refused."""
        wanted = address or impersonated
        box = self._organisation.mailbox(wanted)
        if box is None:
            raise Refused("ErrorNonExistentMailbox", "No mailbox with such guid or address.")
        if box.error:
            raise Refused(box.error)
        is_own = impersonated and impersonated.lower() == box.address.lower()
        if not is_own and self._organisation.right(caller, box) is not Right.DETAILS:
            raise Refused("ErrorAccessDenied", "Access is denied. Check credentials and try again.")
        return box

    def folder(self, caller: Caller, impersonated: str, parent: etree._Element | None) -> tuple[Mailbox, str]:
        """Return the mailbox and the kind of folder that an id names. Raises Refused."""
        found = None if parent is None else next((e for e in parent if isinstance(e.tag, str)), None)
        if found is None:
            raise Refused("ErrorFolderNotFound", "no folder was named")
        if etree.QName(found).localname == "DistinguishedFolderId":
            kind = found.get("Id", "")
            box = self.open(caller, impersonated, text_of(found, "t:Mailbox/t:EmailAddress"))
        else:
            kind, _, address = decoded(found.get("Id", "")).partition(" ")
            box = self.open(caller, impersonated, address)
        if kind not in _FOLDERS:
            raise Refused("ErrorFolderNotFound", "The specified folder could not be found in the store.")
        return box, kind


def folder_id(box: Mailbox, kind: str) -> etree._Element:
    """Return the id of a folder."""
    return element("t", "FolderId", Id=encoded(f"{kind} {box.address}"), ChangeKey="AQAAAA==")


def get_folder(doors: Doors, caller: Caller, impersonated: str, request: etree._Element) -> etree._Element:
    """Answer GetFolder. Raises Fault."""
    messages = []
    for wanted in _named(request, "m:FolderIds"):
        holder = with_children(element("m", "FolderIds"), _copy(wanted))
        try:
            box, kind = doors.folder(caller, impersonated, holder)
            messages.append(message("GetFolder", with_children(element("m", "Folders"), _folder(box, kind))))
        except Refused as refused:
            messages.append(message("GetFolder", element("m", "Folders"), error=refused))
    return response("GetFolder", *messages)


def _folder(box: Mailbox, kind: str) -> etree._Element:
    is_calendar = kind == "calendar"
    return with_children(
        element("t", "CalendarFolder" if is_calendar else "Folder"),
        folder_id(box, kind),
        element("t", "FolderClass", _CALENDAR if is_calendar else _ROOT),
        element("t", "DisplayName", "Calendar" if is_calendar else "Top of Information Store"),
        element("t", "TotalCount", str(len(box.items) if is_calendar else 0)),
        element("t", "ChildFolderCount", "0"),
    )


# ------------------------------------------------------------------ views


def find_item(doors: Doors, caller: Caller, impersonated: str, request: etree._Element) -> etree._Element:
    """Answer FindItem with a CalendarView: series are taken apart. Raises Fault."""
    try:
        box, kind = doors.folder(caller, impersonated, request.find("m:ParentFolderIds", NS))
        view = request.find("m:CalendarView", NS)
        if view is None or kind != "calendar":
            raise Refused("ErrorInvalidOperation", "only calendar views are emulated")
        start, end = _window(view)
    except Refused as refused:
        return response("FindItem", message("FindItem", error=refused))
    most = min(whole(view.get("MaxEntriesReturned", str(_MOST)), least=1, most=2**31 - 1), _MOST)
    found = sorted(
        (
            (begins, item.id, number, ends, item)
            for item in box.items.values()
            for number, begins, ends in item.occurrences(start, end)
        ),
        key=lambda one: one[:2],
    )
    wanted = fields(request)
    items = [told(box, item, number, begins, ends, wanted) for begins, _, number, ends, item in found[:most]]
    root = element(
        "m",
        "RootFolder",
        TotalItemsInView=str(len(items)),
        IncludesLastItemInRange=str(len(found) <= most).lower(),
    )
    return response(
        "FindItem", message("FindItem", with_children(root, with_children(element("t", "Items"), *items)))
    )


def _window(view: etree._Element) -> tuple[datetime, datetime]:
    try:
        start, end = (moment(view.get(name, "")) for name in ("StartDate", "EndDate"))
    except ValueError as error:
        raise Fault("ErrorInvalidRequest", "a view needs a start and an end", status=400) from error
    if end < start:
        raise Refused("ErrorCalendarEndDateIsEarlierThanStartDate", "EndDate is earlier than StartDate")
    if end - start > _LONGEST:
        raise Refused("ErrorCalendarViewRangeTooBig", "The specified date range exceeds two years.")
    return start, end


def get_item(doors: Doors, caller: Caller, impersonated: str, request: etree._Element) -> etree._Element:
    """Answer GetItem. Raises Fault."""
    messages = []
    for wanted in _named(request, "m:ItemIds"):
        try:
            address, _, rest = decoded(wanted.get("Id", "")).partition(" ")
            box = doors.open(caller, impersonated, address)
            id_, _, number = rest.partition(NUMBER)
            item = box.items.get(id_)
            if item is None:
                raise _not_there()
            item_told = told(box, item, *_occurrence(item, number), fields(request))
            messages.append(message("GetItem", with_children(element("m", "Items"), item_told)))
        except Refused as refused:
            messages.append(message("GetItem", element("m", "Items"), error=refused))
    return response("GetItem", *messages)


def _occurrence(item: Item, number: str) -> Occurrence:
    if not number:
        return None, item.start, item.end
    for one in item.occurrences(*_EVER):
        if str(one[0]) == number:
            return one
    raise _not_there()


def _not_there() -> Refused:
    return Refused("ErrorItemNotFound", "The specified object was not found in the store.")


def _named(request: etree._Element, path: str) -> Iterator[etree._Element]:
    """Yield what a list of ids names. Raises Fault where there is none: the schema wants one."""
    holder = request.find(path, NS)
    found = [] if holder is None else [e for e in holder if isinstance(e.tag, str)]
    if not found:
        raise Fault("ErrorInvalidRequest", f"{path} names nothing", status=400)
    return iter(found)


def _copy(found: etree._Element) -> etree._Element:
    return etree.fromstring(etree.tostring(found))
