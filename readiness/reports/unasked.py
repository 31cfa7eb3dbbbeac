"""The deeper questions that open by rule and were not asked: who looks away is seen to."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.models import Scope
from assessments.services.profile_requirements import Profile
from assessments.services.unasked import unasked_openings
from assessments.wording import listed
from readiness.reports.subject import Subject


def unasked_of(scope: Scope, result: dict[str, Any], profile: Profile | None) -> dict[str, Any]:
    """Return what a report keeps of them: how many, the codes of those that the score opens, and the domains of these.

    Those that one person's answer about the place opens are only counted: the code would say what was answered.
    """
    unasked = unasked_openings(scope, result, profile)
    return {"count": unasked.count, "codes": list(unasked.codes), "domains": list(unasked.domains)}


def unasked_words(subject: Subject) -> str:
    """Return the sentence; empty where all were asked, and in a report that was issued before it held them."""
    facts = subject.content["scope"].get("unasked")
    if not facts or not facts["count"]:
        return ""
    n, by_place = facts["count"], facts["count"] - len(facts["codes"])
    which = [*facts["codes"], *([_("%(n)s because of what is known about the place") % {"n": by_place}] if by_place else [])]
    words = ngettext(
        "%(n)s deeper question would open by rule and was not asked: %(which)s.",
        "%(n)s deeper questions would open by rule and were not asked: %(which)s.",
        n,
    )
    return words % {"n": n, "which": listed(which)}
