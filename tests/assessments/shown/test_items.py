import pytest

from assessments.models import Assessment, ItemText
from assessments.services.visibility import HEALTH_SYSTEM
from assessments.shown.items import shown_items
from tests import factories
from tests.assessments.answering import contested, handed_in, scored


def test_items_are_those_in_scope_in_its_order_with_titles_and_domains(assessment):
    shown = shown_items(scored(assessment))
    assert [item.code for item in shown] == ["LAB-01", "LAB-02", "INT-01", "INT-02", "CHG-01"]
    assert shown.items["LAB-01"].asked.title == "Title of LAB-01"
    assert shown.domains == {"LAB": "Lab", "INT": "Int", "CHG": "Chg"}


def test_item_shows_the_figures_of_the_snapshot(assessment):
    assessment = contested(assessment)
    item = shown_items(assessment).items["LAB-01"]
    result = next(i for i in assessment.latest_snapshot.result["items"] if i["code"] == "LAB-01")
    assert (item.status, item.fulfilment, item.low, item.high) == (result["status"], result["fulfilment"], result["low"], result["high"])
    assert (item.gate_state, item.contested, item.asked.means) == ("failed", True, result["role_means"])


def test_need_and_floor_in_words(assessment):
    items = shown_items(scored(assessment)).items
    assert (items["LAB-01"].need_words, items["LAB-01"].floor_words) == ("at least 3 (in place)", "at least 2 (partial)")
    assert items["LAB-02"].floor_words == ""


def test_before_the_first_score_nothing_is_known(assessment):
    item = shown_items(Assessment.objects.with_parties().get(pk=assessment.pk)).items["LAB-01"]
    assert (item.status, item.gate_state, item.fulfilment, item.asked.means) == ("unknown", "unknown", None, {})


def test_draft_without_scope_has_no_items(organisation):
    assert list(shown_items(factories.make_assessment(organisation))) == []


def test_items_are_those_of_the_snapshots_scope_until_the_next_score(assessment):
    assessment = scored(assessment)
    assessment.left_out_domains = ["LAB"]
    from assessments.services.scopes import freeze_scope

    freeze_scope(assessment=assessment, reason="less", author=None, without_domains=["LAB"])
    assert "LAB-01" in shown_items(assessment).items
    assert "LAB-01" not in shown_items(scored(assessment)).items


def test_titles_come_in_the_pages_language(assessment, settings):
    item = assessment.scopes.get().items.get(code="LAB-01").item
    ItemText.objects.create(item=item, field="title", language="es", text="Título")
    from django.utils import translation

    with translation.override("es"):
        items = shown_items(scored(assessment)).items
    assert (items["LAB-01"].asked.title, items["LAB-02"].asked.title) == ("Título", "Title of LAB-02")


@pytest.mark.parametrize(("hidden", "mean"), [(0, 2.0), (1, None), (2, None), (3, 2.0)])
def test_mean_over_one_or_two_answers_for_figures_only_is_withheld(assessment, hidden, mean):
    for number in range(4):
        handed_in(assessment, "lab_director", {"LAB-01": 2}, visibility_vendor="figures_only" if number < hidden else "role")
    item = shown_items(scored(assessment)).items["LAB-01"]
    assert item.asked.means["lab_director"] == mean
    assert item.withheld is (mean is None)
    assert (item.fulfilment is None) is (mean is None)


def test_what_one_audience_may_not_see_the_other_may(assessment):
    handed_in(assessment, "lab_director", {"LAB-01": 2}, visibility_vendor="figures_only", visibility_health_system="role")
    assessment = scored(assessment)
    assert shown_items(assessment).items["LAB-01"].asked.means["lab_director"] is None
    assert shown_items(assessment, HEALTH_SYSTEM).items["LAB-01"].asked.means["lab_director"] == 2.0


@pytest.mark.parametrize("count", [1, 30])
def test_items_are_read_in_a_fixed_number_of_queries(assessment, count, django_assert_num_queries):
    for _ in range(count):
        handed_in(assessment, "lab_director", {"LAB-01": 2}, visibility_vendor="figures_only")
    assessment = scored(assessment)
    with django_assert_num_queries(7):
        shown_items(assessment)
