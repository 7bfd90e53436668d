"""An Exchange server as exchangelib knows it. Everything here waits: it is called from threads of our own."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final

from exchangelib import (
    DELEGATE,
    IMPERSONATION,
    Account,
    EWSDateTime,
    EWSTimeZone,
)
from exchangelib.errors import ResponseMessageError
from exchangelib.fields import FieldPath
from exchangelib.folders import SHALLOW, Calendar, Root
from exchangelib.items import ID_ONLY, CalendarItem
from exchangelib.properties import CalendarView, DistinguishedFolderId, Mailbox
from exchangelib.services import FindItem, GetServerTimeZones, GetUserAvailability, SubscribeToStreaming

from reception.errors import ServiceError
from reception.model.calendar import Appointment
from reception.model.lines import WorkingHours
from services.exchange.hours import hours_of
from services.exchange.items import (
    FIELDS,
    MERGED_MINUTES,
    Replies,
    Times,
    Window,
    appointment_of,
    events_of,
    replies_of,
    times_of,
)
from services.exchange.lines import Line, Lines
from services.exchange.settings import ExchangeSettings
from services.exchange.trouble import ALL, MailboxFailed, MailboxRefused, NoMailbox, trouble_of

_log = logging.getLogger(__name__)

AT_ONCE: Final = 100
"""Mailboxes in one question for free and busy times (contract 8.2)."""
LONGEST_S: Final = 42 * 86_400.0
"""What the server answers for at most."""
MOST_STREAMED: Final = 200
"""Subscriptions of one connection."""
_MOST_ITEMS: Final = 1000
_ASKED: Final = (*FIELDS, "_start_timezone", "_end_timezone")
"""exchangelib makes dates of all-day appointments by the zones that they were made in."""
_UTC: Final = EWSTimeZone("UTC")

# Its log holds what was asked and answered: addresses, subjects. What matters of it, we say ourselves.
logging.getLogger("exchangelib").setLevel(logging.CRITICAL)

# One mailbox that cannot be told about would lose all that follow it in the answer (contract 8.2).
GetUserAvailability.ERRORS_TO_CATCH_IN_RESPONSE = (
    *GetUserAvailability.ERRORS_TO_CATCH_IN_RESPONSE,
    ResponseMessageError,
)


class Server:
    """One server, signed in to. From any thread."""

    def __init__(self, settings: ExchangeSettings, *, is_patient: bool = True) -> None:
        self._settings = settings
        self._home = settings.home
        self._lines = Lines(settings, is_patient=is_patient)
        self._calendars: dict[str, Calendar] = {}
        # Whoever wants times alone is not sent the words in the first place.
        self._view_asked = "DetailedMerged" if settings.calendars == "details" else "FreeBusyMerged"

    def close(self) -> None:
        """Let go of its connections, those for streaming too; what else is under way ends by itself."""
        self._lines.close()
        self._calendars.clear()

    def sign_in(self) -> str:
        """Return the version of the server that accepts us. Raises ServiceError."""
        with self._mending(""):
            list(GetServerTimeZones(protocol=self._lines.protocol).call(timezones=[_UTC]))
        return str(self._lines.protocol.version.build or "")

    def skew_s(self) -> float | None:
        """Return the seconds that the server's clock is ahead of ours; None when it does not say.

        Nobody signs in for that. Raises ServiceError.
        """
        url, timeout = self._settings.url, self._settings.timeout_s
        with self._mending(""), self._lines.protocol.raw_session(url) as session:
            reply = session.get(url, timeout=timeout, allow_redirects=False, stream=True)
        try:
            return parsedate_to_datetime(reply.headers.get("Date", "")).timestamp() - time.time()
        except ValueError:
            return None

    def free_busy(self, mailboxes: Sequence[str], window: Window) -> list[Times | ServiceError]:
        """Return the times of up to `AT_ONCE` mailboxes, or why not, each in its place.

        Raises ServiceError.
        """
        found: list[list[Any] | ServiceError] = [[] for _ in mailboxes]
        hours: list[WorkingHours | None] = [None] * len(mailboxes)
        start = window.start
        while start < window.end:
            part = Window(start, min(start + LONGEST_S, window.end))
            for n, view in enumerate(self._views(mailboxes, part)):
                found[n] = self._more(found[n], view, part, mailboxes[n], is_first=start == window.start)
                if start == window.start:
                    hours[n] = self._hours(view, part)
            start = part.end
        return [self._times(*one) for one in zip(found, mailboxes, hours, strict=True)]

    def calendar(self, mailbox: str, window: Window) -> tuple[tuple[Appointment, ...], int]:
        """Return what stands in a calendar, and how much of it made no sense. Raises ServiceError."""
        found, skipped = [], 0
        with self._mending(mailbox):
            for item in self._view(mailbox, window):
                if isinstance(item, Exception):
                    raise item
                try:
                    if (appointment := appointment_of(item, mailbox, self._home)) is not None:
                        found.append(appointment)
                except (ValueError, TypeError, AttributeError, OverflowError):
                    skipped += 1
        return tuple(found), skipped

    def replies(self, mailbox: str) -> Replies | None:
        """Return automatic replies that have an end. Raises ServiceError."""
        with self._mending(mailbox):
            return replies_of(self._account(mailbox).oof_settings, self._home)

    def impersonate(self, mailbox: str) -> None:
        """Try the role ApplicationImpersonation; what this mailbox says else is not asked here.

        Raises ServiceError.
        """
        try:
            self.replies(mailbox)
        except MailboxFailed as error:
            if isinstance(error, NoMailbox):
                raise

    def subscribe(self, mailbox: str) -> str:
        """Return a subscription to a calendar. Raises ServiceError."""
        with self._mending(mailbox):
            calendar = self._calendar_of(mailbox)
            service = SubscribeToStreaming(account=calendar.account)
            return str(service.get(folders=[calendar], event_types=service.EVENT_TYPES))

    def line(self, mailbox: str) -> Line:
        """Return what hears of changes; `mailbox` is one of them, by which they are asked for."""
        return self._lines.new_line(self._calendar_of(mailbox).account)

    def listen(
        self, line: Line, subscriptions: Sequence[str], minutes: int, heard: Callable[[str], None]
    ) -> None:
        """Hear of changes until the server ends it; `heard` is told the subscription. Raises ServiceError."""
        with self._mending(""):
            for told in line.call(subscription_ids=list(subscriptions), connection_timeout=minutes):
                heard(str(told.subscription_id))

    # ------------------------------------------------------------- inside

    def _view(self, mailbox: str, window: Window) -> Iterator[Any]:
        """Yield a calendar's items, by one request: a query set of exchangelib's would ask for each item."""
        calendar = self._calendar_of(mailbox)
        view = CalendarView(start=_moment(window.start), end=_moment(window.end), max_items=_MOST_ITEMS)
        yield from FindItem(account=calendar.account).call(
            folders=[calendar],
            additional_fields=[FieldPath(field=CalendarItem.get_field_by_fieldname(name)) for name in _ASKED],
            restriction=None,
            order_fields=None,
            shape=ID_ONLY,
            query_string=None,
            depth=SHALLOW,
            calendar_view=view,
            max_items=_MOST_ITEMS,
            offset=0,
        )

    def _views(self, mailboxes: Sequence[str], window: Window) -> Iterator[Any]:
        with self._mending(""):
            views = list(
                self._lines.protocol.get_free_busy_info(
                    accounts=[(mailbox, "Required", False) for mailbox in mailboxes],
                    start=_moment(window.start),
                    end=_moment(window.end),
                    merged_free_busy_interval=MERGED_MINUTES,
                    requested_view=self._view_asked,
                )
            )
            if len(views) != len(mailboxes):
                raise ValueError("not as many answers as mailboxes")
        for view, mailbox in zip(views, mailboxes, strict=True):
            yield trouble_of(view, self._settings, mailbox) if isinstance(view, Exception) else view

    def _more(
        self, so_far: list[Any] | ServiceError, view: Any, window: Window, mailbox: str, *, is_first: bool
    ) -> list[Any] | ServiceError:
        """Return what is known of a mailbox with the next part of the time."""
        if isinstance(so_far, ServiceError) or isinstance(view, ServiceError):
            return so_far if isinstance(so_far, ServiceError) else view
        try:
            events = events_of(view, window, is_first=is_first)
        except (ValueError, TypeError, AttributeError, OverflowError) as error:
            return trouble_of(error, self._settings, mailbox)
        if events is None:
            return MailboxRefused("mailbox_refused", address=mailbox, error="NoData")
        return [*so_far, *events]

    def _hours(self, view: Any, window: Window) -> WorkingHours | None:
        """Return the working hours in a view; those without sense are none, and no trouble of the mailbox."""
        if isinstance(view, ServiceError):
            return None
        year = datetime.fromtimestamp(window.start, self._home).year
        try:
            return hours_of(view, self._home, self._settings.zone, year)
        except (ValueError, TypeError, AttributeError, OverflowError) as error:
            _log.debug("working hours without sense: %s", error)
            return None

    def _times(
        self, events: list[Any] | ServiceError, mailbox: str, hours: WorkingHours | None
    ) -> Times | ServiceError:
        if isinstance(events, ServiceError):
            return events
        try:
            return times_of(events, mailbox, self._home, hours)
        except (ValueError, TypeError, AttributeError, OverflowError) as error:
            return trouble_of(error, self._settings, mailbox)

    def _account(self, mailbox: str) -> Account:
        return Account(
            mailbox,
            config=self._lines.config,
            access_type=IMPERSONATION if self._settings.impersonation else DELEGATE,
            autodiscover=False,
            default_timezone=_UTC,
        )

    def _calendar_of(self, mailbox: str) -> Calendar:
        """Return a calendar by its well-known name: looking for the folder would be two requests more."""
        known = self._calendars.get(mailbox)
        if known is None:
            box = Mailbox(email_address=mailbox)
            root = Root(
                account=self._account(mailbox),
                _distinguished_id=DistinguishedFolderId(id="root", mailbox=box),
            )
            named = DistinguishedFolderId(id="calendar", mailbox=box)
            known = self._calendars.setdefault(mailbox, Calendar(root=root, _distinguished_id=named))
        return known

    @contextmanager
    def _mending(self, mailbox: str) -> Iterator[None]:
        try:
            yield
        except ALL as error:
            raise trouble_of(error, self._settings, mailbox) from error


def _moment(at: float) -> EWSDateTime:
    return EWSDateTime.from_datetime(datetime.fromtimestamp(at, UTC)).astimezone(_UTC)
