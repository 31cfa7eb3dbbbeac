"""/products/<pk>/requirements/<code>/: one requirement as a product asks it, and what it took at earlier customers."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from assessments.forms.requirements import RecordForm, RequirementForm
from assessments.models import Product, RequirementRecord
from assessments.services.requirement_changes import adjust_requirement, reset_requirement
from assessments.services.requirement_records import add_record, remove_record
from assessments.shown.requirement_page import Found, find_requirement, requirement_page
from assessments.views.products import frame
from stakeholders.access import MemberRequest, member_object
from stakeholders.models import SavedMeanwhileError, seen_version
from stakeholders.policy import Right

RELATED = ("version__instrument", "organisation")


def _found(product: Product, code: str) -> Found:
    found = find_requirement(product, code)
    if found is None:
        raise Http404
    return found


def _page(request: MemberRequest, found: Found, *, status: int = 200, **forms: Any) -> HttpResponse:
    """Render the page with its two forms, the refused one holding what was typed."""
    form = RequirementForm(basis=found.basis, own=found.own, reason=found.reason)
    page = {"form": form, "record_form": RecordForm(pools=found.pools), "product": found.product, "seen": found.seen, **forms}
    return render(request, "assessments/product_requirement.html", {**page, **requirement_page(found), **frame(request)}, status=status)


@member_object(Right.EDIT, Product, related=RELATED)
@require_http_methods(["GET", "HEAD", "POST"])
def product_requirement(request: MemberRequest, product: Product, code: str) -> HttpResponse:
    """Show and change what a product asks of one requirement; the second of two editors is told (409)."""
    found = _found(product, code)
    if request.method != "POST":
        return _page(request, found)
    form = RequirementForm(request.POST, basis=found.basis, own=found.own, reason=found.reason)
    if not form.is_valid():
        return _page(request, found, form=form)
    try:
        adjust_requirement(
            product=product,
            plain=found.part.plain,
            own=form.adjustment(),
            reason=form.cleaned_data["reason"],
            actor=request.membership.user,
            seen=seen_version(request.POST.get("seen")),
        )
    except ValidationError as error:
        form.refuse(error)
        return _page(request, _found(product, code), form=form, status=409 if isinstance(error, SavedMeanwhileError) else 200)
    messages.success(request, _("Saved. Drafts follow; running assessments keep their scope until a lead makes a new revision."))
    return redirect("product-requirement", product.pk, code)


@member_object(Right.EDIT, Product, related=RELATED)
@require_POST
def requirement_reset(request: MemberRequest, product: Product, code: str) -> HttpResponse:
    """Go back to the type's values."""
    found = _found(product, code)
    try:
        reset_requirement(product=product, code=code, actor=request.membership.user, seen=seen_version(request.POST.get("seen")))
    except SavedMeanwhileError as error:
        form = RequirementForm(basis=found.basis, own=found.own, reason=found.reason)
        return _page(request, found, form=form, conflict=error.messages, status=409)
    messages.success(request, _("Back to the type's values."))
    return redirect("product-requirement", product.pk, code)


@member_object(Right.EDIT, Product, related=RELATED)
@require_POST
def record_add(request: MemberRequest, product: Product, code: str) -> HttpResponse:
    """Record what the requirement took at one earlier customer."""
    found = _found(product, code)
    form = RecordForm(request.POST, pools=found.pools)
    if form.is_valid():
        try:
            add_record(product=product, code=code, values=form.values(), actor=request.membership.user)
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, _("The record is kept."))
            return redirect("product-requirement", product.pk, code)
    return _page(request, found, record_form=form)


@member_object(Right.EDIT, Product, related=RELATED)
@require_POST
def record_remove(request: MemberRequest, product: Product, record: UUID) -> HttpResponse:
    """Take a record back."""
    mine = RequirementRecord.objects.for_member(request.membership).filter(product=product)
    row = get_object_or_404(mine, pk=record)
    remove_record(record=row, actor=request.membership.user)
    messages.success(request, _("The record is removed."))
    if find_requirement(product, row.item_code) is None:
        return redirect("product-history", product.pk)
    return redirect("product-requirement", product.pk, row.item_code)
