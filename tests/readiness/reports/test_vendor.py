"""The vendor's own readiness in the report: beside the customer's, for both audiences, and absent from older issues."""

import copy

import pytest

from assessments.models import Audience
from assessments.services.self_audits import AuditGiven, answer_self_audit
from readiness.reports.audited import self_audit_of
from readiness.reports.content import canonical_json, fingerprint, report_content
from readiness.reports.first_page import parties_words
from readiness.reports.render import report_pdf
from readiness.reports.vendor import vendor_readiness, vendor_sentence
from tests.assessments.answering import handed_in, scored
from tests.assessments.vendors import make_audited
from tests.readiness.reports.papers import page_texts, whole_text
from tests.readiness.reports.samples import make_content, make_document, make_subject


def item(code, state, level=None, **changes):
    return {
        "code": code,
        "title": f"Title of {code}",
        "question": f"How is {code}?",
        "steps": [f"{code} step {n}" for n in range(5)],
        "need": 3.0,
        "weight": 3,
        "asked_for": f"{code} step 3",
        "level": level,
        "evidence": "",
        "counts": level,
        "state": state,
    } | changes


@pytest.fixture
def content():
    """A content in which the vendor has one item in place, one short and one unanswered, asked in this order."""
    items = [
        item("VND-01", "in_place", 4, evidence="minutes of 3 May"),
        item("VND-02", "unknown"),
        item("VND-03", "short", 1),
    ]
    audit = {"score": 66.7, "low": 44.4, "high": 77.8, "answered_at": "2026-11-22T03:00:00+00:00", "items": items}
    return make_content() | {"self_audit": audit}


def test_what_is_not_in_place_stands_first_with_its_sentence_and_what_is_needed(content):
    found = vendor_readiness(make_subject(content))
    assert [(line.code, line.said, line.needed) for line in found.missing] == [
        ("VND-03", "VND-03 step 1", "VND-03 step 3"),
        ("VND-02", "", "VND-02 step 3"),
    ]
    assert [(line.code, line.evidence) for line in found.in_place] == [("VND-01", "minutes of 3 May")]


def test_figures_stand_with_range_and_number_answered(content):
    found = vendor_readiness(make_subject(content))
    assert found.words == "1 of 3 in place, 1 not answered"
    assert found.figures == "67 of 100 by its own word, range 44–78; 2 of 3 answered."
    assert found.answered_on == "21 November 2026"


def test_nothing_answered_has_no_figure(content):
    content["self_audit"] |= {"score": None, "low": 0.0, "high": 100.0, "answered_at": None, "items": [item("VND-01", "unknown")]}
    found = vendor_readiness(make_subject(content))
    assert (found.words, found.figures, found.answered_on) == ("not answered yet", "", "")


def test_claim_that_lacks_evidence_says_so(content):
    content["self_audit"]["items"] = [item("VND-01", "short", 4, counts=3, need=4.0)]
    (line,) = vendor_readiness(make_subject(content)).missing
    assert (line.said, line.without_evidence) == ("VND-01 step 4", True)


def test_page_one_has_one_line_about_the_vendor(content):
    assert parties_words(make_subject(content)).endswith("The vendor’s own readiness: 1 of 3 in place, 1 not answered.")


@pytest.mark.parametrize("absent", ["no key", None])
def test_report_from_before_there_was_a_self_audit_says_nothing_of_it(absent):
    older = make_content() if absent == "no key" else make_content() | {"self_audit": None}
    document = make_document(older)
    assert (document.vendor, vendor_sentence(make_subject(older))) == (None, "")
    assert "own readiness" not in whole_text(report_pdf(document))


@pytest.mark.parametrize("audience", Audience.values)
def test_both_audiences_read_it(content, audience):
    pages = page_texts(report_pdf(make_document(content, audience=audience)))
    text = " ".join(pages)
    assert "1 of 3 in place, 1 not answered" in pages[0]
    assert pages[1].startswith("Open critical items")
    assert all(words in text for words in ("VND-03 step 1", "VND-02 step 3", "minutes of 3 May"))


def test_endless_texts_leave_page_one_a_single_page(content):
    content["deal"] |= {"vendor": "W" * 300, "health_system": "Valley " * 30}
    pages = page_texts(report_pdf(make_document(content)))
    assert pages[1].startswith("Open critical items")


GIVEN = {"VND-01": AuditGiven(3, "minutes", "note-for-colleagues"), "VND-02": AuditGiven(1), "VND-03": AuditGiven(None)}


@pytest.fixture
def answered(organisation, lead):
    assessment = make_audited(organisation)
    handed_in(assessment, "lab_director", {"LAB-01": 1})
    answer_self_audit(assessment=assessment, actor=lead.user, answers=GIVEN)
    return scored(assessment)


@pytest.mark.django_db
def test_content_freezes_what_was_answered_and_where_it_stands(answered):
    found = report_content(answered)["self_audit"]
    assert [(row["code"], row["level"], row["counts"], row["state"]) for row in found["items"]] == [
        ("VND-01", 3, 3, "in_place"),
        ("VND-02", 1, 1, "short"),
        ("VND-03", None, None, "unknown"),
    ]
    assert (round(found["score"]), round(found["low"]), round(found["high"])) == (67, 44, 78)
    assert found["items"][1]["steps"][1] == "VND-02 step 1"


@pytest.mark.django_db
def test_content_holds_no_note_and_no_name_of_the_vendor_s_people(answered, lead):
    written = canonical_json(report_content(answered)).decode()
    assert [words for words in ("note-for-colleagues", lead.user.email) if words in written] == []


@pytest.mark.django_db
def test_fingerprint_follows_the_vendor_s_answers(answered, lead):
    before = fingerprint(report_content(answered))
    answer_self_audit(assessment=answered, actor=lead.user, answers={"VND-02": AuditGiven(3)})
    assert fingerprint(report_content(answered)) != before


@pytest.mark.django_db
def test_vendor_s_answers_leave_score_and_verdict_alone(answered, lead):
    before = copy.deepcopy(report_content(answered)["result"])
    answer_self_audit(assessment=answered, actor=lead.user, answers={"VND-01": AuditGiven(0), "VND-02": AuditGiven(0)})
    assert report_content(scored(answered))["result"] == before


@pytest.mark.django_db
def test_bank_that_asks_the_vendor_nothing_has_no_self_audit(assessment):
    handed_in(assessment, "lab_director", {"LAB-01": 1})
    assessment = scored(assessment)
    assert self_audit_of(assessment, assessment.latest_snapshot) is None
