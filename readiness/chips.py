"""The words, shapes and tones of severities, states and verdicts: one table for page and PDF."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERDICTS: dict[str, str | Promise] = {
    "not_ready": _("Not ready to sign"),
    "insufficient_evidence": _("Not enough evidence yet"),
    "ready_with_conditions": _("Ready with conditions"),
    "ready": _("Ready to sign"),
}


@dataclass(frozen=True)
class Chip:
    """What a code looks like: `word` is read, `shape` survives print and colour blindness, `tone` names the colour."""

    word: str | Promise
    shape: str
    tone: str


CHIPS: dict[str, Chip] = {
    "blocker": Chip(_("Blocker"), "octagon", "blocker"),
    "major": Chip(_("Major"), "triangle", "major"),
    "moderate": Chip(_("Moderate"), "diamond", "moderate"),
    "minor": Chip(_("Minor"), "circle", "minor"),
    "passed": Chip(_("Passed"), "check", "good"),
    "failed": Chip(_("Failed"), "octagon", "blocker"),
    "unknown": Chip(_("Unknown"), "dashed", "unknown"),
    "not_ready": Chip(VERDICTS["not_ready"], "octagon", "blocker"),
    "insufficient_evidence": Chip(VERDICTS["insufficient_evidence"], "dashed", "unknown"),
    "ready_with_conditions": Chip(VERDICTS["ready_with_conditions"], "diamond", "moderate"),
    "ready": Chip(VERDICTS["ready"], "check", "good"),
    "met": Chip(_("Met"), "check", "good"),
    "short": Chip(_("Short"), "triangle", "major"),
    "contested": Chip(_("Contested"), "diamond", "moderate"),
    "not_applicable": Chip(_("Does not apply"), "dash", "minor"),
    "draft": Chip(_("Draft"), "dashed", "unknown"),
    "open": Chip(_("Open"), "half", "accent"),
    "closed": Chip(_("Closed"), "square", "minor"),
    "signed": Chip(_("Signed"), "check", "good"),
    "lost": Chip(_("Lost"), "cross", "minor"),
    "silent": Chip(_("Silent"), "dashed", "unknown"),
    "not_invited": Chip(_("Not invited"), "dashed", "unknown"),
    "invited": Chip(_("Invited"), "ring", "minor"),
    "bounced": Chip(_("Bounced"), "cross", "blocker"),
    "opened": Chip(_("Opened"), "ring", "accent"),
    "in_progress": Chip(_("In progress"), "half", "accent"),
    "submitted": Chip(_("Submitted"), "check", "good"),
    "declined": Chip(_("Declined"), "cross", "major"),
    "withdrawn": Chip(_("Withdrawn"), "dash", "minor"),
    "confirmed": Chip(_("Confirmed"), "check", "accent"),
    "dismissed": Chip(_("Dismissed"), "dash", "minor"),
    "reconciled": Chip(_("Reconciled"), "check", "good"),
    "planned": Chip(_("Planned"), "half", "accent"),
    "resolved": Chip(_("Resolved"), "check", "good"),
    "published": Chip(_("Published"), "check", "good"),
    "archived": Chip(_("Archived"), "dash", "minor"),
    "approved": Chip(_("Approved"), "check", "good"),
    "pending": Chip(_("Waiting"), "ring", "moderate"),
    "refused": Chip(_("Refused"), "cross", "blocker"),
    "queued": Chip(_("Queued"), "ring", "minor"),
    "sent": Chip(_("Sent"), "check", "accent"),
    "failed_to_send": Chip(_("Not sent"), "cross", "blocker"),
    "issued": Chip(_("Issued"), "check", "accent"),
    "expired": Chip(_("Expired"), "dash", "minor"),
    "revoked": Chip(_("Revoked"), "cross", "minor"),
}


def chip_for(code: str) -> Chip:
    """Return the chip of a code; an unknown code becomes its own words on a neutral circle, never an error."""
    return CHIPS.get(code) or Chip(code.replace("_", " ").capitalize(), "circle", "minor")
