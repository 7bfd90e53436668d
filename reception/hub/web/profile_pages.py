"""Presence profiles, the organisation's and one's own: chosen, made, changed, deleted (003-01 to 003-36)."""

from __future__ import annotations

import secrets
from typing import Any, Final, NamedTuple

from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from reception.errors import CommandRefused
from reception.hub.web.forms import handling_of, number_in
from reception.hub.web.own import new_request, refusal_key, refused
from reception.hub.web.visit import Visit, Web, failure, signed_in
from reception.model.attendants import Readiness
from reception.model.office import OwnSetting, Profile, label
from reception.model.people import NumberKind
from reception.model.presence import CallHandling, EntryDraft

_MOST_PROFILES: Final = 30
_LONGEST_NAME: Final = 40
_QUEUES: Final = {"": None, Readiness.READY.value: Readiness.READY, Readiness.PAUSED.value: Readiness.PAUSED}


class ProfileForm(NamedTuple):
    """A profile's fields as text; `enabled` is empty for one that is not offered (003-05)."""

    name: str = ""
    activity: str = ""
    availability: str = "busy"
    calls: str = CallHandling.VOICEMAIL.value
    number: str = ""
    info: str = ""
    queue: str = ""
    enabled: str = ""


class ProfilePages:
    """The page of profiles. The name of a profile is given once (requirement 003-02)."""

    def __init__(self, web: Web) -> None:
        self._web = web

    def routes(self) -> list[BaseRoute]:
        """Return the addresses served here."""
        web = self._web
        return [
            Route("/profiles", signed_in(web, self.profiles), methods=["GET"]),
            Route("/profiles", signed_in(web, self.add), methods=["POST"]),
            Route("/profiles/{id:path}/choose", signed_in(web, self.choose), methods=["POST"]),
            Route("/profiles/{id:path}/delete", signed_in(web, self.remove), methods=["POST"]),
            Route("/profiles/{id:path}", signed_in(web, self.change_form), methods=["GET"]),
            Route("/profiles/{id:path}", signed_in(web, self.change), methods=["POST"]),
        ]

    async def profiles(self, visit: Visit) -> Response:
        """Show the profiles, each with its status, diversion and text, and a form for another one."""
        return self._page(visit, ProfileForm(enabled="on"))

    async def choose(self, visit: Visit) -> Response:
        """Take a profile by hand, with all that belongs to it (requirement 003-07)."""
        wanted = visit.request.path_params["id"]
        profile = next((p for p in visit.office.profiles if p.id == wanted and p.is_enabled), None)
        if profile is None:
            return failure(self._web, visit.request, 404)
        request = new_request()
        draft = EntryDraft(start=visit.now, profile=profile.id)  # the desk knows the rest
        try:
            await self._web.desk.set_entry(visit.actor, visit.me, draft, request=request)
        except CommandRefused as refusal:
            return refused(visit, refusal, to="/profiles")
        return visit.done("done_set", request=request, title=_name_of(visit, profile))

    async def add(self, visit: Visit) -> Response:
        """Make a profile of one's own (requirement 003-01)."""
        form, mine = _typed(visit), _own(visit)
        faults = _faults(visit, form) | _faults_of_name(visit, form.name)
        if len(mine) >= _MOST_PROFILES:
            faults["form"] = "fault_many_profiles"
        if faults:
            return self._page(visit, form, faults=faults)
        labels = {visit.words.language: form.name, "en": form.name}
        made = _profile_of(visit, form, Profile(id=f"own-{secrets.token_hex(6)}", labels=labels))
        return await self._keep(visit, (*mine, made), "done_profile", form)

    async def change_form(self, visit: Visit) -> Response:
        """Show one of one's own to change."""
        profile = _own_one(visit)
        if profile is None:
            return failure(self._web, visit.request, 404)
        return self._page(visit, _form_of(visit, profile), profile)

    async def change(self, visit: Visit) -> Response:
        """Change one of one's own, all but its name."""
        before, form = _own_one(visit), _typed(visit)
        if before is None:
            return failure(self._web, visit.request, 404)
        form = form._replace(name=_name_of(visit, before))
        if faults := _faults(visit, form):
            return self._page(visit, form, before, faults=faults)
        made = _profile_of(visit, form, before)
        changed = tuple(made if p.id == before.id else p for p in _own(visit))
        return await self._keep(visit, changed, "done_profile", form, before)

    async def remove(self, visit: Visit) -> Response:
        """Delete one of one's own (requirement 003-03)."""
        wanted = visit.request.path_params["id"]
        left = tuple(p for p in _own(visit) if p.id != wanted)
        return await self._keep(visit, left, "done_profile_deleted", ProfileForm(enabled="on"))

    async def _keep(
        self,
        visit: Visit,
        profiles: tuple[Profile, ...],
        done: str,
        form: ProfileForm,
        profile: Profile | None = None,
    ) -> Response:
        try:
            await self._web.desk.set_profiles(visit.actor, profiles)
        except CommandRefused as refusal:
            return self._page(visit, form, profile, faults={"form": refusal_key(visit, refusal)})
        return visit.done(done, to="/profiles")

    def _page(
        self,
        visit: Visit,
        form: ProfileForm,
        profile: Profile | None = None,
        *,
        faults: dict[str, str] | None = None,
    ) -> Response:
        me, locked = visit.people.get(visit.me), visit.office.locked
        entries = self._web.desk.timeline_of(visit.actor, visit.me).entries
        holding = {e.profile for e in entries if e.profile and e.is_current(visit.now)}
        shown = [p for p in visit.office.profiles if p.is_enabled or p.person]
        return visit.page(
            "profiles.html",
            code=422 if faults else 200,
            form=form,
            profile=profile,
            faults=faults or {},
            profiles=[_view(visit, p, is_current=p.id in holding) for p in shown],
            may_edit=OwnSetting.PROFILES not in locked,
            may_choose=OwnSetting.CHOOSING not in locked,
            activities=visit.office.activities,
            queues=tuple(_QUEUES) if self._web.desk.has_queue(visit.actor) else (),
            own_numbers=[] if me is None else [n for n in me.numbers if n.kind is NumberKind.MOBILE],
        )


