"""Who answered what to one item, side by side, as far as the viewer may see it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch

from assessments.fulfilment import HIGHEST_WITHOUT_EVIDENCE
from assessments.models import Answer, AnswerKind, Assessment, Evidence, InterviewState, Kind
from assessments.services.exemptions import NOBODY, exemptions_now
from assessments.services.visibility import VENDOR, AnswerView, Viewer, answer_view
from assessments.shown.items import ShownItem
from assessments.wording import SPONSOR, amount, counts, role_title
from stakeholders.models import Role


@dataclass(frozen=True, slots=True)
class Statement:
    """One answer as the viewer may see it: `said` in words, `step` the ladder's sentence, `lowered` what it counts as.

    `short` tells it from the others of its role in a drawing: a name, else site or service line.
    """

    author: str
    place: str
    short: str
    kind: str
    value: float | None
    said: str
    step: str
    lowered: str
    reason: str
    note: str
    reference: str
    files: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Voice:
    """One role: its mean (None: withheld or none), and its single answers; `unseen` of them are for figures only."""

    role: str
    title: str
    accountable: bool
    apart: bool
    mean: str
    withheld: bool
    statements: tuple[Statement, ...]
    unseen: int


def voices_on(assessment: Assessment, item: ShownItem, steps: Sequence[str], *, singly: bool, viewer: Viewer = VENDOR) -> list[Voice]:
    """Return every role that is asked or spoke, the accountable one first, the sponsor last; two queries when `singly`.

    Without `singly` no answer is read: for members who see means only. Answers not handed in are nobody's but their owner's.
    """
    answers: dict[str, list[Answer]] = defaultdict(list)
    for answer in _answers(assessment, item) if singly else ():
        answers[answer.interview.role].append(answer)
    roles = {*item.roles, *item.asked.means, *answers}
    order = sorted(roles, key=lambda role: (not counts(item.asked, role), role != item.asked.accountable, Role.values.index(role)))
    return [_voice(item, role, answers[role], steps, viewer) for role in order]


def _answers(assessment: Assessment, item: ShownItem) -> Iterable[Answer]:
    rows = Answer.objects.filter(interview__assessment=assessment, item_code=item.code).scored().with_evidence()
    people = ("interview__stakeholder", "interview__site", "interview__service_line")
    rows = rows.select_related(*people).prefetch_related(Prefetch("evidence", Evidence.objects.order_by("created_at", "pk")))
    # What somebody is not asked any more is kept, but it is not shown as given.
    exempt = exemptions_now(assessment) if item.row.condition and not item.row.gate else NOBODY
    for row in exempt.counting(rows):
        row.interview.assessment = assessment
        if row.kind in (item.row.kind, AnswerKind.UNKNOWN, AnswerKind.NOT_APPLICABLE):
            yield row


def _voice(item: ShownItem, role: str, answers: Sequence[Answer], steps: Sequence[str], viewer: Viewer) -> Voice:
    seen = [(answer, answer_view(interview=answer.interview, viewer=viewer, alone=False)) for answer in answers]
    # The order of places and values says nothing of who answered first.
    statements = sorted(
        (_statement(item, answer, view, steps) for answer, view in seen if view.shows_answer),
        key=lambda said: (said.place, said.author, said.value is None, said.value or 0, said.note),
    )
    mean = item.asked.means.get(role)
    return Voice(
        role=role,
        title=role_title(role),
        accountable=role == item.asked.accountable,
        apart=role == SPONSOR and not counts(item.asked, role),
        mean="" if mean is None else amount(item.asked, mean),
        withheld=role in item.asked.means and mean is None,
        statements=tuple(statements),
        unseen=len(answers) - len(statements),
    )


def _statement(item: ShownItem, answer: Answer, view: AnswerView, steps: Sequence[str]) -> Statement:
    interview, author, value = answer.interview, view.author, answer.value
    places = [part.name for part in (interview.service_line, interview.site) if part is not None]
    level = answer.kind == Kind.LEVEL
    lowered = level and value > HIGHEST_WITHOUT_EVIDENCE and not answer.has_evidence  # type: ignore[attr-defined]
    return Statement(
        author=author,
        place=", ".join(places),
        short=author if view.shows_name else places[-1] if places else "",
        kind=answer.kind,
        value=value,
        said="" if value is None else amount(item.asked, value),
        step=steps[value] if level and value < len(steps) else "",
        lowered=amount(item.asked, HIGHEST_WITHOUT_EVIDENCE) if lowered else "",
        reason=answer.reason,
        note=answer.note,
        reference=answer.evidence_reference,
        files=tuple(answer.evidence.all()) if interview.state == InterviewState.SUBMITTED else (),
    )


def spread_of(item: ShownItem, voices: Iterable[Voice]) -> list[tuple[str, float]]:
    """Return who said what, for drawing: single answers where they are shown, else each role's mean."""
    found: list[tuple[str, float]] = []
    for voice in voices:
        known = [(said.short, said.value) for said in voice.statements if said.value is not None]
        mean = item.asked.means.get(voice.role)
        if len(known) == 1:
            found.append((voice.title, known[0][1]))
        elif known:
            found += [(short or voice.title, value) for short, value in known]
        elif mean is not None:
            found.append((voice.title, mean))
    return found
