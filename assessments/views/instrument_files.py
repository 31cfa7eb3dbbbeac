"""/instruments/<pk>/export/ and /instruments/import/: question banks as files."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from assessments.bank.marks import BankFileErrors
from assessments.forms.bank_drafts import ImportForm
from assessments.models import InstrumentVersion
from assessments.services.drafts import DraftExistsError
from assessments.services.drafts_files import errors_of, export_version, file_name, import_version
from assessments.views.instruments import frame, require_readable
from stakeholders.access import MemberRequest, member, member_object
from stakeholders.policy import Right


@member_object(Right.VIEW, InstrumentVersion, related=("instrument__organisation",))
@require_safe
def instrument_export(request: MemberRequest, version: InstrumentVersion) -> HttpResponse:
    """Hand a version out as YAML."""
    require_readable(request, version)
    headers = {"Content-Disposition": f'attachment; filename="{file_name(version)}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(export_version(version), content_type="application/yaml; charset=utf-8", headers=headers)


@member(Right.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def instrument_import(request: MemberRequest) -> HttpResponse:
    """Read a file into a new draft, all of it or nothing; with errors the page keeps what was chosen and names lines and paths."""
    if request.method != "POST":
        return _page(request, ImportForm())
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=422)
    upload, replaces = form.cleaned_data["file"], form.cleaned_data["replace_draft"]
    content, owner = upload.read(), request.membership
    try:
        draft = import_version(organisation=owner.organisation, content=content, replace_draft=replaces, actor=owner.user)
    except BankFileErrors as error:
        return _page(request, form, status=422, errors=errors_of(error, content), file_name=upload.name)
    except DraftExistsError as error:
        told = _("%(draft)s is a draft already, and there is one at a time. Tick that it may be replaced, or publish it first.")
        form.add_error("replace_draft", told % {"draft": error.draft})
        return _page(request, form, status=409)
    messages.success(request, _("%(name)s is imported as a draft.") % {"name": upload.name})
    return redirect("draft", draft.pk)


def _page(request: MemberRequest, form: ImportForm, *, status: int = 200, **context: Any) -> HttpResponse:
    return render(request, "assessments/instrument_import.html", {**frame(request), "form": form, **context}, status=status)
