import pytest
from django.http import QueryDict

from assessments.models import Assessment
from readiness.pages.selection import NO_VERDICT, SORTS, Selection


@pytest.mark.parametrize(
    ("query", "selection"),
    [
        ("", Selection()),
        ("q=+valley++health+&state=open&verdict=ready&sort=-score", Selection("valley health", "open", "ready", "-score")),
        ("verdict=none&needs=1", Selection(verdict=NO_VERDICT, waiting=True)),
        ("state=deleted&verdict=great&sort=password", Selection()),
        ("sort=--score", Selection()),
        ("sort=organisation__name", Selection()),
        ("sort=latest_snapshot__result", Selection()),
        ("needs=2", Selection()),
        ("state=open&state=x", Selection()),
    ],
)
def test_only_known_names_are_taken(query, selection):
    assert Selection.of(QueryDict(query)) == selection


def test_words_are_cut():
    assert len(Selection.of(QueryDict("q=" + "x" * 5000)).words) == 200


@pytest.mark.parametrize("query", ["q=a", "state=open", "verdict=ready", "needs=1"])
def test_selection_that_may_hide_something_says_so(query):
    assert Selection.of(QueryDict(query)).narrows


@pytest.mark.parametrize("query", ["", "sort=score", "page=2"])
def test_selection_that_hides_nothing_says_so(query):
    assert not Selection.of(QueryDict(query)).narrows


@pytest.mark.parametrize("name", SORTS)
@pytest.mark.parametrize("sign", ["", "-"])
def test_every_order_is_one_that_the_database_knows(db, sign, name):
    assert list(Selection(sort=sign + name).order(Assessment.objects.all())) == []


def test_heading_turns_the_order_round():
    column = Selection(sort="score").columns()[list(SORTS).index("score")]
    assert (column["next"], column["aria"]) == ("-score", "ascending")


def test_heading_of_the_other_order_turns_back():
    column = Selection(sort="-score").columns()[list(SORTS).index("score")]
    assert (column["next"], column["aria"]) == ("score", "descending")


def test_other_headings_are_not_sorted():
    assert [c["aria"] for c in Selection().columns()] == [""] * len(SORTS)
