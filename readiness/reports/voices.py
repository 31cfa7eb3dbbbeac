"""Who spoke, and what of it each audience may see: the report's only reader of interviews and answers.

Everybody who can open a report of an audience counts. The vendor's members make both kinds, so what the health system
is shown is also bound by what people were told about the vendor; and a deal review is open to reviewers, who see no
single answer (`stakeholders.policy`), so it holds none.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from assessments.arithmetic import mean, weighted_mean
from assessments.fulfilment import HIGHEST_WITHOUT_EVIDENCE, fulfilment_of
from assessments.models import Answer, AnswerKind, Assessment, Audience, Interview, InterviewState, Kind
from assessments.scored import SPONSOR, Item
from assessments.services.exemptions import exemptions_now
from assessments.services.visibility import HEALTH_SYSTEM, VENDOR, AnswerView, Viewer, answer_view, figure_may_show, lone_respondents
from stakeholders.models import STRICTNESS

VIEWERS: Mapping[str, Sequence[Viewer]] = {
    Audience.DEAL_REVIEW: (VENDOR,),
    Audience.HEALTH_SYSTEM: (HEALTH_SYSTEM, VENDOR),
}
SHOWS_SINGLE_ANSWERS = frozenset({Audience.HEALTH_SYSTEM})
ScopeItems = Sequence[Mapping[str, Any]]
Views = Mapping[Any, AnswerView]


@dataclass(frozen=True)
class Heard:
    """What one audience may see of what was said.

    `role_means` by item and role (None: not shown), `spans` of the lowest and the highest value that counts by item,
    `withheld` items whose own figures come too close to a single answer, `heat` by role and domain (0–1), `answers` by
    item, `names` by role.
    """

    role_means: dict[str, dict[str, float | None]] = field(default_factory=dict)
    spans: dict[str, list[float]] = field(default_factory=dict)
    withheld: list[str] = field(default_factory=list)
    heat: dict[str, dict[str, float | None]] = field(default_factory=dict)
    answers: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    names: dict[str, list[str]] = field(default_factory=dict)


class Said(NamedTuple):
    """An answer that counts, as the rules read it: value after rule 1, None for "I don't know" and "does not apply"."""

    answer: Answer
    interview: Interview
    value: float | None


Spoken = Mapping[str, Sequence[Said]]


@dataclass(frozen=True)
class Voices:
    """Every seat of an assessment, and what was said from those that submitted."""

    seats: list[dict[str, Any]]
    withdrawn: int
    interviews: Sequence[Interview]
    said: Spoken
    items: ScopeItems
    alone: frozenset[Any]

    def heard_by(self, audience: str) -> Heard:
        """Return what the audience may see."""
        views = {i.pk: strictest_view(i, audience, alone=i.pk in self.alone) for i in self.interviews}
        means = {item["code"]: role_means(self.said.get(item["code"], ()), views) for item in self.items}
        singles = audience in SHOWS_SINGLE_ANSWERS
        return Heard(
            spans=spans(self.items, self.said, views),
            role_means={code: found for code, found in means.items() if found},
            withheld=[item["code"] for item in self.items if not may_show(known(self.said.get(item["code"], ())), views)],
            heat=heat_of(self.items, self.said, views),
            answers=single_answers(self.items, self.said, views) if singles else {},
            names=names_of(self.interviews, views),
        )


def voices_of(assessment: Assessment, items: ScopeItems) -> Voices:
    """Return who was asked and what the submitted said of the scope's requirements; four queries."""
    interviews = list(assessment.interviews.with_people().select_related("assessment"))
    taking_part = [i for i in interviews if i.state != InterviewState.WITHDRAWN]
    return Voices(
        seats=sorted((seat_of(i) for i in taking_part), key=lambda seat: [str(value) for value in seat.values()]),
        withdrawn=len(interviews) - len(taking_part),
        interviews=taking_part,
        said=read_answers(assessment, taking_part, {item["code"]: item for item in items}),
        items=items,
        alone=lone_respondents(assessment),
    )


def seat_of(interview: Interview) -> dict[str, Any]:
    """Return a seat without a name; in the deal's own words for places."""
    return {
        "role": interview.role,
        "state": interview.state,
        "site": interview.site.name if interview.site else "",
        "service": interview.service_line.code if interview.service_line else "",
        "front_line": interview.front_line,
        "stance": interview.stance is not None and interview.state == InterviewState.SUBMITTED,
    }


def read_answers(assessment: Assessment, interviews: Sequence[Interview], items: Mapping[str, Mapping[str, Any]]) -> dict[str, list[Said]]:
    """Return the answers that enter the score, by item, without what somebody is not asked any more; two queries or four."""
    by_key = {interview.pk: interview for interview in interviews}
    rows = Answer.objects.filter(interview__assessment=assessment).scored().with_evidence()
    said: dict[str, list[Said]] = defaultdict(list)
    for row in exemptions_now(assessment).counting(rows):
        item = items.get(row.item_code)
        # After a change of scope an old answer may be of another kind than the requirement.
        if item is not None and row.kind in (item["kind"], AnswerKind.UNKNOWN, AnswerKind.NOT_APPLICABLE):
            said[row.item_code].append(Said(row, by_key[row.interview_id], proven(row)))
    return said


