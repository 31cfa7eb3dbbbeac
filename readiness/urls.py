"""Every page, found by its URL."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("readiness.pages.urls")),
    path("", include("readiness.reports.urls")),
    path("", include("stakeholders.urls")),
    path("", include("assessments.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]
