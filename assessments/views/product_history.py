"""/products/<pk>/history/: what earlier customers took, all requirements of a product together."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from assessments.forms.requirements import RecordsForm
from assessments.models import Product
from assessments.services.requirement_records import add_records, read_records
from assessments.shown.records import faulty_rows, history_rows
from assessments.views.products import frame
from stakeholders.access import MemberRequest, member_object
from stakeholders.policy import Right

PER_PAGE = 50


@member_object(Right.EDIT, Product, related=("version__instrument", "organisation"))
@require_http_methods(["GET", "HEAD", "POST"])
def product_history(request: MemberRequest, product: Product) -> HttpResponse:
    """List a product's records and take pasted ones: all of them, or none with every line that is wrong."""
    form = RecordsForm(request.POST if request.method == "POST" else None)
    faulty = []
    if request.method == "POST" and form.is_valid():
        pasted = read_records(product=product, text=form.cleaned_data["records"], today=timezone.localdate())
        faulty = faulty_rows(pasted)
        if not faulty and not pasted.records:
            form.add_error("records", _("There is no record in this text."))
        elif not faulty:
            try:
                count = add_records(product=product, pasted=pasted.records, actor=request.membership.user)
            except ValidationError as error:
                form.refuse(error)
            else:
                messages.success(request, ngettext("%(n)d record is kept.", "%(n)d records are kept.", count) % {"n": count})
                return redirect("product-history", product.pk)
    rows = Paginator(history_rows(product), PER_PAGE).get_page(request.GET.get("page"))
    page = {"product": product, "form": form, "faulty": faulty, "page": rows, **frame(request)}
    return render(request, "assessments/product_history.html", page)
