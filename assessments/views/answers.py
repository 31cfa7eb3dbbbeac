"""/assessments/<pk>/answers/: requirement × role, and one requirement with each role's answer side by side."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.models import Assessment, Item, Kind, TextField
from assessments.placeholders import fill
from assessments.services.facts import facts_of
from assessments.services.visibility import VENDOR
from assessments.shown.chosen import GATES, STATUSES, Chosen
from assessments.shown.given import spread_of, voices_on
from assessments.shown.heat import heat_table
from assessments.shown.history import happenings
from assessments.shown.items import ShownItem, ShownItems, shown_items
from assessments.shown.place import place_shown
from assessments.wording import sent_and_received
from stakeholders.access import MemberRequest, member_object
from stakeholders.policy import Right, may

RELATED = ("health_system", "product", "latest_snapshot", "organisation")
TEXTS = (TextField.REQUIREMENT, TextField.QUESTION, TextField.WHY, TextField.EVIDENCE)
HIGHEST_LEVEL = 4


@require_safe
@member_object(Right.VIEW, Assessment, related=RELATED)
def answers(request: MemberRequest, assessment: Assessment) -> HttpResponse:
    """Show each role's mean answer to each requirement; the number of queries is the same for one interview and for forty."""
    shown = shown_items(assessment)
    chosen = Chosen.of(request.GET, shown)
    context = {
        "section": "assessments",
        "tab": "answers",
        "assessment": assessment,
        "shown": shown,
        "chosen": chosen,
        "table": heat_table(chosen.of_items(shown)),
        "statuses": STATUSES,
        "gates": GATES,
        "place": place_shown(shown.scope.pk) if shown.scope and may(request.membership.role, Right.ANSWERS) else [],
        "may_edit": may(request.membership.role, Right.EDIT),
    }
    return render(request, "assessments/answers.html", context)


@require_safe
@member_object(Right.VIEW, Assessment, related=RELATED)
def requirement(request: MemberRequest, assessment: Assessment, code: str) -> HttpResponse:
    """Show one requirement; within the table as a part, else as a page of its own."""
    shown = shown_items(assessment)
    item = shown.items.get(code)
    if item is None:
        raise Http404
    context = {
        "section": "assessments",
        "tab": "answers",
        "assessment": assessment,
        **requirement_context(assessment, item, singly=may(request.membership.role, Right.ANSWERS)),
    }
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "assessments/_requirement.html", context)
    return render(request, "assessments/requirement.html", context | neighbours(shown, code))


def requirement_context(assessment: Assessment, item: ShownItem, *, singly: bool) -> dict[str, Any]:
    """Return what the part about one requirement shows; `singly`: single answers too, as far as they may be shown."""
    row = Item.objects.prefetch_related("texts").get(pk=item.row.item_id)
    steps = [step.text for step in row.ladder()] if item.row.kind == Kind.LEVEL else []
    voices = voices_on(assessment, item, steps, singly=singly)
    spread = spread_of(item, voices)
    return {
        "item": item,
        "texts": _texts(row, item),
        "source": row.source,
        "steps": [step for step in steps if step],
        "voices": [voice for voice in voices if not voice.apart],
        "apart": [voice for voice in voices if voice.apart],
        "spread": spread,
        "maximum": HIGHEST_LEVEL if item.row.kind == Kind.LEVEL else max([item.row.need, *(value for _, value in spread)]),
        "arrived": sent_and_received(item.asked),
        "singly": singly,
        "happenings": happenings(assessment, item, singly=singly),
    }


def _texts(row: Item, item: ShownItem) -> dict[str, str]:
    """Return the bank's texts, with what is known of the place put into them."""
    texts = {field.value: row.text(field) for field in TEXTS}
    if not any("{" in text for text in texts.values()):
        return texts
    words = facts_of(item.row.scope_id, VENDOR).words
    return {name: fill(text, words) for name, text in texts.items()}


def neighbours(shown: ShownItems, code: str) -> dict[str, ShownItem | None]:
    """Return the requirements before and after one, in the scope's order."""
    items = list(shown)
    place = [item.code for item in items].index(code)
    return {"before": items[place - 1] if place else None, "after": items[place + 1] if place + 1 < len(items) else None}
