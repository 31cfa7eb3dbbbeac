"""Method and versions: what the figures rest on, and what somebody changed on the way to them."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.models import FindingState
from readiness.reports.eased import eased_lines
from readiness.reports.revisions import RevisionLine, revision_lines
from readiness.reports.subject import Subject
from readiness.reports.unasked import unasked_words
from readiness.reports.words import day, in_fours, instant


@dataclass(frozen=True)
class Method:
    """`versions` are (name, value) pairs, `changes` sentences about what people changed, `revisions` the changes of the scope.

    `eased` are requirements of which the product asks less than the question bank, `unasked` says which deeper questions
    would open by rule and were not asked.
    """

    versions: tuple[tuple[str, str], ...]
    changes: tuple[str, ...]
    note: str
    revisions: tuple[RevisionLine, ...] = ()
    eased: tuple[str, ...] = ()
    unasked: str = ""


def method(subject: Subject, fingerprint: str) -> Method:
    """Return the chapter on method."""
    scope, snapshot = subject.content["scope"], subject.content["snapshot"]
    versions = (
        (_("Question bank"), f"{scope['instrument']}, {_('version')} {scope['instrument_version']}{_whose(scope)}"),
        (
            _("Scope"),
            _("revision %(number)s of %(day)s: %(reason)s")
            % {"number": scope["number"], "day": day(scope["date"]), "reason": scope["reason"]},
        ),
        (_("Scoring rules"), f"{_('version')} {snapshot['scoring_version']}"),
        (_("Scored"), instant(snapshot["at"], subject.deal["time_zone"])),
        (_("Answers scored"), f"SHA-256 {in_fours(snapshot['bundle_sha256'], 64)}"),
        (_("Content of this report"), f"SHA-256 {in_fours(fingerprint, 64)}"),
    )
    return Method(
        versions=versions,
        changes=changes(subject),
        note=scope["instrument_note"],
        revisions=revision_lines(subject),
        eased=eased_lines(subject),
        unasked=unasked_words(subject),
    )


def _whose(scope: dict[str, Any]) -> str:
    """Return whether the bank is the vendor’s own: by its title it could be the one it was copied from."""
    return f", {_('a bank of the vendor’s own')}" if scope.get("instrument_is_own") else ""


def changes(subject: Subject) -> tuple[str, ...]:
    """Return what the vendor changed and what was settled: it stands beside the figures, whatever it did to them."""
    findings = subject.content["findings"]
    adjusted = sum(bool(f["adjusted"]) and f["adjusted"] != f["severity"] for f in findings)
    dismissed = sum(f["state"] in (FindingState.DISMISSED, FindingState.ACCEPTED) for f in findings)
    settled, plans = len(subject.content["decisions"]["settled"]), len(subject.content["decisions"]["plans"])
    revisions, withdrawn = subject.content["scope"]["number"] - 1, subject.content["withdrawn"]
    counted = (
        (
            revisions,
            ngettext("The scope was changed %(n)s time after the start.", "The scope was changed %(n)s times after the start.", revisions),
        ),
        (withdrawn, ngettext("%(n)s person was withdrawn.", "%(n)s people were withdrawn.", withdrawn)),
        (settled, ngettext("%(n)s disagreement was settled.", "%(n)s disagreements were settled.", settled)),
        (plans, ngettext("%(n)s failed gate has an agreed plan.", "%(n)s failed gates have an agreed plan.", plans)),
        (adjusted, ngettext("The severity of %(n)s finding was adjusted.", "The severity of %(n)s findings was adjusted.", adjusted)),
        (dismissed, ngettext("%(n)s finding was dismissed or accepted.", "%(n)s findings were dismissed or accepted.", dismissed)),
    )
    return tuple(words % {"n": count} for count, words in counted if count)
