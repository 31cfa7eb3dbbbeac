"""/instruments/<pk>/edit/: a draft of an organisation's own question bank, its domains and the order of its items."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.forms.bank_drafts import DomainForm, HeadForm, NewDomainForm
from assessments.models import Domain, InstrumentVersion, VersionState
from assessments.services import drafts, drafts_order
from assessments.services.drafts import DraftChangedError, DraftExistsError, NotADraftError
from assessments.services.drafts_items import ItemGoneError, remove_items
from assessments.views.draft_frame import RELATED, done, draft_address, draft_page, go_to, no_longer_a_draft, not_a_draft
from assessments.views.instruments import version_frame
from stakeholders.access import MemberRequest, member_object
from stakeholders.forms.fields import HouseForm
from stakeholders.policy import Right

LONGEST_NUMBER = 18


@member_object(Right.EDIT, InstrumentVersion, related=RELATED)
@require_POST
def instrument_start(request: MemberRequest, version: InstrumentVersion) -> HttpResponse:
    """Start a draft of the organisation's own bank from this version, or go to the one that there is."""
    if version.state == VersionState.DRAFT:
        return redirect("draft", version.pk)
    try:
        draft = drafts.start_draft(source=version, organisation=request.membership.organisation, actor=request.membership.user)
    except DraftExistsError as error:
        messages.warning(request, _("There is a draft already, one at a time. This is it; publish or discard it first."))
        draft = error.draft
    else:
        messages.success(request, _("This is your draft. Nobody is asked anything of it before it is published."))
    return redirect("draft", draft.pk)


@member_object(Right.EDIT, InstrumentVersion, related=RELATED)
@require_safe
def draft(request: MemberRequest, version: InstrumentVersion) -> HttpResponse:
    """Show a draft's domains and items in their order, with what is wrong."""
    return not_a_draft(request, version) or draft_page(request, version)


@member_object(Right.EDIT, InstrumentVersion, related=RELATED)
@require_POST
def draft_move(request: MemberRequest, version: InstrumentVersion) -> HttpResponse:
    """Move an item or a domain up or down, or move or remove the ticked items."""
    away = not_a_draft(request, version)
    if away is not None:
        return away
    try:
        said = _moved(request, version)
    except NotADraftError:
        return no_longer_a_draft(request, version)
    except ItemGoneError:
        return draft_page(request, version, status=409, said=_("Somebody else removed it meanwhile. This is how the draft stands now."))
    return done(request, version, said)


def _moved(request: MemberRequest, version: InstrumentVersion) -> str:
    """Do what the pressed button says and return it in words."""
    actor, asked = request.membership.user, request.POST
    for name, up in (("up", True), ("down", False)):
        if name in asked:
            item = drafts_order.move_item(version=version, pk=_number(asked[name]), up=up, actor=actor)
            return _("%(code)s is moved.") % {"code": item.code}
        if f"domain_{name}" in asked:
            domain = drafts_order.move_domain(version=version, pk=_number(asked[f"domain_{name}"]), up=up, actor=actor)
            return _("%(title)s is moved.") % {"title": domain.title}
    picked = [_number(pk) for pk in asked.getlist("pick")]
    if not picked:
        return _("Nothing was changed: tick items first.")
    if "remove" in asked:
        remove_items(version=version, pks=picked, actor=actor)
        return _("The ticked items are removed.")
    if not asked.get("to"):
        return _("Nothing was changed: choose the domain to move them to.")
    drafts_order.move_items(version=version, pks=picked, domain=asked["to"], actor=actor)
    return _("The ticked items are moved.")