def proven(answer: Any) -> float | None:
    """Return the value after rule 1: a level of 4 without evidence counts as 3; None when the answer has none."""
    if answer.kind not in (Kind.LEVEL, Kind.QUANTITY):
        return None
    if answer.kind == Kind.LEVEL and not answer.has_evidence:
        return float(min(answer.value, HIGHEST_WITHOUT_EVIDENCE))
    return float(answer.value)


def strictest_view(interview: Interview, audience: str, *, alone: bool) -> AnswerView:
    """Return the strictest of what each kind of reader of the audience's report may see of an interview."""
    views = [answer_view(interview=interview, viewer=viewer, alone=alone) for viewer in VIEWERS[audience]]
    return max(views, key=lambda view: STRICTNESS[view.visibility])


def known(said: Iterable[Said]) -> list[Said]:
    """Return the answers that have a value."""
    return [one for one in said if one.value is not None]


def may_show(said: Iterable[Said], views: Views) -> bool:
    """Tell whether a figure over these answers to one item gives none of them away."""
    return figure_may_show(views[one.interview.pk] for one in said)


def role_means(said: Iterable[Said], views: Views) -> dict[str, float | None]:
    """Return the mean value of each role that gave one; None where it would give a single answer away."""
    roles: dict[str, list[Said]] = defaultdict(list)
    for one in known(said):
        roles[one.interview.role].append(one)
    return {
        role: mean([one.value for one in voices if one.value is not None]) if may_show(voices, views) else None
        for role, voices in sorted(roles.items())
    }


def spans(items: ScopeItems, said: Spoken, views: Views) -> dict[str, list[float]]:
    """Return the lowest and the highest value that counts, of each item where that may be shown.

    A gate fails on any single answer, so the means alone could look as if it had passed.
    """
    found = {}
    for item in items:
        counting = [one for one in known(said.get(item["code"], ())) if counts(item, one.interview.role)]
        values = [one.value for one in counting if one.value is not None]
        if values and may_show(counting, views):
            found[item["code"]] = [min(values), max(values)]
    return found


def counts(item: Mapping[str, Any], role: str) -> bool:
    """Tell whether a role's answers count: the sponsor's only where the sponsor is accountable."""
    return role != SPONSOR or item["accountable"] == SPONSOR


def heat_of(items: ScopeItems, said: Spoken, views: Views) -> dict[str, dict[str, float | None]]:
    """Return each role's fulfilment 0–1 of each domain it answered in, by weight; None where it rests on one withheld item."""
    cells: dict[tuple[str, str], list[tuple[float, float, list[Said]]]] = defaultdict(list)
    for item in items:
        roles: dict[str, list[Said]] = defaultdict(list)
        for one in known(said.get(item["code"], ())):
            roles[one.interview.role].append(one)
        rule = scored_item(item)
        for role, voices in roles.items():
            share = mean([fulfilment_of(rule, one.value) for one in voices if one.value is not None])
            cells[role, item["domain"]].append((share, item["weight"], voices))
    heat: dict[str, dict[str, float | None]] = defaultdict(dict)
    for (role, domain), parts in sorted(cells.items()):
        shows = len(parts) > 1 or may_show(parts[0][2], views)
        heat[role][domain] = weighted_mean([p[0] for p in parts], [p[1] for p in parts]) if shows else None
    return dict(heat)


def scored_item(item: Mapping[str, Any]) -> Item:
    """Return the requirement as the scoring rules know it."""
    names = ("code", "domain", "kind", "weight", "need", "accountable", "floor", "gate", "direction")
    return Item(roles=tuple(item["roles"]), **{name: item[name] for name in names})


def single_answers(items: ScopeItems, said: Spoken, views: Views) -> dict[str, list[dict[str, Any]]]:
    """Return the answers that may be shown one by one, in an order that says nothing of who came first."""
    shown = {
        item["code"]: [
            statement(one, views[one.interview.pk].author) for one in said.get(item["code"], ()) if is_shown(one.interview, views)
        ]
        for item in items
    }
    return {code: sorted(rows, key=lambda row: [str(value) for value in row.values()]) for code, rows in shown.items() if rows}


def is_shown(interview: Interview, views: Views) -> bool:
    """Tell whether an interview's single answers may be shown: what is not submitted is its owner's alone."""
    return interview.state == InterviewState.SUBMITTED and views[interview.pk].shows_answer


def statement(one: Said, author: str) -> dict[str, Any]:
    """Return one answer as its audience may see it."""
    answer = one.answer
    return {
        "role": one.interview.role,
        "author": author,
        "kind": answer.kind,
        "value": answer.value,
        "counts": one.value,
        "note": answer.note,
        "reason": answer.reason,
        "evidence": answer.evidence_reference,
    }


def names_of(interviews: Iterable[Interview], views: Views) -> dict[str, list[str]]:
    """Return who submitted, by role, where their names may be shown."""
    names: dict[str, list[str]] = defaultdict(list)
    for interview in interviews:
        if interview.state == InterviewState.SUBMITTED and views[interview.pk].shows_name:
            names[interview.role].append(str(interview.stakeholder))
    return {role: sorted(found) for role, found in sorted(names.items())}
