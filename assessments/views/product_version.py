"""/products/<pk>/version/: what a newer version of the question bank changes in a product's profile, and the move to it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments.models import InstrumentVersion, Product
from assessments.services.product_versions import move_product, newer_version
from assessments.shown.product_version import version_page
from assessments.views.products import frame
from stakeholders.access import MemberRequest, member_object
from stakeholders.models import SavedMeanwhileError, seen_version
from stakeholders.policy import Right


@member_object(Right.EDIT, Product, related=("version__instrument", "organisation"))
@require_http_methods(["GET", "HEAD", "POST"])
def product_version(request: MemberRequest, product: Product) -> HttpResponse:
    """Show what the newest version changes; a POST moves the product to it."""
    newer = newer_version(product)
    if request.method != "POST" or newer is None:
        return _page(request, product, newer)
    if request.POST.get("to") != str(newer.pk):
        return _page(request, product, newer, [_("Another version was published meanwhile. This is what it changes.")])
    try:
        move_product(product=product, version=newer, actor=request.membership.user, seen=seen_version(request.POST.get("seen")))
    except SavedMeanwhileError as error:
        current = Product.objects.select_related("version__instrument").get(pk=product.pk)
        return _page(request, current, newer_version(current), error.messages)
    values = {"name": product.name, "number": newer.number}
    messages.success(request, _("%(name)s is on version %(number)s. Running assessments stay on theirs.") % values)
    return redirect("product", product.pk)


def _page(request: MemberRequest, product: Product, newer: InstrumentVersion | None, told: list[str] | None = None) -> HttpResponse:
    page = {"product": product, "newer": newer, "told": told, **frame(request)}
    if newer is not None:
        page |= version_page(product, newer)
    return render(request, "assessments/product_version.html", page, status=409 if told else 200)
