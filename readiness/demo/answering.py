"""Play the people of the demonstration: they press Start, answer what they are asked, and hand it in."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction

from assessments.given_answers import GivenAnswer
from assessments.models import Assessment, Interview, Kind, NominationKind, Scope
from assessments.questionnaire import STANCE
from assessments.services.answers import save_answers
from assessments.services.climate import save_climate, statements_for, was_handed_in
from assessments.services.disclosures import Entry, save_disclosures
from assessments.services.interviews import reopen_interview, start_interview, submit_interview
from assessments.services.nominations import Named, save_nominations
from assessments.services.scope_offers import offer_of, suggested_openings
from assessments.services.scope_revisions import revise_scope, score_of
from assessments.services.scopes import plan_of
from stakeholders.models import LinkPurpose, Role, User
from stakeholders.services.links import issue_link

Case = Mapping[str, Any]
KINDS = {"quantities": Kind.QUANTITY, "choices": Kind.CHOICE, "texts": Kind.TEXT, "yes_no": Kind.YES_NO}


@transaction.atomic
def answer_what_is_asked(seats: Iterable[tuple[Case, Interview]], case: Case) -> None:
    """Let everybody who has something left to say say it and hand it in; in one transaction, so that it is scored once."""
    for person, interview in seats:
        asked, said = set(own_codes(interview)), set(interview.answers.values_list("item_code", flat=True))
        given = {code: answer for code, answer in _given(person, case).items() if code in asked - said}
        if given:
            started = answer(interview, person, given)
            _say_the_rest(started, person)
            submit_interview(interview=started)


def answer(interview: Interview, person: Case, given: Mapping[str, GivenAnswer]) -> Interview:
    """Press Start behind a link and save answers; the mailed link's token is in the mail alone, so this one is a fresh one."""
    link, _ = issue_link(organisation=interview.assessment.organisation, purpose=LinkPurpose.INTERVIEW, subject_id=interview.pk)
    started = reopen_interview(interview=start_interview(interview=interview, link=link))
    if "stance" in person:
        given = {**given, STANCE: GivenAnswer(STANCE, person["stance"])}
    if given:
        save_answers(interview=started, given=given)
    return started


def _say_the_rest(interview: Interview, person: Case) -> None:
    """Name who else it touches, agree or not with the anonymous statements, and tell a workaround: each only once."""
    if was_handed_in(interview):
        return
    save_nominations(interview=interview, named=[_named(words) for words in person.get("who_else", [])])
    statements = [statement.code for statement in statements_for(interview)]
    save_climate(interview=interview, agreements=dict(zip(statements, person.get("climate", []), strict=False)))
    save_disclosures(interview=interview, entries=[Entry(None, **entry) for entry in person.get("workarounds", [])])


def _named(words: str) -> Named:
    return Named(NominationKind.ROLE if words in Role.values else NominationKind.SERVICE, words)


def ask_in_depth(assessment: Assessment, author: User) -> bool:
    """Open what the answers open by rule, as the lead would on the scope page; tells whether anything opened."""
    scope = Scope.objects.current(assessment)
    result = score_of(assessment, scope, list(scope.items.all()))
    opened = suggested_openings(assessment, offer=offer_of(assessment, scope.version), plan=plan_of(scope), result=result)
    return _open(assessment, scope, opened, "Answers are short or contested, so whoever knows more is heard", author)


def ask_whoever_can_say_more(seats: Iterable[tuple[Case, Interview]], assessment: Assessment, author: User) -> bool:
    """Open by hand what somebody could say something about but is not asked; tells whether there was anything."""
    scope = Scope.objects.current(assessment)
    asked = {item.code: item.roles for item in scope.items.all()}
    unheard = {code for person, seat in seats for code in person["answers"] if seat.role not in asked.get(code, [])}
    return _open(assessment, scope, unheard, "The lead wants to hear these from everybody who can say something", author)


def _open(assessment: Assessment, scope: Scope, codes: Collection[str], reason: str, author: User) -> bool:
    if not codes:
        return False
    plan = plan_of(scope)
    wider = replace(plan, opened=plan.opened | set(codes))
    revise_scope(assessment=assessment, plan=wider, reason=reason, author=author, seen=scope.number)
    assessment.refresh_from_db()
    return True


def own_codes(interview: Interview, *kinds: str) -> list[str]:
    """Return the codes that the interview's role is asked, in order; of some kinds only, if any are named."""
    scope = Scope.objects.current(interview.assessment)
    return [item.code for item in scope.items.all() if interview.role in item.roles and item.kind in (kinds or Kind.values)]


def _given(person: Case, case: Case) -> dict[str, GivenAnswer]:
    """Return what a person of the case says, by item: levels, numbers, and what is known about the place."""
    levels = {
        code: GivenAnswer(
            **value_of(value),
            note=case["notes"].get(code, {}).get(person["id"], ""),
            evidence_reference=case["evidence"].get(code, case["evidence"]["*"]) if value == 4 else "",
        )
        for code, value in person["answers"].items()
    }
    others = {code: GivenAnswer(kind, value) for name, kind in KINDS.items() for code, value in person.get(name, {}).items()}
    return {**levels, **others}


def value_of(value: int | str) -> dict[str, Any]:
    """Return kind and value of an answer as the file writes it: a level, or `unknown`."""
    return {"kind": "unknown"} if value == "unknown" else {"kind": "level", "value": value}
