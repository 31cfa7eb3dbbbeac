import pytest
from django.urls import reverse

from assessments.models import SelfAuditAnswer
from assessments.services.bundle_imports import import_bundle
from assessments.services.self_audits import AuditGiven, answer_audit_item
from tests import factories
from tests.assessments.answering import handed_in, scored
from tests.assessments.small_bundles import LAB, Said, make_bundle
from tests.assessments.vendors import make_audited, make_version_with_audit
from tests.conftest import signed_in

HTMX = {"HTTP_HX_REQUEST": "true"}
GIVEN = {"version": "0", "level": "3", "evidence_reference": "minutes of 3 May", "note": "asked Ruth"}


@pytest.fixture
def audited(organisation):
    return make_audited(organisation)


def page(client, assessment, query=""):
    return client.get(reverse("vendor-audit", args=[assessment.pk]) + query)


def text(client, assessment, query=""):
    return " ".join(page(client, assessment, query).content.decode().split())


def post(client, assessment, code="VND-01", extra=None, **changes):
    return client.post(reverse("vendor-audit-answer", args=[assessment.pk, code]), {**GIVEN, **changes}, **(extra or {}))


def save(assessment, lead, level=3, code="VND-01", **fields):
    return answer_audit_item(assessment=assessment, code=code, given=AuditGiven(level, **fields), actor=lead.user)


def test_every_item_shows_question_ladder_and_who_knows(audited, lead_client):
    html = text(lead_client, audited)
    for code in ("VND-01", "VND-02", "VND-03"):
        assert all(words in html for words in (f"Is {code} in place?", f"{code} step 4", f"Usually known by whoever knows {code}."))


def test_nothing_answered_says_so(audited, lead_client):
    assert "Not answered yet" in text(lead_client, audited)


def test_answer_shows_its_sentence_and_who_gave_it_when(audited, lead, lead_client):
    save(audited, lead, level=1, evidence_reference="minutes")
    html = text(lead_client, audited)
    assert '<p class="audit-said">VND-01 step 1</p>' in html
    assert "Needed: VND-01 step 3" in html
    assert f"{lead.user}, " in html
    assert "0 of 3 in place, 2 not answered" in html
    assert "33 of 100 by its own word, range 11–78; 1 of 3 answered" in html


def test_four_without_evidence_says_what_it_counts_as(audited, lead, lead_client):
    save(audited, lead, level=4)
    assert "Counts as step 3, not 4" in text(lead_client, audited)
    save(audited, lead, level=4, evidence_reference="minutes")
    assert "Counts as step" not in text(lead_client, audited)


def test_item_is_saved_and_the_page_comes_back_to_it(audited, lead, lead_client):
    response = post(lead_client, audited)
    assert response.url == f"{reverse('vendor-audit', args=[audited.pk])}?saved=VND-01#audit-VND-01"
    row = SelfAuditAnswer.objects.get(assessment=audited)
    assert (row.item_code, row.level, row.evidence_reference, row.note) == ("VND-01", 3, "minutes of 3 May", "asked Ruth")
    assert row.answered_by == lead.user
    assert "Saved." in lead_client.get(response.url).content.decode()


def test_item_is_saved_in_its_place(audited, lead_client):
    html = post(lead_client, audited, extra=HTMX).content.decode()
    assert html.count('class="audit-item"') == 1
    assert "Saved." in html
    assert 'hx-swap-oob="true"' in html
    assert "1 of 3 in place, 2 not answered" in html


def test_nobody_knows_is_an_answer_of_its_own(audited, lead_client):
    post(lead_client, audited, level="unknown")
    assert SelfAuditAnswer.objects.get().level is None
    assert "Not known" in text(lead_client, audited)


