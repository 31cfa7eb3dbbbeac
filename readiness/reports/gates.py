"""The gates on answers themselves: whether the required roles spoke, and whether enough is covered."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.gates import COVERAGE_LIMIT
from readiness.reports.sentences import roles_words
from readiness.reports.subject import Subject
from readiness.templatetags.charts import percent


@dataclass(frozen=True)
class AnswerGate:
    """One sentence on answers, with the state of the gates behind it."""

    state: str
    words: str


def answer_gates(subject: Subject) -> tuple[AnswerGate, ...]:
    """Return what the role gates and the coverage gate say; the role gates as one, unknown while one of them is."""
    roles = {gate.state for gate in subject.gates if gate.kind == "role"}
    coverage = [gate.state for gate in subject.gates if gate.kind == "coverage"]
    covered = _("%(share)s of the weight is answered by the accountable role; at least %(least)s is needed.")
    words = covered % {"share": percent(subject.result["overall"]["coverage"]), "least": percent(COVERAGE_LIMIT)}
    found = [AnswerGate("unknown" if "unknown" in roles else "passed", roles_words(subject))] if roles else []
    return (*found, *(AnswerGate(state, words) for state in coverage))