def _number(text: str) -> int:
    """Return the key of a row; whatever is none names nothing."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else 0


@member_object(Right.EDIT, InstrumentVersion, related=RELATED)
@require_http_methods(["GET", "HEAD", "POST"])
def draft_head(request: MemberRequest, version: InstrumentVersion) -> HttpResponse:
    """Change title, number, description and note."""
    away = not_a_draft(request, version)
    if away is not None:
        return away
    current = drafts.head_of(version)
    form, status, theirs = HeadForm(request.POST or None, initial=current), 200, {}
    if request.method == "POST" and form.is_valid():
        try:
            drafts.describe_draft(version=version, head=form.head, seen=request.POST.get("seen", ""), actor=request.membership.user)
            messages.success(request, _("Saved."))
            return redirect("draft", version.pk)
        except NotADraftError:
            return no_longer_a_draft(request, version)
        except DraftChangedError:
            status, theirs = 409, _labelled(form, current)
        except ValidationError as error:
            form.refuse(error)
    page = {**version_frame(request, version), "form": form, "seen": drafts.mark_of(current.values()), "theirs": theirs}
    return render(request, "assessments/draft_head.html", page, status=status)


def _labelled(form: HouseForm, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what stands there now by the labels of its fields."""
    return {str(form.fields[name].label): value for name, value in values.items()}


@member_object(Right.EDIT, InstrumentVersion, related=RELATED)
@require_POST
def draft_discard(request: MemberRequest, version: InstrumentVersion) -> HttpResponse:
    """Delete a draft, which was asked for twice."""
    away = not_a_draft(request, version)
    if away is not None:
        return away
    if request.POST.get("confirmed") != "yes":
        messages.error(request, _("Nothing was discarded: confirm it first."))
        return redirect(draft_address(request, version))
    try:
        drafts.discard_draft(version=version, actor=request.membership.user)
    except NotADraftError:
        return no_longer_a_draft(request, version)
    messages.success(request, _("The draft is discarded."))
    return redirect("instruments")


@member_object(Right.EDIT, InstrumentVersion, related=RELATED)
@require_POST
def draft_domain_new(request: MemberRequest, version: InstrumentVersion) -> HttpResponse:
    """Add a domain at the end."""
    away = not_a_draft(request, version)
    if away is not None:
        return away
    form = NewDomainForm(request.POST, prefix="domain")
    if form.is_valid():
        try:
            drafts_order.add_domain(version=version, domain=form.value, actor=request.membership.user)
            return done(request, version, _("%(title)s is added, at the end.") % {"title": form.value.title})
        except NotADraftError:
            return no_longer_a_draft(request, version)
        except ValidationError as error:
            form.refuse(error)
    return draft_page(request, version, status=422, forms={"domain_form": form})


@member_object(Right.EDIT, InstrumentVersion, related=RELATED)
@require_http_methods(["GET", "HEAD", "POST"])
def draft_domain(request: MemberRequest, version: InstrumentVersion, group: int) -> HttpResponse:
    """Change a domain, or remove it while it is empty."""
    away = not_a_draft(request, version)
    if away is not None:
        return away
    row = version.domains.filter(pk=group).first()
    if row is None:
        raise Http404
    form, status, theirs = DomainForm(request.POST or None, initial=DomainForm.start(row)), 200, {}
    if request.method == "POST" and (form.is_valid() or "remove" in request.POST):
        try:
            return _saved_domain(request, version, row, form)
        except (NotADraftError, ItemGoneError):
            return no_longer_a_draft(request, version)
        except DraftChangedError:
            status, theirs = 409, _labelled(form, DomainForm.start(row))
        except ValidationError as error:
            form.refuse(error)
    page = {**version_frame(request, version), "form": form, "domain": row, "seen": drafts_order.domain_mark(row), "theirs": theirs}
    return render(request, "assessments/draft_domain.html", page, status=status)


def _saved_domain(request: MemberRequest, version: InstrumentVersion, row: Domain, form: DomainForm) -> HttpResponse:
    actor = request.membership.user
    if "remove" in request.POST:
        drafts_order.remove_domain(version=version, row=row, actor=actor)
        messages.success(request, _("The domain is removed."))
    else:
        drafts_order.save_domain(version=version, row=row, domain=form.value, seen=request.POST.get("seen", ""), actor=actor)
        messages.success(request, _("Saved."))
    return go_to(request, draft_address(request, version))
