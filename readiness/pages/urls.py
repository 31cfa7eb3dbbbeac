"""Pages that show several apps."""

from django.urls import path

from readiness.pages.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
]
