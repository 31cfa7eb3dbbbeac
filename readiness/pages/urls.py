"""Pages that show several apps."""

from django.urls import path

from readiness.pages.health import healthz
from readiness.pages.health_systems import health_system
from readiness.pages.overview import overview
from readiness.pages.portfolio import portfolio

urlpatterns = [
    path("", portfolio, name="portfolio"),
    path("assessments/<uuid:pk>/", overview, name="overview"),
    path("healthz", healthz, name="healthz"),
    path("health-systems/<uuid:pk>/", health_system, name="health-system"),
]
