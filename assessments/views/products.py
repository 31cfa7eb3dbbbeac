"""/products/: what an organisation sells, and what each product requires of a health system."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from assessments.forms.products import ProductForm
from assessments.models import Product
from assessments.services.products import ProductValues, change_product, create_product
from assessments.shown.product_page import product_page
from stakeholders.access import MemberRequest, member, member_object
from stakeholders.models import SavedMeanwhileError, seen_version
from stakeholders.policy import Right, may


@member(Right.VIEW)
@require_safe
def products(request: MemberRequest) -> HttpResponse:
    """List the organisation's products."""
    rows = Product.objects.for_member(request.membership).select_related("version__instrument").prefetch_related("modules")
    page = {"products": rows.annotate(assessments_count=Count("assessments")), **frame(request)}
    return render(request, "assessments/products.html", page)


def frame(request: MemberRequest) -> dict[str, Any]:
    """Return what all pages about products share."""
    return {"section": "products", "can_edit": may(request.membership.role, Right.EDIT)}


@member_object(Right.VIEW, Product, related=("version__instrument",))
@require_safe
def product(request: MemberRequest, found: Product) -> HttpResponse:
    """Show a product's requirement profile by domain, narrowed as the address says; also what HTMX puts in its place."""
    page = {"product": found, **product_page(found, request.GET), **frame(request)}
    template = "_product_profile.html" if request.htmx else "product.html"  # type: ignore[attr-defined]
    return render(request, f"assessments/{template}", page)


@member(Right.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def product_new(request: MemberRequest) -> HttpResponse:
    """Add a product."""
    form = ProductForm(request.POST or None, membership=request.membership)
    if request.method == "POST" and form.is_valid():
        try:
            made = create_product(
                organisation=request.membership.organisation, actor=request.membership.user, values=ProductValues(**form.cleaned_data)
            )
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, _("%(name)s is added.") % {"name": made.name})
            return redirect("product", made.pk)
    return render(request, "assessments/product_form.html", {"form": form, **frame(request)})


@member_object(Right.EDIT, Product, related=("version__instrument",))
@require_http_methods(["GET", "HEAD", "POST"])
def product_edit(request: MemberRequest, found: Product) -> HttpResponse:
    """Change a product's name, type, claim, question bank or add-ons."""
    saved = {name: getattr(found, name) for name in ("name", "product_type", "claim", "version")}
    saved["modules"] = list(found.modules.all())
    form = ProductForm(request.POST or None, membership=request.membership, product=found, initial=saved)
    status, current = 200, found.edition
    if request.method == "POST" and form.is_valid():
        try:
            change_product(
                product=found,
                actor=request.membership.user,
                seen=seen_version(request.POST.get("seen")),
                values=ProductValues(**form.cleaned_data),
            )
        except ValidationError as error:
            form.refuse(error)
            status = 409 if isinstance(error, SavedMeanwhileError) else 200
        else:
            messages.success(request, _("Saved."))
            return redirect("product", found.pk)
    page = {"form": form, "product": found, "seen": current, **frame(request)}
    return render(request, "assessments/product_form.html", page, status=status)