def _own(visit: Visit) -> tuple[Profile, ...]:
    return tuple(p for p in visit.office.profiles if p.person)


def _own_one(visit: Visit) -> Profile | None:
    wanted = visit.request.path_params["id"]
    return next((p for p in _own(visit) if p.id == wanted), None)


def _name_of(visit: Visit, profile: Profile) -> str:
    return label(profile.labels, visit.words.language, profile.id)


def _typed(visit: Visit) -> ProfileForm:
    return ProfileForm(**{name: visit.fields.get(name, "") for name in ProfileForm._fields})


def _form_of(visit: Visit, profile: Profile) -> ProfileForm:
    return ProfileForm(
        name=_name_of(visit, profile),
        activity=profile.activity,
        availability="busy" if profile.is_busy else "free",
        calls=profile.handling.value,
        number=profile.divert_to,
        info=profile.info,
        queue="" if profile.queue is None else profile.queue.value,
        enabled="on" if profile.is_enabled else "",
    )


def _faults(visit: Visit, form: ProfileForm) -> dict[str, str]:
    """Return the keys of what is wrong, by field."""
    faults: dict[str, str] = {}
    handling = handling_of(form.calls)
    if handling is None:
        faults["calls"] = "fault_calls"
    elif handling is CallHandling.DIVERTED and not number_in(form.number):
        faults["number"] = "fault_number"
    if form.activity and form.activity not in {a.id for a in visit.office.activities}:
        faults["activity"] = "refused_unknown_activity"
    if form.queue not in _QUEUES:
        faults["queue"] = "fault_queue"
    return faults


def _faults_of_name(visit: Visit, name: str) -> dict[str, str]:
    if not name or len(name) > _LONGEST_NAME:
        return {"name": "fault_name"}
    taken = {n.casefold() for p in visit.office.profiles for n in (p.id, *p.labels.values())}
    return {"name": "fault_name_taken"} if name.casefold() in taken else {}


def _profile_of(visit: Visit, form: ProfileForm, before: Profile) -> Profile:
    """Return what a form without faults makes of a profile."""
    handling = CallHandling(form.calls)
    return Profile(
        id=before.id,
        labels=before.labels,
        activity=form.activity,
        role=before.role,
        is_busy=form.availability != "free",
        handling=handling,
        divert_to=number_in(form.number) if handling is CallHandling.DIVERTED else "",
        info=form.info,
        is_enabled=bool(form.enabled),
        queue=_QUEUES[form.queue],
        person=visit.me,
    )


def _view(visit: Visit, profile: Profile, *, is_current: bool) -> dict[str, Any]:
    words = visit.words
    activity = next((a for a in visit.office.activities if a.id == profile.activity), None)
    return {
        "id": profile.id,
        "label": _name_of(visit, profile),
        "status": "" if activity is None else label(activity.labels, words.language, activity.id),
        "availability": words["availability_busy" if profile.is_busy else "availability_free"],
        "shape": "away" if profile.is_busy else "free",
        "calls": visit.calls_of(profile.handling, profile.divert_to),
        "queue": "" if profile.queue is None else words[f"queue_{profile.queue.value}"],
        "info": profile.info,
        "is_own": bool(profile.person),
        "is_enabled": profile.is_enabled,
        "is_current": is_current,
    }
