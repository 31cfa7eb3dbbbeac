"""Which figures over single items rest on so few answers "for figures only" that they would give one of them away."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from assessments.models import VALUE_KINDS, Answer, Assessment
from assessments.services.visibility import VENDOR, AnswerView, Viewer, answer_view, figure_may_show


@dataclass(frozen=True, slots=True)
class Hidden:
    """Items whose own figures, and (item, role) pairs whose mean, are not shown."""

    items: frozenset[str] = frozenset()
    means: frozenset[tuple[str, str]] = frozenset()


def hidden_figures(assessment: Assessment, viewer: Viewer = VENDOR) -> Hidden:
    """Return what the viewer may not see of figures over one item; at most two queries."""
    hidden: dict[UUID, AnswerView] = {}
    for interview in assessment.interviews.taking_part().select_related("stakeholder"):
        interview.assessment = assessment
        view = answer_view(interview=interview, viewer=viewer, alone=False)
        if not view.shows_answer:
            hidden[interview.pk] = view
    if not hidden:
        return Hidden()
    rows = Answer.objects.filter(interview__in=hidden, kind__in=VALUE_KINDS).scored()
    items: dict[str, list[AnswerView]] = defaultdict(list)
    means: dict[tuple[str, str], list[AnswerView]] = defaultdict(list)
    for code, role, key in rows.values_list("item_code", "interview__role", "interview_id"):
        items[code].append(hidden[key])
        means[code, role].append(hidden[key])
    return Hidden(
        frozenset(code for code, views in items.items() if not figure_may_show(views)),
        frozenset(pair for pair, views in means.items() if not figure_may_show(views)),
    )
