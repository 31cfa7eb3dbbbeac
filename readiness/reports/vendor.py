"""The vendor's own readiness beside the health system's: what is not in place first, each with the sentence that was chosen."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.shown.self_audits import audit_words
from readiness.reports.subject import Facts, Subject
from readiness.reports.words import instant_day
from readiness.templatetags.charts import figure

GRAVEST_FIRST = ("short", "unknown", "in_place")


@dataclass(frozen=True)
class VendorLine:
    """One thing that the vendor was asked about itself; `said` and `needed` are sentences of its ladder."""

    code: str
    title: str
    question: str
    state: str
    said: str
    needed: str
    evidence: str
    without_evidence: bool


@dataclass(frozen=True)
class VendorReadiness:
    """The vendor's own readiness: half a sentence, the figures, and the items, those not in place first."""

    words: str
    figures: str
    answered_on: str
    missing: tuple[VendorLine, ...]
    in_place: tuple[VendorLine, ...]


def vendor_readiness(subject: Subject) -> VendorReadiness | None:
    """Return the vendor's chapter; None where the bank asks the vendor nothing, as in every report before version 2 of it."""
    found = subject.content.get("self_audit")
    if not found:
        return None
    lines = sorted((vendor_line(item) for item in found["items"]), key=lambda line: GRAVEST_FIRST.index(line.state))
    return VendorReadiness(
        words=readiness_words(found),
        figures=figures_words(found),
        answered_on=instant_day(found["answered_at"], subject.deal["time_zone"]) if found["answered_at"] else "",
        missing=tuple(line for line in lines if line.state != "in_place"),
        in_place=tuple(line for line in lines if line.state == "in_place"),
    )


def vendor_sentence(subject: Subject) -> str:
    """Return the line of page one about the vendor itself; empty where there is nothing to say."""
    found = subject.content.get("self_audit")
    return _("The vendor’s own readiness: %(words)s.") % {"words": readiness_words(found)} if found else ""


def readiness_words(found: Facts) -> str:
    """Return how much is in place and how much is not answered."""
    states = Counter(item["state"] for item in found["items"])
    return audit_words(asked=len(found["items"]), in_place=states["in_place"], not_answered=states["unknown"])


def figures_words(found: Facts) -> str:
    """Return the figure with its range and how much it rests on; empty while nothing is answered."""
    if found["score"] is None:
        return ""
    answered = sum(item["state"] != "unknown" for item in found["items"])
    words = _("%(score)s of 100 by its own word, range %(low)s–%(high)s; %(answered)s of %(asked)s answered.")
    ends = {name: figure(found[name]) for name in ("score", "low", "high")}
    return words % (ends | {"answered": answered, "asked": len(found["items"])})


def vendor_line(item: Facts) -> VendorLine:
    """Return one item in words."""
    level = item["level"]
    return VendorLine(
        code=item["code"],
        title=item["title"],
        question=item["question"],
        state=item["state"],
        said="" if level is None else item["steps"][level],
        needed=item["asked_for"],
        evidence=item["evidence"],
        without_evidence=level is not None and item["counts"] != level,
    )
