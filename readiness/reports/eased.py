"""Where the vendor's product asks less than the question bank: printed for both sides, with the reason that was given."""

from typing import Any

from django.utils.translation import gettext as _

from assessments.models import Scope
from assessments.services.departures import LEFT_OUT, Departure, departures
from assessments.services.profile_requirements import Profile
from assessments.wording import number
from readiness.reports.subject import Subject
from readiness.reports.words import ended


def eased_of(scope: Scope, profile: Profile | None) -> list[dict[str, Any]]:
    """Return what a report keeps of every requirement of which the scope asks less than the bank."""
    return [_facts(departure) for departure in departures(scope, profile)]


def _facts(departure: Departure) -> dict[str, Any]:
    own, bank = departure.own, departure.bank
    values = {name: [getattr(bank, name), getattr(own, name) if own else None] for name in departure.fields if name != LEFT_OUT}
    return {"code": departure.code, "title": departure.title, "left_out": own is None, "values": values, "reason": departure.reason}


def eased_lines(subject: Subject) -> tuple[str, ...]:
    """Return a sentence per requirement; a report that was issued before it held them says nothing."""
    return tuple(_line(facts) for facts in subject.content["scope"].get("eased", ()))


def _line(facts: dict[str, Any]) -> str:
    what = [_("left out")] if facts["left_out"] else [_change(name, *pair) for name, pair in facts["values"].items()]
    said = f"{facts['title']} ({facts['code']}): {'; '.join(what)}."
    return f"{said} {ended(facts['reason'])}" if facts["reason"] else f"{said} {_('No reason was given.')}"


def _change(name: str, bank: Any, own: Any) -> str:
    if name == "gate":
        return _("no gate any more")
    words = {"need": _("need %(own)s instead of %(bank)s"), "floor": _("floor %(own)s instead of %(bank)s")}
    return words.get(name, _("weight %(own)s instead of %(bank)s")) % {"own": number(own), "bank": number(bank)}
