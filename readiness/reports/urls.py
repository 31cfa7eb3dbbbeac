"""The readiness report as a page and as a PDF."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
