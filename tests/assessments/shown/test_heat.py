from assessments.models import Assessment
from assessments.shown.heat import heat_table, warmth_of
from assessments.shown.items import shown_items
from assessments.wording import Asked
from tests.assessments.answering import contested, handed_in, scored


def cells(assessment, code):
    table = heat_table(shown_items(assessment))
    row = next(row for row in table.rows if row.item.code == code)
    return {cell.role: cell for cell in row.cells}


def test_columns_are_the_roles_that_are_asked_the_sponsor_last(assessment):
    table = heat_table(shown_items(scored(assessment)))
    assert [role for role, _ in table.roles] == [
        "lab_director",
        "it_integration_lead",
        "compliance_privacy_security",
        "clinician",
        "transition_manager",
        "executive_sponsor",
    ]


def test_value_is_the_role_mean_of_the_snapshot(assessment):
    handed_in(assessment, "lab_director", {"LAB-01": 1})
    handed_in(assessment, "lab_director", {"LAB-01": 2})
    cell = cells(scored(assessment), "LAB-01")["lab_director"]
    assert (cell.state, cell.text, cell.warmth, cell.accountable) == ("value", "1.5", 1.5, True)


def test_sponsor_is_apart_where_not_accountable(assessment):
    found = cells(contested(assessment), "INT-01")
    assert (found["executive_sponsor"].apart, found["it_integration_lead"].apart) == (True, False)


def test_role_that_is_asked_and_not_known_is_unknown_and_one_not_asked_empty(assessment):
    found = cells(contested(assessment), "INT-02")
    assert (found["it_integration_lead"].state, found["clinician"].state) == ("unknown", "empty")


def test_item_that_does_not_apply_is_off(assessment):
    handed_in(assessment, "lab_director", {"LAB-02": "not_applicable"})
    assert cells(scored(assessment), "LAB-02")["lab_director"].state == "off"


def test_withheld_mean_has_no_text(assessment):
    handed_in(assessment, "lab_director", {"LAB-01": 1}, visibility_vendor="figures_only")
    cell = cells(scored(assessment), "LAB-01")["lab_director"]
    assert (cell.state, cell.text, cell.warmth) == ("withheld", "", None)


def test_warmth_of_a_quantity_is_its_fulfilment():
    days = Asked("X", "X", "quantity", 10, None, False, "days", "at_most", "lab_director")
    hours = Asked("X", "X", "quantity", 10, None, False, "h", "at_least", "lab_director")
    assert (warmth_of(days, 20), warmth_of(days, 5), warmth_of(hours, 5)) == (2.0, 4.0, 2.0)


def test_table_before_any_answer_asks_everybody(assessment):
    table = heat_table(shown_items(Assessment.objects.with_parties().get(pk=assessment.pk)))
    assert {cell.state for row in table.rows for cell in row.cells} == {"unknown", "empty"}
