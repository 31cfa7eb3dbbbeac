"""Who sees an answer: the one decision for page, PDF, export, bundle, mail and API (product.md, "Who sees an answer")."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.models import Assessment, Interview, InterviewState
from stakeholders.models import STRICTNESS, Visibility

Viewer = Literal["vendor", "health_system"]
VENDOR: Viewer = "vendor"
HEALTH_SYSTEM: Viewer = "health_system"

# As many hidden answers as a shared figure must rest on, so that nobody reads one of them out of it; as for disclosures.
FEWEST_BEHIND_A_FIGURE = 3


ONE_SEES = {
    Visibility.NAMED: gettext_lazy("%(who)s sees your name, your role and your answers."),
    Visibility.ROLE: gettext_lazy("%(who)s sees your role and your answers, not your name."),
    Visibility.FIGURES_ONLY: gettext_lazy("%(who)s sees figures only, none of your single answers."),
}
BOTH_SEE = {
    Visibility.NAMED: gettext_lazy("%(vendor)s and %(system)s see your name, your role and your answers."),
    Visibility.ROLE: gettext_lazy("%(vendor)s and %(system)s see your role and your answers, not your name."),
    Visibility.FIGURES_ONLY: gettext_lazy("%(vendor)s and %(system)s see figures only, none of your single answers."),
}


@dataclass(frozen=True, slots=True)
class AnswerView:
    """What an audience may see of one interview's answers; notes and evidence follow the answer.

    `alone` says that the person is the only one of role × service line × site: their role counts as their name, and what
    names groups only (page one, mails) leaves them out or speaks of the whole role.
    """

    visibility: Visibility
    author: str
    alone: bool

    @property
    def shows_answer(self) -> bool:
        """Tell whether single answers with note and evidence may be shown, under `author`."""
        return self.visibility != Visibility.FIGURES_ONLY

    @property
    def shows_name(self) -> bool:
        """Tell whether `author` holds the person's name."""
        return self.visibility == Visibility.NAMED

    @property
    def counts_as_named(self) -> bool:
        """Tell whether what is shown points at one person, by name or by being the only one."""
        return self.shows_name or self.alone


def effective_visibility(interview: Interview, viewer: Viewer) -> Visibility:
    """Return the stricter of what was copied on Start and what the assessment says now (reads the assessment).

    Before Start nothing is copied and the assessment alone counts; afterwards it can only become stricter.
    """
    now = Visibility(getattr(interview.assessment, f"visibility_{viewer}"))
    copied = getattr(interview, f"visibility_{viewer}")
    return max(now, Visibility(copied), key=STRICTNESS.__getitem__) if copied else now


def answer_view(*, interview: Interview, viewer: Viewer, alone: bool) -> AnswerView:
    """Return what the viewer may see of this interview's answers.

    `alone`: the interview's key is in `lone_respondents(...)`. Reads assessment and stakeholder: select them along.
    """
    visibility = effective_visibility(interview, viewer)
    role = interview.get_role_display()
    authors = {
        Visibility.NAMED: f"{interview.stakeholder}, {role}",
        Visibility.ROLE: role,
        Visibility.FIGURES_ONLY: "",
    }
    return AnswerView(visibility=visibility, author=authors[visibility], alone=alone)


def lone_respondents(assessment: Assessment) -> frozenset[uuid.UUID]:
    """Return the keys of the submitted interviews that are the only one of their role × service line × site; one query.

    Somebody who was asked but is silent is no company: it is known who is silent.
    """
    return lone_keys(assessment.interviews.submitted().values_list("pk", "role", "service_line_id", "site_id"))


def is_only_one_asked(interview: Interview) -> bool:
    """Tell whether nobody else is asked in the interview's role × service line × site; one query, for the landing page."""
    gone = [InterviewState.WITHDRAWN, InterviewState.DECLINED]
    others = interview.assessment.interviews.exclude(state__in=gone).exclude(pk=interview.pk)
    return not others.filter(role=interview.role, service_line=interview.service_line_id, site=interview.site_id).exists()


def lone_keys(rows: Iterable[tuple[uuid.UUID, str, uuid.UUID | None, uuid.UUID | None]]) -> frozenset[uuid.UUID]:
    """Return the keys of the rows (key, role, service line, site) whose role × service line × site occurs once."""
    groups: dict[tuple[object, ...], list[uuid.UUID]] = {}
    for key, *group in rows:
        groups.setdefault(tuple(group), []).append(key)
    return frozenset(keys[0] for keys in groups.values() if len(keys) == 1)


def figure_may_show(views: Iterable[AnswerView]) -> bool:
    """Tell whether a figure over one item's answers may be shown to the audience of these views.

    It may when no answer behind it is for figures only, or when at least three are: fewer could be read out of it.
    """
    hidden = sum(not view.shows_answer for view in views)
    return hidden == 0 or hidden >= FEWEST_BEHIND_A_FIGURE


def visibility_sentence(*, interview: Interview, viewer: Viewer, alone: bool) -> str:
    """Return what the person is told about one audience; what it says is what `answer_view` does."""
    visibility = effective_visibility(interview, viewer)
    return _with_warning(ONE_SEES[visibility] % {"who": _name(interview, viewer)}, visibility, alone)


def visibility_sentences(*, interview: Interview, alone: bool) -> list[str]:
    """Return what the person is told about both audiences, in one sentence when they see the same."""
    vendor, system = (effective_visibility(interview, viewer) for viewer in (VENDOR, HEALTH_SYSTEM))
    if vendor != system:
        return [visibility_sentence(interview=interview, viewer=viewer, alone=alone) for viewer in (VENDOR, HEALTH_SYSTEM)]
    names = {"vendor": _name(interview, VENDOR), "system": _name(interview, HEALTH_SYSTEM)}
    return [_with_warning(BOTH_SEE[vendor] % names, vendor, alone)]


def _name(interview: Interview, viewer: Viewer) -> str:
    assessment = interview.assessment
    return assessment.organisation.name if viewer == VENDOR else assessment.health_system.name


def _with_warning(told: str, visibility: Visibility, alone: bool) -> str:
    """Return the sentence, with what a role alone can give away."""
    if visibility != Visibility.ROLE:
        return told
    warning = (
        _("You are the only one asked in your role and place, so your role gives you away: assume that people will know it is you.")
        if alone
        else _("Should nobody else in your role and place answer, your role gives you away.")
    )
    return f"{told} {warning}"
