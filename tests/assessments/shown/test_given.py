import pytest

from assessments.models import Answer, Assessment
from assessments.shown.given import spread_of, voices_on
from assessments.shown.items import shown_items
from tests import factories
from tests.assessments.answering import answer, contested, handed_in, scored

STEPS = ["none", "some", "half", "most", "all"]


def voices(assessment, code="LAB-01", *, singly=True):
    found = voices_on(assessment, shown_items(assessment).items[code], STEPS, singly=singly)
    return {voice.role: voice for voice in found}


def test_accountable_role_comes_first_and_the_sponsor_last(assessment):
    assert list(voices(contested(assessment), "INT-01")) == ["it_integration_lead", "executive_sponsor"]


def test_answer_is_shown_with_step_note_and_reference(assessment):
    interview = handed_in(assessment, "lab_director")
    answer(interview, "LAB-01", 4, note="a note", evidence_reference="binder 3")
    said = voices(scored(assessment))["lab_director"].statements[0]
    assert (said.said, said.step, said.note, said.reference, said.lowered) == ("4 (in routine use)", "all", "a note", "binder 3", "")


def test_four_without_evidence_says_what_it_counts_as(assessment):
    handed_in(assessment, "lab_director", {"LAB-01": 4})
    assert voices(scored(assessment))["lab_director"].statements[0].lowered == "3 (in place)"


@pytest.mark.parametrize("kind", ["unknown", "not_applicable"])
def test_answer_without_value_keeps_its_kind_and_reason(assessment, kind):
    interview = handed_in(assessment, "lab_director")
    answer(interview, "LAB-01", kind, reason="ask the courier")
    said = voices(scored(assessment))["lab_director"].statements[0]
    assert (said.kind, said.value, said.reason) == (kind, None, "ask the courier")


def test_files_are_listed(assessment):
    row = answer(handed_in(assessment, "lab_director"), "LAB-01", 4)
    row.evidence.create(file="evidence/x", name="x.pdf", content_type="application/pdf", size=1, sha256="0" * 64)
    assert [f.name for f in voices(scored(assessment))["lab_director"].statements[0].files] == ["x.pdf"]


@pytest.mark.parametrize(("visibility", "author"), [("named", "Dana Lee, Laboratory"), ("role", "Laboratory")])
def test_author_is_shown_as_the_person_was_told(assessment, visibility, author):
    Assessment.objects.update(visibility_vendor=visibility)
    person = factories.make_stakeholder(assessment.health_system, name="Dana Lee")
    handed_in(assessment, "lab_director", {"LAB-01": 2}, stakeholder=person, visibility_vendor=visibility)
    assert voices(scored(assessment))["lab_director"].statements[0].author == author


def test_answer_for_figures_only_is_counted_and_not_shown(assessment):
    interview = handed_in(assessment, "lab_director", visibility_vendor="figures_only")
    answer(interview, "LAB-01", 2, note="canary")
    voice = voices(scored(assessment))["lab_director"]
    assert (voice.statements, voice.unseen, voice.withheld, voice.mean) == ((), 1, True, "")


def test_promise_that_became_stricter_holds(assessment):
    handed_in(assessment, "lab_director", {"LAB-01": 2}, visibility_vendor="named")
    Assessment.objects.update(visibility_vendor="figures_only")
    assert voices(scored(assessment))["lab_director"].statements == ()


def test_drafts_are_nobodys_but_their_owners(assessment):
    answer(factories.make_interview(assessment, "lab_director", state="in_progress"), "LAB-01", 2)
    assert voices(scored(assessment))["lab_director"].statements == ()


def test_answer_of_another_kind_than_the_item_is_left_out(assessment):
    interview = handed_in(assessment, "lab_director")
    Answer.objects.create(interview=interview, item_code="LAB-01", kind="text", text="canary")
    assert voices(scored(assessment))["lab_director"].statements == ()


def test_without_single_answers_only_means_are_read(assessment, django_assert_num_queries):
    assessment = contested(assessment)
    item = shown_items(assessment).items["LAB-01"]
    with django_assert_num_queries(0):
        found = voices_on(assessment, item, STEPS, singly=False)
    assert [(voice.mean, voice.statements, voice.unseen) for voice in found] == [("1 (informal)", (), 0), ("3 (in place)", (), 0)]


def test_place_tells_answers_of_one_role_apart(assessment):
    hub, far = assessment.sites.get(name="Hub"), assessment.sites.get(name="North Pass")
    handed_in(assessment, "lab_director", {"LAB-01": 4}, site=far)
    handed_in(assessment, "lab_director", {"LAB-01": 1}, site=hub)
    assessment = scored(assessment)
    item = shown_items(assessment).items["LAB-01"]
    assert spread_of(item, voices_on(assessment, item, STEPS, singly=True)) == [("Hub", 1.0), ("North Pass", 4.0)]


def test_spread_without_single_answers_draws_means(assessment):
    assessment = contested(assessment)
    item = shown_items(assessment).items["LAB-01"]
    assert spread_of(item, voices_on(assessment, item, STEPS, singly=False)) == [
        ("Laboratory", 1.0),
        ("Compliance, privacy, security", 3.0),
    ]


@pytest.mark.parametrize("count", [1, 30])
def test_single_answers_are_read_in_a_fixed_number_of_queries(assessment, count, django_assert_num_queries):
    for _ in range(count):
        handed_in(assessment, "lab_director", {"LAB-01": 2})
    assessment = scored(assessment)
    item = shown_items(assessment).items["LAB-01"]
    with django_assert_num_queries(2):
        voices_on(assessment, item, STEPS, singly=True)
