"""What the first page says in sentences: the verdict, the waves, who spoke and who did not."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assessments.shown.findings import UNLISTED_RULES
from readiness.reports.subject import SPONSOR, Subject
from readiness.reports.words import day, listed, number, role_title

HEADLINES = {
    "not_ready": gettext_lazy("Not ready to sign as sold."),
    "insufficient_evidence": gettext_lazy("Not enough evidence to sign."),
    "ready_with_conditions": gettext_lazy("Ready to sign, with conditions."),
    "ready": gettext_lazy("Ready to sign."),
}
SIGNABLE = ("ready", "ready_with_conditions")
MOST_NAMED = 4
SMALLEST_GAP = 0.5


@dataclass(frozen=True)
class VerdictWords:
    """The verdict's code, its headline and the sentence that says why."""

    code: str
    headline: str
    reason: str


def verdict_words(subject: Subject) -> VerdictWords:
    """Return the verdict as a headline and its reason, with the promised date beside it."""
    code = subject.result["verdict"]
    promised = subject.deal["promised_go_live"]
    reason = verdict_reason(subject)
    if promised:
        reason += " " + _("Go-live is promised for %(day)s.") % {"day": day(promised)}
    return VerdictWords(code, str(HEADLINES[code]), reason)


def verdict_reason(subject: Subject) -> str:
    """Return why the verdict is what it is: gates failed, unknown, or conditions."""
    counts = Counter(gate.state for gate in subject.gates)
    total = len(subject.gates)
    if counts["failed"]:
        return failed_words(subject, counts["failed"], total)
    if counts["unknown"]:
        words = ngettext(
            "No gate failed, but %(n)s of %(total)s is unknown.",
            "No gate failed, but %(n)s of %(total)s are unknown.",
            counts["unknown"],
        )
        return words % {"n": counts["unknown"], "total": total}
    # What people named beside the score asks for nobody's signature.
    counted = [finding for finding in subject.content["findings"] if finding["rule"] not in UNLISTED_RULES]
    conditions = sum(finding["severity"] in ("blocker", "major", "moderate") for finding in counted)
    if not conditions:
        return _("All %(total)s gates passed.") % {"total": total}
    words = ngettext(
        "All %(total)s gates passed; %(n)s gap asks for a condition.",
        "All %(total)s gates passed; %(n)s gaps ask for conditions.",
        conditions,
    )
    return words % {"total": total, "n": conditions}


def failed_words(subject: Subject, failed: int, total: int) -> str:
    """Return how many gates failed, and how many of those have an agreed plan."""
    planned = sum(gate.planned for gate in subject.in_state("failed"))
    if planned == failed:
        words = _("%(failed)s of %(total)s gates failed; each has an agreed plan.")
    elif planned:
        words = _("%(failed)s of %(total)s gates failed, %(planned)s with an agreed plan.")
    else:
        words = ngettext(
            "%(failed)s of %(total)s gates failed and has no agreed plan.",
            "%(failed)s of %(total)s gates failed and none has an agreed plan.",
            failed,
        )
    return words % {"failed": failed, "total": total, "planned": planned}


def wave_words(subject: Subject) -> str:
    """Return what could be signed now and what not yet, by wave; empty without waves."""
    titles = {code: wave["title"] for code, wave in subject.waves.items()}
    now = [titles.get(w["code"], w["code"]) for w in subject.result["waves"] if w["verdict"] in SIGNABLE]
    later = [titles.get(w["code"], w["code"]) for w in subject.result["waves"] if w["verdict"] not in SIGNABLE]
    parts = [_("Sign now: %(waves)s.") % {"waves": listed(now)}] if now else []
    if later:
        parts.append(_("Not yet: %(waves)s.") % {"waves": listed(later)})
    return " ".join(parts)


def spoken_words(subject: Subject) -> tuple[str, ...]:
    """Return who spoke and who did not, in groups, never about one person."""
    sentences = (
        roles_words(subject),
        front_line_words(subject),
        services_words(subject),
        champions_words(subject),
        sponsor_words(subject),
        nobody_words(subject),
    )
    return tuple(sentence for sentence in sentences if sentence)


