"""/assessments/<pk>/: the verdict as a sentence, gates, domains, who has answered, and what to do next."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.models import Assessment, Audience, Finding, FindingState, Severity
from assessments.services.coverage import coverage_board
from assessments.shown.self_audits import shown_audit
from assessments.wording import role_title
from readiness.pages.next_steps import Standing, next_steps
from readiness.reports.climate import climate_lines
from readiness.reports.content import overview_content
from readiness.reports.domains import domain_lines
from readiness.reports.first_page import promise_words
from readiness.reports.sentences import verdict_words, wave_words
from readiness.reports.subject import Subject
from readiness.reports.waves import wave_lines
from stakeholders.access import MemberRequest, member_object
from stakeholders.policy import Right, may

RELATED = (
    "health_system",
    "product__version",
    "organisation",
    "host",
    "promise",
    "latest_snapshot__scope__version__instrument",
)


@require_safe
@member_object(Right.VIEW, Assessment, related=RELATED)
def overview(request: MemberRequest, assessment: Assessment) -> HttpResponse:
    """Show where an assessment stands; the same sentences and figures as the report's first page."""
    subject = Subject(overview_content(assessment), Audience.DEAL_REVIEW) if assessment.latest_snapshot else None
    board = coverage_board(assessment)
    may_edit = may(request.membership.role, Right.EDIT)
    standing = Standing(assessment, board, subject, undecided_blockers(request, assessment))
    context = {
        "section": "assessments",
        "tab": "overview",
        "assessment": assessment,
        "may_edit": may_edit,
        "board": board,
        "roles": [(row, role_title(row.role)) for row in board.rows],
        "steps": next_steps(standing) if may_edit else [],
        "vendor": shown_audit(assessment),
        **(said_in_report(subject) if subject else {}),
    }
    return render(request, "readiness/overview.html", context)


def undecided_blockers(request: MemberRequest, assessment: Assessment) -> int:
    """Return how many blockers nobody has confirmed or dismissed."""
    drafts = Finding.objects.for_member(request.membership).filter(assessment=assessment, state=FindingState.DRAFT)
    return drafts.present().filter(severity=Severity.BLOCKER, adjusted_severity="").count()


def said_in_report(subject: Subject) -> dict[str, Any]:
    """Return verdict, waves, promise, gates and domains in the report's own words."""
    return {
        "subject": subject,
        "overall": subject.result["overall"],
        "verdict": verdict_words(subject),
        "waves": wave_lines(subject),
        "waves_sentence": wave_words(subject),
        "promise": promise_words(subject),
        "domains": domain_lines(subject),
        "climate": climate_lines(subject),
        "gates": [(state, subject.in_state(state)) for state in ("failed", "unknown", "passed")],
    }
