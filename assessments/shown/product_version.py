"""What a newer version of the question bank changes in a product's profile, in words."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from assessments.models import Assessment, AssessmentState, InstrumentVersion, Product
from assessments.requirements import Requirement
from assessments.services.product_versions import Changed, Unfit, version_changes
from assessments.services.requirement_changes import problem_words
from assessments.shown.profile import titles_of, value_words


class Named(NamedTuple):
    """A requirement by code and title, with what there is to say about it."""

    code: str
    title: str
    note: str = ""


def version_page(product: Product, newer: InstrumentVersion) -> dict[str, Any]:
    """Return what moving to the newer version changes, and which assessments follow; a fixed number of queries."""
    changes = version_changes(product, newer)
    titles = titles_of(product.version) | titles_of(newer)
    assessments = Assessment.objects.filter(product=product)
    return {
        "changes": changes,
        "added": _named(changes.added, titles),
        "gone": _named(changes.gone, titles),
        "gates_on": _named(changes.gates_on, titles),
        "gates_off": _named(changes.gates_off, titles),
        "changed": [Named(each.new.code, titles.get(each.new.code, each.new.code), _told(each)) for each in changes.changed],
        "lost": [Named(row.item_code, titles.get(row.item_code, row.item_code), row.reason) for row in changes.lost],
        "unfit": [Named(each.row.item_code, titles.get(each.row.item_code, ""), _wrong(each)) for each in changes.unfit],
        "drafts": assessments.filter(state=AssessmentState.DRAFT).count(),
        "running": assessments.exclude(state=AssessmentState.DRAFT).count(),
    }


def _named(requirements: Iterable[Requirement], titles: dict[str, str]) -> list[Named]:
    return [Named(each.code, titles.get(each.code, each.code), _("gate") if each.gate else "") for each in requirements]


def _wrong(unfit: Unfit) -> str:
    return " ".join(problem_words(problem) for problem in unfit.problems)


def _told(changed: Changed) -> str:
    old, new = changed.old, changed.new
    compared = (
        (_("need"), value_words(old, old.need), value_words(new, new.need)),
        (_("floor"), value_words(old, old.floor), value_words(new, new.floor)),
        (_("weight"), str(old.weight), str(new.weight)),
    )
    return "; ".join(f"{words}: {before} → {after}" for words, before, after in compared if before != after)
