"""Four statements that are answered anonymously: asked, kept while the person is at it, and cut off from them for good.

As for protected entries nothing here writes an audit event, a log line or a message, and no key of an answer is ever part
of an address: what is written down in two places can be joined again.
"""

import random
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from assessments.climate import POINTS, Settled, Unlinked, settle
from assessments.models import Assessment, ClimateAnswer, Interview, InterviewState, Item, Part, Scope, TextField
from assessments.services.answers import InterviewClosedError
from stakeholders.models import AuditEvent, Role

# Who lives with the change every day. Asked where a bank's statements name no roles of their own.
ASKED_OF = (Role.LAB_DIRECTOR, Role.NURSING_INFORMATICS, Role.PATIENT_NAVIGATION, Role.CLINICIAN)
MAY_STILL_COME = (InterviewState.INVITED, InterviewState.OPENED, InterviewState.IN_PROGRESS)
KEPT = 128  # scope × type of product × language


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement with its scale, least agreement first, and the roles that are asked it."""

    code: str
    text: str
    steps: tuple[str, ...]
    roles: tuple[str, ...]


def statements_of(assessment: Assessment, scope_pk: uuid.UUID | None = None, *, language: str = "") -> tuple[Statement, ...]:
    """Return the anonymous statements of an assessment's current scope, in the page's language unless another is named.

    Nothing while no scope is frozen. Costs no query when the scope's key is given and was read before, as for the questions.
    """
    newest = Scope.objects.filter(assessment=assessment).order_by("-number").values_list("pk", flat=True)
    scope = scope_pk or newest.first()
    spoken = (language or get_language() or "en").split("-")[0]
    return _statements(scope, assessment.product.product_type, spoken) if scope else ()


@lru_cache(maxsize=KEPT)
def _statements(scope_pk: uuid.UUID, product_type: str, language: str) -> tuple[Statement, ...]:
    scope = Scope.objects.get(pk=scope_pk)
    items = Item.objects.filter(version=scope.version_id, product_types__product_type=product_type).of_part(Part.CLIMATE).whole()
    off = {*scope.left_out_items, *scope.left_out_domains}
    return tuple(_statement(item, product_type, language) for item in items if not off & {item.code, item.domain.code})


def _statement(item: Item, product_type: str, language: str) -> Statement:
    core = next(use.core_roles for use in item.product_types.all() if use.product_type == product_type)
    text = item.text(TextField.QUESTION, language=language) or item.text(TextField.TITLE, language=language)
    steps = tuple(step.text for step in item.ladder(language=language))
    return Statement(item.code, text, steps, tuple(core or item.role_codes() or ASKED_OF))


def statements_for(interview: Interview) -> tuple[Statement, ...]:
    """Return the statements that the person is asked: none for other roles and for who only answers for a colleague."""
    if interview.limited_to is not None:
        return ()
    scope: uuid.UUID | None = getattr(interview, "current_scope_id", None)
    return tuple(s for s in statements_of(interview.assessment, scope) if interview.role in s.roles)


def was_handed_in(interview: Interview) -> bool:
    """Tell whether the interview was ever handed in: then its anonymous answers are nobody's any more and it gives no others."""
    return _handed_in(interview.assessment_id).filter(subject_id=str(interview.pk)).exists()


def _handed_in(assessment_pk: uuid.UUID) -> QuerySet[AuditEvent]:
    return AuditEvent.objects.filter(assessment_id=assessment_pk, verb="interview.submitted")


def own_climate(interview: Interview) -> dict[str, int]:
    """Return what the person chose so far, by statement; nothing once it is handed in. One query."""
    return dict(interview.climate.values_list("item_code", "agreement"))


@transaction.atomic
def save_climate(*, interview: Interview, agreements: Mapping[str, int]) -> None:
    """Keep how far the person agrees, in place of what they chose before; what is left open is not kept.

    Raises InterviewClosedError once the interview was handed in, even when it was taken back later, and ValueError for a
    statement that is not asked or a point that is none. The caller holds the interview's row lock.
    """
    if not interview.can_be_answered or was_handed_in(interview):
        raise InterviewClosedError
    asked = {statement.code for statement in statements_for(interview)}
    if not asked.issuperset(agreements) or not all(0 <= point < POINTS for point in agreements.values()):
        raise ValueError("A statement that is not asked, or a point that is none.")
    interview.climate.all().delete()
    place = {"assessment_id": interview.assessment_id, "interview": interview, "site_id": interview.site_id}
    ClimateAnswer.objects.bulk_create(ClimateAnswer(item_code=c, agreement=p, **place) for c, p in agreements.items())


def cut_loose(*, interview: Interview) -> None:
    """Cut the person's answers off from their interview, and show what may be shown now. The caller holds the assessment's lock."""
    _settle(interview.assessment, interview.climate.all())


def show_what_may_show(*, assessment: Assessment) -> None:
    """Show waiting answers, or join those of small units, after somebody can no longer answer. The caller holds the assessment's lock."""
    _settle(assessment)


def _settle(assessment: Assessment, own: Iterable[ClimateAnswer] = ()) -> None:
    """Write all waiting rows anew, under new keys and shuffled: neither key nor place leads back to who came when."""
    rows = [*assessment.climate.filter(interview=None, day=None), *own]
    if not rows:
        return
    waiting = [Unlinked(row.item_code, row.site_id, row.agreement) for row in rows]
    settled = settle(waiting, _still_coming(assessment))
    random.SystemRandom().shuffle(settled)
    ClimateAnswer.objects.filter(pk__in=[row.pk for row in rows]).delete()
    ClimateAnswer.objects.bulk_create(_row(assessment, answer) for answer in settled)


def _row(assessment: Assessment, settled: Settled) -> ClimateAnswer:
    code, unit, agreement = settled.answer
    day = timezone.now().date() if settled.shown else None
    return ClimateAnswer(assessment=assessment, site_id=unit, item_code=code, agreement=agreement, day=day)


def _still_coming(assessment: Assessment) -> Mapping[uuid.UUID | None, int]:
    """Return how many people of each unit may still answer the statements; who reopened an interview gave their answers before."""
    if not assessment.takes_answers:
        return {}
    roles = {role for statement in statements_of(assessment) for role in statement.roles}
    seats = assessment.interviews.filter(state__in=MAY_STILL_COME, role__in=roles, limited_to__isnull=True)
    places = dict(seats.order_by().values_list("pk", "site_id"))
    gone = set(_handed_in(assessment.pk).values_list("subject_id", flat=True)) if places else set()
    return Counter(site for pk, site in places.items() if str(pk) not in gone)
