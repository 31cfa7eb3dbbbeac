from assessments.services.outline import asked_items, current_scope, product_outline, proposal_differs, roles_that_must_answer
from assessments.services.setup import switch_domains
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
