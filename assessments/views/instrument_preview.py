"""/instruments/<pk>/preview/ and /compare/: a version as respondents will see it, and beside another one."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from assessments.bank.differences import differences
from assessments.bank.minutes import role_minutes
from assessments.bank.version import PRODUCT_TYPES, ROLES, VENDOR
from assessments.models import InstrumentVersion, ProductType
from assessments.services.bank_rows import bank_of
from assessments.shown.bank_compare import Compared, Wanted
from assessments.shown.bank_preview import preview
from assessments.shown.bank_words import pool_title
from assessments.views.instruments import require_readable, version_frame
from stakeholders.access import MemberRequest, member_object
from stakeholders.policy import Right

RELATED = ("instrument__organisation", "based_on__instrument")


@member_object(Right.VIEW, InstrumentVersion, related=RELATED)
@require_safe
def instrument_preview(request: MemberRequest, version: InstrumentVersion) -> HttpResponse:
    """Show what a role would be asked about a type of product; answers can be tried, and nothing is kept."""
    require_readable(request, version)
    bank = bank_of(version)
    product_type = _one_of(request.GET.get("type"), PRODUCT_TYPES)
    role = _one_of(request.GET.get("role"), (*ROLES, VENDOR))
    minutes = role_minutes(bank, product_type)
    page = {
        **version_frame(request, version),
        "preview": preview(bank, role, product_type),
        "role": role,
        "role_title": pool_title(role),
        "product_type": product_type,
        "people": [(code, pool_title(code)) for code in (*ROLES, VENDOR)],
        "product_types": ProductType.choices,
        "minutes": [(pool_title(row.role), row) for row in minutes],
        "own_minutes": next((row for row in minutes if row.role == role), None),
    }
    return render(request, "assessments/instrument_preview.html", page)


def _one_of(asked: str | None, known: tuple[str, ...]) -> str:
    return asked if asked in known else known[0]


@member_object(Right.VIEW, InstrumentVersion, related=RELATED)
@require_safe
def instrument_compare(request: MemberRequest, version: InstrumentVersion) -> HttpResponse:
    """Show item by item what changed from another version, by default the one that this one was made from."""
    require_readable(request, version)
    visible = InstrumentVersion.objects.readable_by(request.membership).select_related("instrument__organisation")
    others = visible.exclude(pk=version.pk).order_by("instrument__title", F("published_at").desc(nulls_first=True), "-number")
    other = _other(version, others, request.GET.get("with"))
    wanted = Wanted.of(request.GET)
    compared = None if other is None else Compared(differences(bank_of(other), bank_of(version)), wanted)
    page = {
        **version_frame(request, version),
        "others": others,
        "other": other,
        "compared": compared,
        "wanted": wanted,
        "heads": (_named(other), _named(version)),
    }
    return render(request, "assessments/instrument_compare.html", page)


def _named(version: InstrumentVersion | None) -> str:
    """Return a version's number with whose it is; its title is in the page's heading."""
    if version is None:
        return ""
    words = _("Version %(number)s, your own") if version.instrument.organisation_id else _("Version %(number)s, comes with the product")
    return words % {"number": version.number}


def _other(version: InstrumentVersion, others: QuerySet[InstrumentVersion], asked: str | None) -> InstrumentVersion | None:
    """Return the version that is asked for, else the one it is based on, else the newest other one of the same bank."""
    chosen: Any = None
    if asked:
        try:
            chosen = others.filter(pk=asked).first()
        except ValidationError:
            chosen = None
    if chosen is None and version.based_on_id:
        chosen = others.filter(pk=version.based_on_id).first()
    return chosen or others.filter(instrument=version.instrument_id).exclude(published_at=None).order_by("-published_at").first()
