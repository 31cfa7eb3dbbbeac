"""Which figures over single items rest on so few answers "for figures only" that they would give one of them away."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from assessments.models import VALUE_KINDS, Answer, Assessment
from assessments.services.exemptions import exemptions_now
from assessments.services.visibility import VENDOR, AnswerView, Viewer, answer_view, figure_may_show


@dataclass(frozen=True, slots=True)
class Hidden:
    """The answers with a value that a viewer may not see singly, by item and role."""

    answers: Mapping[tuple[str, str], Sequence[AnswerView]] = field(default_factory=dict)

    def mean_may_show(self, code: str, role: str) -> bool:
        """Tell whether a role's mean of an item may be shown."""
        return figure_may_show(self.answers.get((code, role), ()))

    def item_may_show(self, code: str, counts: Callable[[str], bool] = lambda role: True) -> bool:
        """Tell whether a figure over an item's answers may be shown; `counts` says which roles are in it."""
        return figure_may_show(view for (item, role), views in self.answers.items() if item == code and counts(role) for view in views)

    @property
    def is_close_to_one(self) -> bool:
        """Tell whether the score of a scope of one's choosing could be a single answer: all but one item can be switched off."""
        return any(not self.item_may_show(code) for code, _role in self.answers)


def hidden_figures(assessment: Assessment, viewer: Viewer = VENDOR) -> Hidden:
    """Return which answers the viewer may not see; one query, three more where there are some, two more for conditions.

    Answers to what somebody is not asked any more are in no figure, so they protect none either.
    """
    hidden: dict[UUID, AnswerView] = {}
    for interview in assessment.interviews.taking_part().select_related("stakeholder"):
        interview.assessment = assessment
        view = answer_view(interview=interview, viewer=viewer, alone=False)
        if not view.shows_answer:
            hidden[interview.pk] = view
    if not hidden:
        return Hidden()
    exempt = exemptions_now(assessment)
    answers: dict[tuple[str, str], list[AnswerView]] = defaultdict(list)
    rows = Answer.objects.filter(interview__in=hidden, kind__in=VALUE_KINDS).scored()
    for code, role, key in rows.values_list("item_code", "interview__role", "interview_id"):
        if not exempt.covers(key, code):
            answers[code, role].append(hidden[key])
    return Hidden(answers)
