"""Pages about organisations, members and the customer's health systems."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