def roles_words(subject: Subject) -> str:
    """Return how many required roles answered, and which did not."""
    gates = [gate for gate in subject.gates if gate.kind == "role"]
    silent = [role_title(gate.code) for gate in gates if gate.state != "passed"]
    if not gates:
        return ""
    if not silent:
        return ngettext("The one required role answered.", "All %(n)s required roles answered.", len(gates)) % {"n": len(gates)}
    heard = len(gates) - len(silent)
    return _("%(heard)s of %(n)s required roles answered. Silent: %(roles)s.") % {"heard": heard, "n": len(gates), "roles": listed(silent)}


def front_line_words(subject: Subject) -> str:
    """Return how many submitted, and how many of them do the affected work every day."""
    heard = [seat for seat in subject.seats if seat["state"] == "submitted"]
    daily = sum(seat["front_line"] for seat in heard)
    if not subject.seats:
        return _("Nobody has been asked yet.")
    words = _("%(heard)s of %(asked)s people answered; %(daily)s of them do the affected work every day.")
    return words % {"heard": len(heard), "asked": len(subject.seats), "daily": daily}


def services_words(subject: Subject) -> str:
    """Return for which service lines no front-line clinician spoke."""
    silent = [subject.service(gate.code) for gate in subject.gates if gate.kind == "champion" and gate.state == "unknown"]
    return _("No front-line clinician spoke for %(services)s.") % {"services": listed(silent)} if silent else ""


def champions_words(subject: Subject) -> str:
    """Return which service lines have no champion."""
    without = [subject.service(gate.code) for gate in subject.gates if gate.kind == "champion" and gate.state == "failed"]
    return _("No champion in %(services)s.") % {"services": listed(without)} if without else ""


def sponsor_words(subject: Subject) -> str:
    """Return how far the sponsors' answers lie above the others'; no figure for a single sponsor, whom it would point at."""
    sponsors = sum(seat["role"] == SPONSOR and seat["state"] == "submitted" for seat in subject.seats)
    gap = sponsor_gap(subject)
    if not sponsors:
        return ""
    if sponsors == 1 or gap is None or abs(gap) < SMALLEST_GAP:
        return _("What sponsors answer is shown beside the others, and not counted.")
    words = _("Sponsors answer %(gap)s levels above everyone else") if gap > 0 else _("Sponsors answer %(gap)s levels below everyone else")
    return words % {"gap": number(abs(gap))} + " " + _("(shown, not counted).")


def sponsor_gap(subject: Subject) -> float | None:
    """Return by how many levels sponsors answer above the mean of the other roles, over requirements where both did."""
    gaps = []
    for code, item in subject.items.items():
        means = subject.means(code)
        others = [value for role, value in means.items() if role != SPONSOR and value is not None]
        sponsor = means.get(SPONSOR)
        if item["kind"] == "level" and sponsor is not None and others and not subject.counts(code, SPONSOR):
            gaps.append(sponsor - sum(others) / len(others))
    return sum(gaps) / len(gaps) if gaps else None


def nobody_words(subject: Subject) -> str:
    """Return which gates nobody accountable could answer, and how many other requirements."""
    gates = [gate for gate in subject.gates if gate.kind == "requirement" and gate.state == "unknown"]
    others = sum(not item["answered"] and item["gate"] is None and item["status"] != "not_applicable" for item in subject.result["items"])
    named = [f"{gate.title} ({gate.code})" for gate in gates[:MOST_NAMED]]
    if len(gates) > MOST_NAMED:
        named.append(_("%(n)s more") % {"n": len(gates) - MOST_NAMED})
    if not gates:
        return others_words(others)
    return " ".join([_("Nobody accountable could answer: %(gates)s.") % {"gates": listed(named)}, others_words(others, also=True)]).strip()


def others_words(count: int, *, also: bool = False) -> str:
    """Return how many requirements that are no gates lack an answer by their accountable role."""
    if not count:
        return ""
    if also:
        return ngettext("Nor %(n)s requirement that is no gate.", "Nor %(n)s requirements that are no gates.", count) % {"n": count}
    words = ngettext(
        "%(n)s requirement has no answer by its accountable role.", "%(n)s requirements have no answer by their accountable role.", count
    )
    return words % {"n": count}
