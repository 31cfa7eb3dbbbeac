"""The readiness report as a page and as a PDF."""

from django.urls import path

from readiness.reports import views

urlpatterns = [
    path("assessments/<uuid:pk>/reports/", views.reports, name="reports"),
    path("assessments/<uuid:pk>/reports/draft/", views.report_preview, name="report-preview"),
    path("assessments/<uuid:pk>/reports/draft.pdf", views.report_draft, name="report-pdf"),
    path("assessments/<uuid:pk>/reports/issue/", views.report_issue, name="report-issue"),
    path("assessments/<uuid:pk>/reports/<int:number>.pdf", views.report_download, name="report-file"),
]
