"""The vendor's own readiness as pages and reports show it: what is asked, what the vendor says, and where that stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from assessments.models import Assessment, InstrumentVersion, Item, SelfAuditAnswer, Step, TextField
from assessments.self_audit import Audit, AuditItem, Claim, Standing, audit
from assessments.services.self_audits import audit_items, audit_version


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One item with its texts, the vendor's answer (None: nobody has answered) and where it stands."""

    item: Item
    standing: Standing
    answer: SelfAuditAnswer | None
    title: str
    question: str
    why: str
    known_by: str
    proof: str
    steps: Sequence[Step]

    @property
    def code(self) -> str:
        """Return the item's code."""
        return self.item.code

    @property
    def level(self) -> int | None:
        """Return the level that was answered, None for not known."""
        return self.answer.level if self.answer else None

    @property
    def said(self) -> str:
        """Return the ladder's sentence that the vendor chose; empty where there is none."""
        return "" if self.level is None else self.steps[self.level].text

    @property
    def needed(self) -> str:
        """Return the ladder's sentence that is needed; empty for a need between two steps."""
        return self.steps[int(self.item.need)].text if self.item.need == int(self.item.need) else ""

    @property
    def lacks_evidence(self) -> bool:
        """Tell whether the answer counts for less because it says of no evidence where it can be seen."""
        return self.standing.counts is not None and self.standing.counts != self.level


@dataclass(frozen=True, slots=True)
class ShownAudit:
    """The vendor's self-audit; `audit` has no standings where the question bank asks the vendor nothing."""

    version: InstrumentVersion
    lines: Sequence[AuditLine]
    audit: Audit

    def line(self, code: str) -> AuditLine | None:
        """Return an item's line, None for a code that is not asked."""
        return next((line for line in self.lines if line.code == code), None)

    @property
    def short(self) -> list[AuditLine]:
        """Return the items that fall short."""
        return [line for line in self.lines if line.standing.state == "short"]

    @property
    def words(self) -> str:
        """Return how much is in place and how much is not answered."""
        return audit_words(asked=self.audit.asked, in_place=self.audit.in_place, not_answered=self.audit.not_answered)


def shown_audit(assessment: Assessment, version: InstrumentVersion | None = None, *, language: str = "") -> ShownAudit:
    """Return the self-audit under a version of the question bank, by default the current one; three queries and the version's.

    In the page's language, unless one is given.
    """
    language = language or (get_language() or "en").split("-")[0]
    version = version or audit_version(assessment)
    items = list(audit_items(assessment, version).prefetch_related("texts"))
    answers = {row.item_code: row for row in SelfAuditAnswer.objects.filter(assessment=assessment).select_related("answered_by")}
    asked = [AuditItem(item.code, item.need, item.weight) for item in items]
    found = audit(asked, {code: Claim(row.level, bool(row.evidence_reference)) for code, row in answers.items()})
    lines = [_line(item, standing, answers.get(item.code), language) for item, standing in zip(items, found.standings, strict=True)]
    return ShownAudit(version, lines, found)


def _line(item: Item, standing: Standing, answer: SelfAuditAnswer | None, language: str) -> AuditLine:
    def text(field: str) -> str:
        return item.text(field, language=language)

    return AuditLine(
        item=item,
        standing=standing,
        answer=answer,
        title=text(TextField.TITLE) or item.code,
        question=text(TextField.QUESTION),
        why=text(TextField.WHY),
        known_by=text(TextField.KNOWN_BY),
        proof="; ".join(text(TextField.EVIDENCE).splitlines()),
        steps=item.ladder(language=language),
    )


def audit_words(*, asked: int, in_place: int, not_answered: int) -> str:
    """Return the vendor's own readiness in half a sentence: "6 of 10 in place, 2 not answered"."""
    if asked and asked == not_answered:
        return _("not answered yet")
    words = _("%(in_place)s of %(asked)s in place") % {"in_place": in_place, "asked": asked}
    if not not_answered:
        return words
    return words + ", " + ngettext("%(n)s not answered", "%(n)s not answered", not_answered) % {"n": not_answered}
