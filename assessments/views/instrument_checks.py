"""/instruments/<pk>/check/ and /publish/: what is wrong with a draft, and freezing it for ever."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from assessments.bank.checks import advice
from assessments.models import InstrumentVersion, VersionState
from assessments.services.drafts import DefectsError, DraftChangedError, NotADraftError, publish_draft
from assessments.shown.drafts import DraftShown
from assessments.views.draft_frame import RELATED, no_longer_a_draft, not_a_draft
from assessments.views.instruments import version_frame
from stakeholders.access import MemberRequest, member_object
from stakeholders.models import seen_version
from stakeholders.policy import Right


@member_object(Right.EDIT, InstrumentVersion, related=RELATED)
@require_safe
def draft_check(request: MemberRequest, version: InstrumentVersion) -> HttpResponse:
    """List what keeps a draft from being published, item by item with the field that mends it, and what is only advice."""
    return not_a_draft(request, version) or _page(request, version)


@member_object(Right.EDIT, InstrumentVersion, related=RELATED)
@require_http_methods(["GET", "HEAD", "POST"])
def draft_publish(request: MemberRequest, version: InstrumentVersion) -> HttpResponse:
    """Ask whether a draft is to be published for ever, and publish it; refused while anything is wrong."""
    away = not_a_draft(request, version)
    if away is not None:
        return away
    if request.method != "POST":
        return _page(request, version, asks=True)
    if request.POST.get("confirmed") != "yes":
        return _page(request, version, status=422, refused=_("Nothing was published: tick that you know it is for ever."), asks=True)
    try:
        publish_draft(version=version, seen=seen_version(request.POST.get("seen")), actor=request.membership.user)
    except NotADraftError:
        return no_longer_a_draft(request, version)
    except DraftChangedError:
        told = _("Nothing was published: somebody else has changed the draft meanwhile. This is how it stands now.")
        return _page(request, InstrumentVersion.objects.select_related(*RELATED).get(pk=version.pk), status=409, refused=told, asks=True)
    except DefectsError as error:
        told = _("Nothing was published. First mend: %(names)s.") % {"names": error}
        return _page(request, version, status=422, refused=told)
    messages.success(request, _("Published. New products can use it; those that there are stay on theirs until somebody moves them."))
    return redirect("instrument-version", version.pk)


def _page(request: MemberRequest, version: InstrumentVersion, *, status: int = 200, refused: str = "", asks: bool = False) -> HttpResponse:
    shown = DraftShown.of(version)
    before = version.instrument.versions.filter(state=VersionState.PUBLISHED).first()
    page = {
        **version_frame(request, version),
        "shown": shown,
        "defects": shown.faults(shown.defects),
        "advice": shown.faults(advice(shown.bank)),
        "before": before,
        "refused": refused,
        "asks": asks and not shown.defects,
    }
    return render(request, "assessments/draft_check.html", page, status=status)
