"""What the pages of an assessment's set-up share: the line of steps, saving, and two people saving at once."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from assessments.forms.versioned import AssessmentForm
from assessments.models import Assessment, AssessmentState
from assessments.services.places import PlaceInUseError
from assessments.services.setup import SETTLED, NotInThisStateError
from assessments.services.setup_state import setup_facts, shown_steps, step_url
from assessments.setup_steps import Step, step_after, step_before
from stakeholders.models import User

RELATED = ("product", "health_system", "host", "organisation")
APPROVED_BY_HOST = (Step.PRODUCT, Step.SITES, Step.HOST, Step.CHECK)


def frame(assessment: Assessment, step: Step) -> dict[str, Any]:
    """Return what every page of the set-up shows around its form."""
    facts, before = setup_facts(assessment), step_before(step)
    return {
        "section": "assessments",
        "assessment": assessment,
        "facts": facts,
        "steps": shown_steps(assessment, facts, step),
        "back": step_url(assessment, before) if before else "",
        "locked": is_locked(assessment, step),
        "is_draft": assessment.state == AssessmentState.DRAFT,
    }


def is_locked(assessment: Assessment, step: Step) -> bool:
    """Tell whether a step can no longer be changed: approved by the host, or the deal is over."""
    opened = assessment.state != AssessmentState.DRAFT
    return assessment.state in SETTLED or (opened and step in APPROVED_BY_HOST)


def next_url(assessment: Assessment, step: Step) -> str:
    """Return where saving leads: on through a draft, back to the same step later."""
    return step_url(assessment, step_after(step) if assessment.state == AssessmentState.DRAFT else step)


def saved(form: AssessmentForm, actor: User) -> bool:
    """Save a valid form; False with the reason in the form when the service refused. EditedMeanwhileError is the caller's."""
    try:
        form.save(actor)
    except ValidationError as error:
        form.refuse(error)
    except PlaceInUseError as error:
        form.add_error(None, _("People are at %(place)s. Move or withdraw them first.") % {"place": error})
    except NotInThisStateError:
        form.add_error(None, _("The host has approved this, or the deal is over. It can no longer be changed."))
    else:
        return True
    return False


def edited_meanwhile(request: HttpRequest, form: AssessmentForm, step: Step, template: str, **context: Any) -> HttpResponse:
    """Show what was typed beside what somebody else saved; saving again is then a choice (409)."""
    current = Assessment.objects.select_related(*RELATED).get(pk=form.assessment.pk)
    kept, differences = form.against(current)
    page = {**frame(current, step), "form": kept, "differences": differences, "conflict": True, **context}
    return render(request, template, page, status=409)
