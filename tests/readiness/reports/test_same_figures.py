"""Page, PDF and bundle show the same figures: the demonstration's bundle, imported, reported, exported and scored again."""

import json

import pytest
from django.urls import reverse

from assessments.bundles import parse_bundle, result_document
from assessments.models import Assessment
from assessments.scoring import score
from assessments.services.bundle_imports import import_bundle
from assessments.services.bundle_rows import assessment_bundle
from readiness.reports.issue import draft_pdf
from tests.conftest import shared
from tests.readiness.reports.papers import page_texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def imported(organisation) -> Assessment:
    vector = json.loads(shared("vectors/scoring/demo-larkfield.json").read_text())
    assessment = import_bundle(organisation=organisation, bundle=parse_bundle(vector["bundle"]))
    return Assessment.objects.with_parties().get(pk=assessment.pk)


def test_page_pdf_and_bundle_show_the_same_figures(imported, lead_client):
    overall = result_document(score(assessment_bundle(imported)))["overall"]
    figures = f"{overall['score']:.0f} readiness, range {overall['low']:.0f}–{overall['high']:.0f}"
    assert figures == "49 readiness, range 41–58"
    page = " ".join(lead_client.get(reverse("report-preview", args=[imported.pk])).content.decode().split())
    assert figures in page.replace("<b>", "").replace("</b>", "").replace("<span>", "").replace("</span>", "")
    first, second, *_ = page_texts(draft_pdf(imported, audience="deal_review", paper="letter"))
    assert figures in first
    assert "19 of 39 gates failed" in first
    assert second.startswith("Open critical items")