@pytest.mark.parametrize("extra", [{}, HTMX])
@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"level": ""}, "Choose a sentence"),
        ({"level": "5"}, "Choose one of the sentences."),
        ({"level": "\x00"}, "Choose one of the sentences."),
        ({"evidence_reference": "x" * 501}, "at most 500 characters"),
        ({"note": "x" * 4001}, "at most 4000 characters"),
        ({"note": "SSN 123-45-6789"}, "This looks like a social security number"),
        ({"version": "x"}, "The form was incomplete"),
        ({"version": "9" * 30}, "The form was incomplete"),
    ],
)
def test_what_does_not_fit_is_named_and_what_was_typed_is_kept(audited, lead_client, changes, message, extra):
    response = post(lead_client, audited, extra=extra, **{"note": "typed-by-me", **changes})
    html = response.content.decode()
    assert (response.status_code, message in html) == (422, True)
    assert changes.get("note", "typed-by-me") in html
    assert not SelfAuditAnswer.objects.exists()


def test_text_confirmed_to_be_no_patient_data_is_saved(audited, lead_client):
    assert post(lead_client, audited, note="ticket 12345678", confirmed="on").status_code == 302
    assert post(lead_client, audited, version="1", note="ticket 12345678", level="2").status_code == 302
    assert SelfAuditAnswer.objects.get().level == 2


@pytest.mark.parametrize("words", ["世界 🧬", "<script>alert(1)</script>", "שלום", "a\r\nb"])
def test_any_text_is_kept_as_typed_and_shown_as_text(audited, lead_client, words):
    post(lead_client, audited, note=words)
    assert SelfAuditAnswer.objects.get().note == words.replace("\r\n", "\n")
    assert "<script>alert" not in text(lead_client, audited)


@pytest.mark.parametrize("extra", [{}, HTMX])
def test_second_of_two_colleagues_sees_both_and_overwrites_nothing(audited, lead, lead_client, extra):
    save(audited, lead, level=0, note="what the first wrote")
    response = post(lead_client, audited, extra=extra, note="what the second wrote")
    html = response.content.decode()
    assert response.status_code == 409
    assert all(words in html for words in ("what the first wrote", "what the second wrote", "VND-01 step 0", "Put mine in its place"))
    assert '<input type="hidden" name="version" value="1">' in html
    assert SelfAuditAnswer.objects.get().note == "what the first wrote"


def test_second_colleague_may_put_theirs_in_its_place(audited, lead, lead_client):
    save(audited, lead, level=0)
    assert post(lead_client, audited, version="1", level="4").status_code == 302
    assert SelfAuditAnswer.objects.get().level == 4


@pytest.mark.parametrize(("state", "why"), [("signed", "The contract is signed"), ("lost", "The deal is lost")])
def test_after_the_deal_the_page_is_to_read(audited, lead, lead_client, state, why):
    save(audited, lead)
    audited.state = state
    audited.save()
    html = text(lead_client, audited)
    assert why in html
    assert "VND-01 step 3" in html
    assert "/vendor/VND-01/" not in html


@pytest.mark.parametrize("extra", [{}, HTMX])
def test_what_comes_after_the_deal_is_not_saved_and_shown_again(audited, lead_client, extra):
    audited.state = "signed"
    audited.save()
    response = post(lead_client, audited, extra=extra, note="typed-too-late")
    assert (response.status_code, "typed-too-late" in response.content.decode()) == (409, True)
    assert not SelfAuditAnswer.objects.exists()


@pytest.mark.parametrize("code", ["LAB-01", "VND-99", "a/b", "世界"])
def test_what_the_vendor_is_not_asked_does_not_exist(audited, lead_client, code):
    assert post(lead_client, audited, code=code).status_code == 404


def test_reader_sees_answers_and_no_form(audited, lead, reviewer_client):
    save(audited, lead)
    html = text(reviewer_client, audited)
    assert "VND-01 step 3" in html
    assert "/vendor/VND-01/" not in html
    assert post(reviewer_client, audited).status_code == 403


def test_bank_without_questions_to_the_vendor_says_so(assessment, lead_client):
    assert "This question bank asks the vendor nothing" in text(lead_client, assessment)


