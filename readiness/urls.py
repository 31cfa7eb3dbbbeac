"""Every page, found by its URL."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

# The admin's own sign-in form knows neither our limits nor the second step.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

handler500 = "readiness.errors.failure"

urlpatterns = [
    path("", include("readiness.pages.urls")),
    path("", include("readiness.reports.urls")),
    path("", include("stakeholders.urls")),
    path("", include("assessments.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]
