import pytest

from assessments.wording import Asked, amount, bound, finding_sentence, listed, number, role_title, rule_title, said, sent_and_received


def asked(**fields):
    fields = {"kind": "level", "need": 3, "floor": 2, "gate": True, "unit": "", "direction": "at_least", **fields}
    return Asked(code="INT-01", title="Owner", accountable="it_integration_lead", **fields)


QUANTITY = {"kind": "quantity", "unit": "days", "direction": "at_most", "need": 9, "floor": 12}


@pytest.mark.parametrize(("value", "words"), [(3.0, "3"), (2.5, "2.5"), (0.04, "0"), (1 / 3, "0.3"), (100, "100")])
def test_number_has_one_decimal_at_most(value, words):
    assert number(value) == words


@pytest.mark.parametrize(("words", "sentence"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")])
def test_listed(words, sentence):
    assert listed(words) == sentence


@pytest.mark.parametrize(("value", "words"), [(0, "0 (absent)"), (4.0, "4 (in routine use)"), (2.5, "2.5"), (7, "7")])
def test_amount_of_a_level_names_the_step(value, words):
    assert amount(asked(), value) == words


def test_amount_of_a_quantity_has_its_unit():
    assert amount(asked(**QUANTITY), 9.5) == "9.5 days"


def test_amount_without_unit_has_no_blank():
    assert amount(asked(**QUANTITY | {"unit": ""}), 9) == "9"


@pytest.mark.parametrize(("fields", "words"), [({}, "at least 3 (in place)"), (QUANTITY, "at most 9 days")])
def test_bound_says_the_direction(fields, words):
    assert bound(asked(**fields), asked(**fields).need) == words


def test_said_names_the_accountable_role_first_and_the_sponsor_last():
    means = {"executive_sponsor": 4, "clinician": 1, "it_integration_lead": 2}
    assert said(asked(means=means)) == (
        "IT and integration: 2 (partial); Clinician: 1 (informal); Executive sponsor: 4 (in routine use), not counted"
    )


def test_said_keeps_back_what_is_withheld():
    assert said(asked(means={"clinician": None})) == "Clinician: not shown"


def test_sponsor_counts_where_accountable():
    item = Asked("X", "X", "level", 3, None, False, "", "at_least", "executive_sponsor", {"executive_sponsor": 1})
    assert said(item) == "Executive sponsor: 1 (informal)"


def test_shortfall_says_who_answered_what_and_what_is_needed():
    assert finding_sentence("shortfall", "Owner", asked(means={"it_integration_lead": 1})) == (
        "IT and integration: 1 (informal). Needed: at least 2 (partial) before signing, at least 3 (in place) at go-live."
    )


def test_shortfall_of_no_gate_says_what_go_live_needs():
    sentence = finding_sentence("shortfall", "Owner", asked(gate=False, means={"it_integration_lead": 1}))
    assert sentence.endswith("Needed: at least 3 (in place) at go-live.")


def test_unknown_names_who_must_answer():
    assert finding_sentence("unknown", "Owner", asked(means={"clinician": 2})).startswith(
        "No answer from IT and integration, who is accountable. Clinician: 2 (partial)."
    )


def test_disagreement_names_the_ends():
    means = {"it_integration_lead": 1, "clinician": 2, "executive_sponsor": 4}
    assert finding_sentence("disagreement", "Owner", asked(means=means)).startswith(
        "Executive sponsor says 4 (in routine use), IT and integration says 1 (informal)."
    )


@pytest.mark.parametrize("means", [{"clinician": 2}, {"clinician": None, "lab_director": 2}, {"clinician": 2, "lab_director": 2}, {}])
def test_disagreement_within_a_role_or_withheld_names_nobody(means):
    assert finding_sentence("disagreement", "Owner", asked(means=means)).startswith("People give answers that lie far apart.")


def test_variation_leads_to_the_waves():
    assert "wave by wave" in finding_sentence("variation", "Owner", asked())


@pytest.mark.parametrize("rule", ["silent_role", "no_champion", "silent_service"])
def test_rules_about_people_name_whom(rule):
    assert "Pulmonology" in finding_sentence(rule, "Pulmonology", None)


def test_item_no_longer_in_scope_says_so():
    assert finding_sentence("shortfall", "X", None) == "No longer in scope."


def test_rule_that_is_not_known_has_no_sentence():
    assert (finding_sentence("workaround", "X", None), finding_sentence("workaround", "X", asked())) == ("", "")
    assert rule_title("interface_without_owner") == "Interface without owner"


def test_role_that_is_not_known_becomes_its_words():
    assert (role_title("clinician"), role_title("night_shift")) == ("Clinician", "Night shift")


def receivers(code="CHG-05", **means):
    fields = {"kind": "level", "need": 3, "floor": None, "gate": False, "unit": "", "direction": "at_least"}
    return sent_and_received(Asked(code=code, title="Messages", accountable="transition_manager", means=means, **fields))


def test_what_was_sent_stands_beside_what_was_received():
    words = receivers(transition_manager=3, clinician=1, executive_sponsor=4)
    assert words == "Sent, says Transition manager: 3 (in place). Received: Clinician: 1 (informal)."


@pytest.mark.parametrize(
    "means",
    [{"transition_manager": 2, "clinician": 2}, {"clinician": 1}, {"transition_manager": 3}, {"transition_manager": 3, "clinician": None}],
)
def test_nothing_is_said_where_nothing_differs_or_is_known(means):
    assert receivers(**means) == ""


def test_other_items_are_not_sent_and_received():
    assert receivers("CHG-01", transition_manager=3, clinician=1) == ""