def test_draft_is_asked_what_its_product_s_bank_asks(organisation, lead_client):
    draft = factories.make_assessment(organisation, version=make_version_with_audit())
    assert post(lead_client, draft).status_code == 302
    assert "Nothing is scored yet" in text(lead_client, draft)


@pytest.fixture
def owed(audited):
    """LAB-01 is short, LAB-02 and INT-01 are met, INT-02 and CHG-01 are unknown."""
    handed_in(audited, "lab_director", {"LAB-01": 1, "LAB-02": 3})
    handed_in(audited, "it_integration_lead", {"INT-01": 3})
    return scored(audited)


def test_duties_list_what_is_open_with_action_hours_and_weeks(owed, lead_client):
    html = text(lead_client, owed)
    assert "Help with LAB-01." in html
    assert "Help with LAB-02." not in html
    assert '12 <span class="duty-from">estimate</span>' in html
    assert '4 <span class="faint text-nowrap">(2–8)</span> <span class="duty-from">estimate</span>' in html


def test_hours_are_certain_for_what_is_short_and_at_most_for_the_rest(owed, lead_client):
    html = text(lead_client, owed)
    assert "12 vendor hours for the requirement that is short" in html
    assert "At most 36 hours over all 3 that are short, unknown or contested." in html


@pytest.mark.parametrize(
    ("query", "shown", "absent"),
    [
        ("?status=all", ["LAB-01", "LAB-02", "INT-02"], []),
        ("?status=unknown", ["INT-02"], ["LAB-01"]),
        ("?status=short", ["LAB-01"], ["INT-02"]),
    ],
)
def test_duties_are_narrowed_by_the_address(owed, lead_client, query, shown, absent):
    html = text(lead_client, owed, query)
    assert [code for code in shown if f"Help with {code}." not in html] == []
    assert [code for code in absent if f"Help with {code}." in html] == []


@pytest.mark.parametrize("query", ["?status=nonsense", "?saved=nobody", "?saved=%F0%9F%A7%AC"])
def test_address_that_asks_for_nothing_known_shows_the_page(owed, lead_client, query):
    assert "Help with LAB-01." in text(lead_client, owed, query)


def test_state_that_no_requirement_is_in_says_so(owed, lead_client):
    assert "No requirement is in this state." in text(lead_client, owed, "?status=contested")


def test_outsider_gets_what_a_nonexistent_one_gets(audited, outsider_client):
    nothing = "00000000-0000-4000-8000-000000000000"
    theirs, none = page(outsider_client, audited), outsider_client.get(reverse("vendor-audit", args=[nothing]))
    assert (theirs.status_code, theirs.content) == (404, none.content)
    assert post(outsider_client, audited).status_code == 404
    assert not SelfAuditAnswer.objects.exists()


def test_anonymous_is_sent_to_sign_in(audited, anonymous):
    assert page(anonymous, audited).headers["Location"].startswith("/accounts/login/")


def test_member_who_sees_only_assigned_ones_does_not_see_others(audited, organisation):
    assert page(signed_in(factories.make_membership(organisation, only_assigned=True)), audited).status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_page_takes_a_fixed_number_of_queries(organisation, lead, lead_client, count, django_assert_num_queries):
    codes = [f"VND-{number:02}" for number in range(1, count + 1)]
    assessment = factories.make_open_assessment(organisation, version=make_version_with_audit(codes))
    for code in codes:
        save(assessment, lead, code=code)
    for _ in range(count):
        handed_in(assessment, "lab_director", {"LAB-01": 1})
    assessment = scored(assessment)
    with django_assert_num_queries(16):
        page(lead_client, assessment)


def test_imported_bundle_has_no_questions_to_the_vendor_and_still_lists_what_is_owed(organisation, lead_client):
    imported = import_bundle(organisation=organisation, bundle=make_bundle(Said(LAB, 1)))
    html = text(lead_client, imported, "?status=all")
    assert "This question bank asks the vendor nothing" in html
    assert "Nothing by default: agree on it with the health system." in html
