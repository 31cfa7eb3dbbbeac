"""What opens by rule under a frozen scope and was not asked, as it stands in a report."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assessments.models import Scope
from assessments.openings import Scored
from assessments.services.profile_requirements import Profile
from assessments.services.scope_offers import known_about_place, offer_of, opened_by_rule
from assessments.services.scopes import plan_of


@dataclass(frozen=True, slots=True)
class Unasked:
    """How many deeper questions open by rule, the codes of those that the score alone opens, and the domains that these are in."""

    count: int = 0
    codes: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()


def unasked_openings(scope: Scope, result: Mapping[str, Any], profile: Profile | None) -> Unasked:
    """Return what a scope does not ask although a score's result or what is known about the place opens it; one query.

    `profile` is the product's under the scope's version, None for an imported bundle: that states itself who is asked what.
    """
    if profile is None:
        return Unasked()
    offer, plan = offer_of(scope.assessment, scope.version, lines=list(profile.lines)), plan_of(scope)
    scored = [Scored(item["code"], item["domain"], item["status"]) for item in result["items"]]
    every = opened_by_rule(offer, plan, scored, known_about_place(scope.assessment, offer, plan))
    codes = tuple(opened_by_rule(offer, plan, scored))
    return Unasked(len(every), codes, tuple(dict.fromkeys(offer.full[code].domain_code for code in codes)))
