"""What the vendor changed of the scope: every revision with its reason, and what was switched off or opened by it."""

from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from assessments.models import Scope
from assessments.scope_changes import ScopeChanges
from assessments.services.scope_history import Names, Revision, names_in, revisions
from assessments.shown.scope_words import change_lines
from readiness.reports.subject import Subject
from readiness.reports.words import day, ended

MOST_TITLES = 8  # a longer list is given by codes, which the appendix explains


@dataclass(frozen=True)
class RevisionLine:
    """One revision: its number, date and reason, and a sentence for each kind of change."""

    title: str
    reason: str
    sentences: tuple[str, ...]


def revisions_of(scope: Scope) -> dict[str, Any]:
    """Return the revisions up to one that changed anything, with the titles of what they name.

    No query while nothing was changed, else five.
    """
    if scope.number == 1 and not (scope.left_out_domains or scope.left_out_items or scope.opened):
        return {"revisions": [], "titles": {"items": {}, "domains": {}}}
    found = [revision for revision in revisions(scope.assessment, until=scope.number) if revision.changes.asks_otherwise]
    names = names_in(revision.scope.version_id for revision in found)
    named = {str(code) for revision in found for codes in asdict(revision.changes).values() for code in codes or ()}
    titles = {"items": names.items, "domains": names.domains}
    kept = {kind: {code: title for code, title in all_of.items() if code in named} for kind, all_of in titles.items()}
    return {"revisions": [_facts(revision) for revision in found], "titles": kept}


def _facts(revision: Revision) -> dict[str, Any]:
    changes = {name: list(codes) if codes else [] for name, codes in asdict(revision.changes).items()}
    scope = revision.scope
    return {"number": scope.number, "date": scope.created_at.date().isoformat(), "reason": scope.reason, "changes": changes}


def revision_lines(subject: Subject) -> tuple[RevisionLine, ...]:
    """Return what a report says of the revisions; a report that was issued before it held them says nothing."""
    scope = subject.content["scope"]
    titles = scope.get("titles", {"items": {}, "domains": {}})
    names = Names(titles["items"], titles["domains"])
    return tuple(_line(facts, names) for facts in scope.get("revisions", ()))


def _line(facts: dict[str, Any], names: Names) -> RevisionLine:
    values: dict[str, Any] = {name: tuple(codes) for name, codes in facts["changes"].items()}
    changes = ScopeChanges(**values | {"version": values["version"] or None})
    in_full, by_code = change_lines(changes, names), change_lines(changes, Names({}, names.domains))
    lines = [full if len(full.things) <= MOST_TITLES else short for full, short in zip(in_full, by_code, strict=True)]
    title = _("Revision %(number)s, %(day)s") % {"number": facts["number"], "day": day(facts["date"])}
    return RevisionLine(title, ended(facts["reason"]), tuple(line.sentence for line in lines))
