import pytest

from assessments.services.outline import (
    asked_items,
    checked_scope,
    current_scope,
    product_outline,
    proposal_differs,
    propose_scope,
    roles_that_must_answer,
)
from assessments.services.profile_requirements import profile_lines
from assessments.services.setup import switch_domains
from tests.assessments.deeper_bank import make_deeper_assessment
from tests.assessments.setups import make_asked, make_draft

ALL_ROLES = ["clinician", "it_integration_lead", "lab_director"]


def test_product_outline_counts_the_profile(lead):
    outline = product_outline(make_draft(lead).product, ["INT"])
    assert (outline.questions, outline.gates) == (3, 1)
    assert [(d.code, d.on) for d in outline.domains] == [("LAB", True), ("INT", False), ("CHG", True)]


def test_draft_asks_its_profile_without_what_is_left_out(lead):
    draft = make_draft(lead)
    switch_domains(assessment=draft, left_out=["INT"])
    assert [item.code for item in asked_items(draft)] == ["LAB-01", "LAB-02", "CHG-01"]


def test_open_assessment_asks_its_scope_whatever_the_product_became(assessment):
    assessment.product.requirements.create(item_code="LAB-02", left_out=True)
    assert "LAB-02" in [item.code for item in asked_items(assessment)]


def test_roles_that_must_answer_follow_from_what_is_asked(lead):
    draft = make_draft(lead)
    assert roles_that_must_answer(draft) == ALL_ROLES
    switch_domains(assessment=draft, left_out=["INT", "CHG"])
    assert roles_that_must_answer(draft) == ["clinician", "lab_director"]


def test_there_is_no_scope_before_asking(lead):
    draft = make_draft(lead)
    assert (current_scope(draft), proposal_differs(draft, None)) == (None, True)


def test_proposal_differs_once_the_profile_changes(lead):
    asked = make_asked(lead)
    assert not proposal_differs(asked, current_scope(asked))
    asked.product.requirements.create(item_code="LAB-02", need=4)
    assert proposal_differs(asked, current_scope(asked))


def test_product_outline_says_how_much_deeper_it_could_go(organisation):
    product = make_deeper_assessment(organisation).product
    outline = product_outline(product)
    assert outline.questions == 5
    assert {role.role: (role.questions, role.later) for role in outline.roles} == {
        "compliance_privacy_security": (1, 1),
        "it_integration_lead": (2, 2),
        "lab_director": (2, 1),
    }


def test_product_outline_uses_the_lines_that_were_read(lead, django_assert_num_queries):
    product = make_draft(lead).product
    lines = profile_lines(product, product.version)
    with django_assert_num_queries(1):
        assert product_outline(product, lines=lines).questions == 5


def test_deal_that_was_lost_as_a_draft_shows_what_it_would_have_asked(lead):
    draft = make_draft(lead)
    type(draft).objects.filter(pk=draft.pk).update(state="lost")
    draft.refresh_from_db()
    assert [item.code for item in asked_items(draft)] == ["LAB-01", "LAB-02", "INT-01", "INT-02", "CHG-01"]


def test_checked_draft_keeps_the_domains_that_are_off_to_say_what_they_would_add(lead):
    draft = make_draft(lead)
    switch_domains(assessment=draft, left_out=["INT"])
    checked = checked_scope(draft)
    assert [(d.code, d.questions, d.on) for d in checked.outline.domains] == [("LAB", 2, True), ("INT", 2, False), ("CHG", 1, True)]
    assert (checked.outline.questions, checked.plan.left_out_domains) == (3, {"INT"})


def test_checked_scope_is_the_frozen_one_once_the_host_has_approved(assessment):
    assessment.product.requirements.create(item_code="LAB-02", left_out=True)
    assert checked_scope(assessment).outline.questions == 5


def test_draft_that_is_asked_again_unchanged_proposes_the_same_scope(lead):
    asked = make_asked(lead)
    first = current_scope(asked)
    assert propose_scope(assessment=asked, author=lead.user, reason="Again") == first


@pytest.mark.parametrize("values", [{"need": 4}, {"floor": 1}, {"weight": 1}, {"gate": False}, {"left_out": True}], ids=str)
def test_draft_whose_profile_changed_proposes_the_next_scope(lead, values):
    asked = make_asked(lead)
    asked.product.requirements.create(item_code="LAB-01", **values)
    proposed = propose_scope(assessment=asked, author=lead.user, reason="Again")
    assert (proposed.number, proposed.reason, proposed.author) == (2, "Again", lead.user)


def test_open_assessment_proposes_what_is_frozen_whatever_the_product_became(assessment):
    assessment.product.requirements.create(item_code="LAB-02", left_out=True)
    assert propose_scope(assessment=assessment, author=None, reason="Again") == current_scope(assessment)


def test_draft_with_nothing_left_to_ask_proposes_no_scope(lead):
    draft = make_draft(lead)
    draft.left_out_domains = ["LAB", "INT", "CHG"]
    with pytest.raises(ValueError, match="at least one item"):
        propose_scope(assessment=draft, author=None, reason="Start")
    assert current_scope(draft) is None
