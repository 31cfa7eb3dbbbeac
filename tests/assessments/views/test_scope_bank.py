"""Whose question bank the page of a scope names."""

import pytest
from django.urls import reverse

from assessments.models import Instrument


@pytest.mark.parametrize("is_own", [True, False])
def test_page_says_when_the_bank_is_the_vendors_own(assessment, lead_client, organisation, is_own):
    Instrument.objects.update(organisation=organisation if is_own else None)
    page = lead_client.get(reverse("scope", args=[assessment.pk])).content.decode()
    assert ("a bank of the vendor’s own" in page) is is_own
