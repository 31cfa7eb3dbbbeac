"""What an operator of the installation may read of assessments and question banks; answers and disclosures are not there."""

from django.contrib import admin

from assessments.models import (
    Assessment,
    Finding,
    HostApproval,
    Instrument,
    InstrumentVersion,
    Item,
    Product,
    Report,
    ReportFile,
    Scope,
    ScoreSnapshot,
)
from stakeholders.admin import ReadOnlyAdmin


@admin.register(Assessment)
class AssessmentAdmin(ReadOnlyAdmin):
    """Assessments: which there are and how they stand."""

    list_display = ("created_at", "organisation", "health_system", "product", "state")
    list_filter = ("state",)
    list_select_related = ("organisation", "health_system", "product")


@admin.register(ScoreSnapshot)
class ScoreSnapshotAdmin(ReadOnlyAdmin):
    """Scores as they were."""

    list_display = ("at", "assessment", "reason", "verdict", "scoring_version")
    list_filter = ("verdict", "reason")
    list_select_related = ("assessment__health_system", "assessment__product")
    exclude = ("result",)


@admin.register(Report)
class ReportAdmin(ReadOnlyAdmin):
    """Issued reports by fingerprint; their content is read as a report."""

    list_display = ("issued_at", "number", "fingerprint")
    exclude = ("content",)


@admin.register(Item)
class ItemAdmin(ReadOnlyAdmin):
    """Items of question banks."""

    list_display = ("code", "version", "kind", "part", "weight")
    list_filter = ("version",)
    search_fields = ("code",)
    list_select_related = ("version__instrument",)


admin.site.register([Finding, HostApproval, Instrument, InstrumentVersion, Product, ReportFile, Scope], ReadOnlyAdmin)
