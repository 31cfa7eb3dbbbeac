"""/instruments/<pk>/edit/items/: add, edit and remove the items of a draft."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.bank.version import BankItem
from assessments.forms.bank_drafts import NewItemForm
from assessments.forms.bank_items import ItemForm
from assessments.forms.bank_layout import sections
from assessments.models import InstrumentVersion
from assessments.services.drafts import NotADraftError
from assessments.services.drafts_items import ItemChangedError, ItemGoneError, add_item, draft_item, remove_items, save_draft_item
from assessments.shown.bank_changes import changes_between
from assessments.shown.bank_words import condition_error, condition_words
from assessments.shown.drafts import DraftShown
from assessments.views.draft_frame import RELATED, done, draft_address, draft_page, no_longer_a_draft, not_a_draft
from assessments.views.instruments import version_frame
from stakeholders.access import MemberRequest, member_object
from stakeholders.models import seen_version
from stakeholders.policy import Right

CONDITIONS = ("condition", "opens_when")
LONGEST_CONDITION = 600


@member_object(Right.EDIT, InstrumentVersion, related=RELATED)
@require_POST
def draft_item_new(request: MemberRequest, version: InstrumentVersion) -> HttpResponse:
    """Add an item by code and title; its editor has the rest."""
    away = not_a_draft(request, version)
    if away is not None:
        return away
    domains = list(version.domains.values_list("code", "title"))
    form = NewItemForm(request.POST, domains=domains, prefix="item")
    if form.is_valid():
        try:
            row = add_item(version=version, item=form.value, actor=request.membership.user)
        except NotADraftError:
            return no_longer_a_draft(request, version)
        except ValidationError as error:
            form.refuse(error)
        else:
            said = _("%(code)s is added, at the end of its domain.") % {"code": row.code}
            return done(request, version, said) if request.htmx else redirect("draft-item", version.pk, row.pk)  # type: ignore[attr-defined]
    return draft_page(request, version, status=422, forms={"item_form": form})


@member_object(Right.EDIT, InstrumentVersion, related=RELATED)
@require_http_methods(["GET", "HEAD", "POST"])
def draft_item_edit(request: MemberRequest, version: InstrumentVersion, item: int) -> HttpResponse:
    """Edit everything of an item; what is typed is never lost, not even when somebody else was faster."""
    if request.method != "POST":
        away = not_a_draft(request, version)
        if away is not None:
            return away
    shown = DraftShown.of(version)
    line = next((line for line in shown.lines if line.pk == item), None)
    if line is None and request.method != "POST":
        raise Http404
    form = _form(version, shown, line.item if line else None, request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _save(request, shown, item, form)
    return _page(request, shown, item, form, status=422 if form.errors else 200)


def _form(version: InstrumentVersion, shown: DraftShown, item: BankItem | None, data: Any) -> ItemForm:
    domains = [(domain.code, domain.title) for domain in shown.domains]
    form = ItemForm(data, domains=domains, item=item)
    form.reading_address = reverse("draft-condition", args=[version.pk])
    return form


def _save(request: MemberRequest, shown: DraftShown, pk: int, form: ItemForm) -> HttpResponse:
    version, differing = shown.version, []
    try:
        row = draft_item(version, pk)
        seen = seen_version(request.POST.get("seen"))
        save_draft_item(version=version, row=row, item=form.value(), seen=seen, actor=request.membership.user)
    except ItemChangedError as error:
        differing = changes_between(error.current, form.value())
        return _page(request, DraftShown.of(version), pk, form, status=409, theirs=differing, changed=True)
    except (NotADraftError, ItemGoneError):
        form.add_error(
            None, _("This was not saved: the item is gone, or the version is published meanwhile. What you typed still stands below.")
        )
        return _page(request, shown, pk, form, status=409)
    except ValidationError as error:
        form.refuse(error)
        return _page(request, shown, pk, form, status=422)
    messages.success(request, _("%(code)s is saved.") % {"code": form.cleaned_data["code"]})
    _before, after = shown.neighbours(pk)
    if request.POST.get("go") == "next" and after:
        return redirect("draft-item", version.pk, after)
    return redirect("draft-item", version.pk, pk)


def _page(request: MemberRequest, shown: DraftShown, pk: int, form: ItemForm, *, status: int, **context: Any) -> HttpResponse:
    line = next((line for line in shown.lines if line.pk == pk), None)
    before, after = shown.neighbours(pk)
    row = shown.version.items.filter(pk=pk).only("edition").first()
    readings = {name: _reading(shown, str(form[name].value() or "")) for name in CONDITIONS}
    page = {
        **version_frame(request, shown.version),
        "form": form,
        "line": line,
        "pk": pk,
        "seen": row.edition if row else "",
        "faults": shown.faults_of(line.item.code) if line else [],
        "sections": sections(),
        "before": before,
        "after": after,
        "readings": readings,
        **context,
    }
    return render(request, "assessments/draft_item.html", page, status=status)


def _reading(shown: DraftShown, text: str) -> dict[str, str]:
    items = {line.item.code: line.item for line in shown.lines}
    return {"words": condition_words(text, items), "error": condition_error(text)}


@member_object(Right.EDIT, InstrumentVersion, related=RELATED)
@require_POST
def draft_item_remove(request: MemberRequest, version: InstrumentVersion, item: int) -> HttpResponse:
    """Remove an item, which was asked for twice."""
    away = not_a_draft(request, version)
    if away is not None:
        return away
    try:
        row = draft_item(version, item)
        remove_items(version=version, pks=[row.pk], actor=request.membership.user)
    except NotADraftError:
        return no_longer_a_draft(request, version)
    except ItemGoneError:
        messages.info(request, _("Somebody else had removed it already."))
        return redirect(draft_address(request, version))
    return done(request, version, _("%(code)s is removed.") % {"code": row.code})


@member_object(Right.EDIT, InstrumentVersion, related=RELATED)
@require_safe
def draft_condition(request: MemberRequest, version: InstrumentVersion) -> HttpResponse:
    """Read a condition aloud while it is typed: in plain words, or where it cannot be read."""
    away = not_a_draft(request, version)
    if away is not None:
        return away
    field = request.GET.get("field", "")
    if field not in CONDITIONS:
        raise Http404
    reading = _reading(DraftShown.of(version), request.GET.get(field, "")[:LONGEST_CONDITION])
    return render(request, "assessments/_condition_reading.html", {"field": field, "reading": reading})
