"""Every page, found by its URL."""

from django.contrib import admin
from django.urls import include, path

from readiness.pages.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]
