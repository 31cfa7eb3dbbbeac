"""Trying a revision stores nothing and shows its effect; making one writes it once, for ever, with reason, score and mail."""

from dataclasses import replace

import pytest
from django.core import mail

from assessments.models import InstrumentVersion, ProductRequirement, Scope, ScoreSnapshot
from assessments.services.lifecycle import close_assessment, mark_lost, mark_signed
from assessments.services.scope_history import revisions
from assessments.services.scope_offers import Ticked, offer_of, plan_from, suggested_openings, versions_ahead
from assessments.services.scope_revisions import (
    NothingAskedError,
    NothingChangedError,
    RevisedMeanwhileError,
    revise_scope,
    score_of,
    try_revision,
)
from assessments.services.scopes import current_plan
from assessments.services.setup import NotInThisStateError
from stakeholders.models import AuditEvent, Message, MessageKind
from tests import factories
from tests.assessments.deeper_bank import CHECKS, IT, LAB, make_deeper_assessment, make_deeper_version, make_newer_version, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(organisation):
    return make_deeper_assessment(organisation)


def planned(assessment, **changes):
    changes = {name: frozenset(value) if isinstance(value, list) else value for name, value in changes.items()}
    return replace(current_plan(assessment), **changes)


def revise(assessment, seen=1, reason="The laboratory is not affected", author=None, **changes):
    return revise_scope(assessment=assessment, plan=planned(assessment, **changes), reason=reason, author=author, seen=seen)


def codes(scope):
    return [item.code for item in scope.items.all()]


def suggested(assessment):
    scope = Scope.objects.current(assessment)
    offer = offer_of(assessment, scope.version)
    result = score_of(assessment, scope, list(scope.items.all()))
    return suggested_openings(assessment, offer=offer, plan=current_plan(assessment), result=result)


def test_first_revision_asks_the_core_alone(asked):
    assert codes(Scope.objects.current(asked)) == ["CTX-01", "LAB-01", "LAB-02", "INT-01", "SEC-01"]


def test_nothing_opens_while_nothing_is_answered(asked):
    assert suggested(asked) == {}


def test_short_core_item_opens_itself_and_the_deeper_items_of_its_domain(asked):
    submitted(asked, answers={"LAB-01": 1, "LAB-02": 3})
    found = suggested(asked)
    assert {code: opening.why for code, opening in found.items()} == {"LAB-01": "short", "LAB-07": "domain"}


def test_what_the_accountable_role_says_of_the_place_opens(asked):
    submitted(asked, IT, answers={"CTX-01": "meditech"})
    assert {code: o.because for code, o in suggested(asked).items()} == {"INT-07": ("CTX-01",)}


@pytest.mark.parametrize(("role", "state"), [(LAB, "submitted"), (IT, "in_progress")])
def test_what_others_say_or_nobody_handed_in_opens_nothing(asked, role, state):
    interview = submitted(asked, role, answers={"CTX-01": "meditech"})
    type(interview).objects.filter(pk=interview.pk).update(state=state)
    assert suggested(asked) == {}


def test_what_nobody_knows_opens_nothing(asked):
    submitted(asked, IT, answers={"CTX-01": None})
    assert suggested(asked) == {}


def test_one_person_who_says_so_is_enough(asked):
    submitted(asked, IT, answers={"CTX-01": "meditech"})
    submitted(asked, IT, answers={"CTX-01": "epic"})
    assert list(suggested(asked)) == ["INT-07"]


def test_what_is_switched_off_does_not_open(asked):
    submitted(asked, answers={"LAB-01": 1, "LAB-02": 3})
    revise(asked, left_out_items=["LAB-07"], opened=["LAB-01"])
    assert suggested(asked) == {}


def test_trying_stores_nothing(asked):
    submitted(asked, answers={"LAB-01": 1})
    trial = try_revision(assessment=asked, plan=planned(asked, left_out_domains=["LAB"]))
    assert trial.changes.domains_off == ("LAB",)
    assert (asked.scopes.count(), ScoreSnapshot.objects.count(), Message.objects.count()) == (1, 0, 0)


def test_switching_a_failed_gate_off_shows_what_it_would_hide(asked):
    submitted(asked, answers={"LAB-01": 1, "LAB-02": 3})
    submitted(asked, IT, answers={"INT-01": 3})
    trial = try_revision(assessment=asked, plan=planned(asked, left_out_items=["LAB-01"]))
    assert (trial.now.failed, trial.then.failed, trial.changes.gates_off) == (1, 0, ("LAB-01",))
    assert (trial.now.result.verdict, trial.then.result.verdict) == ("not_ready", "insufficient_evidence")


def test_effect_is_what_the_revision_then_scores(asked):
    submitted(asked, answers={"LAB-01": 1, "LAB-02": 3})
    trial = try_revision(assessment=asked, plan=planned(asked, left_out_domains=["SEC"]))
    made = revise(asked, left_out_domains=["SEC"])
    assert score_of(asked, made, list(made.items.all())) == trial.then.result


def test_effect_counts_questions_and_minutes_of_each_role(asked):
    trial = try_revision(assessment=asked, plan=planned(asked, opened=["LAB-01", "LAB-07"]))
    then = {role.role: role.questions for role in trial.then.roles}
    assert then == {LAB: 3, IT: 3, CHECKS: 2}
    assert (trial.now.questions, trial.then.questions) == (5, 6)


def test_effect_names_who_submitted_and_gets_more(asked):
    done = submitted(asked, answers={"LAB-01": 1})
    factories.make_interview(asked, state="in_progress")
    trial = try_revision(assessment=asked, plan=planned(asked, opened=["LAB-07"]))
    assert [(more.interview.pk, more.codes) for more in trial.more] == [(done.pk, ("LAB-07",))]


def test_revision_is_written_with_reason_author_and_event(asked, lead):
    made = revise(asked, opened=["LAB-07"], author=lead.user)
    assert (made.number, made.reason, made.author, made.opened) == (2, "The laboratory is not affected", lead.user, ["LAB-07"])
    assert codes(made) == ["CTX-01", "LAB-01", "LAB-02", "LAB-07", "INT-01", "SEC-01"]
    event = AuditEvent.objects.get(verb="assessment.scope_revised")
    assert (event.actor_id, event.assessment_id) == (lead.user.pk, asked.pk)


def test_opening_an_item_of_the_core_asks_whoever_checks(asked):
    assert revise(asked, opened=["LAB-01"]).items.get(code="LAB-01").roles == [LAB, CHECKS]


def test_revision_keeps_what_was_frozen_unless_the_profile_is_taken_anew(asked):
    asked.product.requirements.create(item_code="LAB-02", weight=1)
    assert revise(asked, opened=["LAB-07"]).items.get(code="LAB-02").weight == 3
    assert revise(asked, seen=2, refreshed=True).items.get(code="LAB-02").weight == 1


def test_answers_keep_by_item_when_it_is_switched_off_and_on_again(asked):
    done = submitted(asked, answers={"LAB-02": 2})
    revise(asked, left_out_items=["LAB-02"])
    revise(asked, seen=2, left_out_items=[])
    assert score_of(asked, Scope.objects.current(asked), list(Scope.objects.current(asked).items.all())).items[1].role_means == {LAB: 2}
    assert done.answers.count() == 1


def test_gate_that_was_switched_off_comes_back_as_it_was_frozen(asked):
    revise(asked, left_out_items=["LAB-01"])
    ProductRequirement.objects.create(product=asked.product, item_code="LAB-01", gate=False, floor=1, need=1)
    again = revise(asked, seen=2, left_out_items=[])
    row = again.items.get(code="LAB-01")
    assert (row.gate, row.floor, row.need) == (True, 2, 3)


def test_need_of_another_scale_is_not_kept(asked):
    newer = make_newer_version(asked.product.version, publish=False)
    newer.items.filter(code="LAB-02").update(kind="quantity", need=30, unit="samples a day")
    newer.publish()
    row = revise(asked, version=newer).items.get(code="LAB-02")
    assert (row.kind, row.need) == ("quantity", 30)


def test_moving_to_a_newer_version_asks_what_it_brings(asked):
    newer = make_newer_version(asked.product.version)
    made = revise(asked, version=newer)
    assert (made.version, "LAB-09" in codes(made)) == (newer, True)
    assert revisions(asked)[-1].changes.came == ("LAB-09",)


def test_version_of_another_bank_is_refused(asked):
    with pytest.raises(ValueError, match="own bank"):
        revise(asked, version=factories.make_version())


def test_draft_of_the_own_bank_is_refused(asked):
    instrument = asked.product.version.instrument
    with pytest.raises(ValueError, match="own bank"):
        revise(asked, version=InstrumentVersion.objects.create(instrument=instrument, number="2"))


def test_older_version_is_not_offered(asked):
    newer = make_newer_version(asked.product.version)
    assert versions_ahead(newer) == [newer]
    assert versions_ahead(asked.product.version) == [asked.product.version, newer]


def test_score_is_asked_for(asked, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        revise(asked, opened=["LAB-07"])
    assert ScoreSnapshot.objects.get().scope.number == 2


def test_host_is_told_what_changed_and_why(asked, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        revise(asked, left_out_domains=["SEC"], left_out_items=["LAB-01"])
    (letter,) = mail.outbox
    assert letter.to == [asked.host.email]
    assert "The laboratory is not affected" in letter.body
    assert "Switched off: the whole domain Sec; Title of LAB-01 (LAB-01)." in letter.body
    assert "No longer a gate: Title of LAB-01 (LAB-01)." in letter.body


def test_host_who_was_replaced_is_not_told(asked, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        revise(asked, opened=["LAB-07"])
        type(asked).objects.filter(pk=asked.pk).update(host=factories.make_host(asked.health_system))
    assert mail.outbox == []


def test_assessment_without_host_is_revised_without_mail(asked):
    type(asked).objects.filter(pk=asked.pk).update(host=None)
    revise(asked, opened=["LAB-07"])
    assert not Message.objects.filter(kind=MessageKind.SCOPE_REVISED).exists()


def test_second_of_two_is_told_and_nothing_is_overwritten(asked):
    first = revise(asked, opened=["LAB-07"])
    with pytest.raises(RevisedMeanwhileError) as caught:
        revise(asked, seen=1, left_out_domains=["LAB"])
    assert (caught.value.scope, asked.scopes.count()) == (first, 2)


@pytest.mark.parametrize("reason", ["", "   "])
def test_revision_without_reason_is_refused(asked, reason):
    with pytest.raises(ValueError, match="needs a reason"):
        revise(asked, reason=reason, opened=["LAB-07"])


def test_revision_that_changes_nothing_is_refused(asked):
    with pytest.raises(NothingChangedError):
        revise(asked)


def test_revision_that_leaves_nothing_scored_is_refused_when_tried_and_when_made(asked):
    nothing = ["LAB", "INT", "SEC"]
    with pytest.raises(NothingAskedError):
        try_revision(assessment=asked, plan=planned(asked, left_out_domains=nothing))
    with pytest.raises(NothingAskedError):
        revise(asked, left_out_domains=nothing)


@pytest.mark.parametrize("settle", [mark_signed, mark_lost])
def test_settled_deal_is_locked(asked, settle):
    settle(assessment=asked)
    with pytest.raises(NotInThisStateError):
        revise(asked, opened=["LAB-07"])


def test_draft_is_revised_by_its_set_up_alone(organisation):
    draft = factories.make_assessment(organisation)
    factories.make_scope(draft)
    with pytest.raises(NotInThisStateError):
        revise(draft, left_out_domains=["LAB"])


def test_closed_assessment_can_be_revised(asked):
    close_assessment(assessment=asked)
    assert revise(asked, left_out_domains=["SEC"]).number == 2


def test_roles_that_an_imported_bundle_states_are_kept(asked):
    scope = Scope.objects.current(asked)
    stated = Scope.objects.create(assessment=asked, number=2, version=scope.version, reason="Imported", stated_roles=[LAB])
    assert revise(asked, seen=stated.number, left_out_domains=["SEC"]).stated_roles == [LAB]


def test_history_says_what_each_revision_changed(asked):
    revise(asked, left_out_domains=["SEC"])
    revise(asked, seen=2, left_out_domains=[], opened=["LAB-01"])
    changes = [revision.changes for revision in revisions(asked)]
    assert [c.domains_off for c in changes] == [(), ("SEC",), ()]
    assert (changes[2].domains_on, changes[2].opened) == (("SEC",), ("LAB-01",))


def test_history_up_to_a_revision_knows_nothing_of_later_ones(asked):
    revise(asked, left_out_domains=["SEC"])
    assert [revision.scope.number for revision in revisions(asked, until=1)] == [1]


def ticked(offer, **changes):
    every = {"domains": offer.domain_codes, "items": list(offer.core), "opened": []}
    return Ticked(**every | changes)


def test_ticks_become_a_plan(asked):
    plan, offer = current_plan(asked), offer_of(asked, asked.product.version)
    made = plan_from(plan, offer, ticked(offer, domains=["LAB", "INT", "CTX"], items=["CTX-01", "LAB-01", "INT-01"], opened=["LAB-07"]))
    assert made.left_out_domains == {"SEC"}
    assert made.left_out_items == {"LAB-02", "SEC-01"}
    assert made.opened == {"LAB-07"}


def test_codes_that_were_not_listed_stay_as_they_were(asked):
    plan, offer = planned(asked, left_out_items=["OLD-01"], opened=["OLD-02"]), offer_of(asked, asked.product.version)
    made = plan_from(plan, offer, ticked(offer, opened=["NO-99", "LAB-02"]))
    assert (made.left_out_items, made.opened) == ({"OLD-01"}, {"OLD-02"})


def test_opened_item_is_on_whatever_was_switched_off_before(asked):
    plan, offer = planned(asked, left_out_items=["LAB-07"]), offer_of(asked, asked.product.version)
    assert plan_from(plan, offer, ticked(offer, opened=["LAB-07"])).left_out_items == frozenset()


def change_product(assessment, change):
    """The product after the start: an item left out, another type, or without its module."""
    product = assessment.product
    if change == "left out":
        ProductRequirement.objects.create(product=product, item_code="LAB-01", left_out=True)
    elif change == "type":
        type(product).objects.filter(pk=product.pk).update(product_type="remote_monitoring")
    else:
        product.modules.clear()
    assessment.refresh_from_db()


@pytest.mark.parametrize("change", ["left out", "type"])
def test_running_gate_stays_whatever_became_of_the_product(asked, change):
    before = Scope.objects.current(asked).items.get(code="LAB-01")
    change_product(asked, change)
    made = revise(asked, left_out_items=["SEC-01"])
    assert codes(made) == ["CTX-01", "LAB-01", "LAB-02", "INT-01"]
    row = made.items.get(code="LAB-01")
    assert (row.gate, row.floor, row.roles, row.core_roles, row.item) == (True, before.floor, [LAB], [LAB], before.item)


def test_profile_taken_anew_drops_what_the_product_leaves_out(asked):
    change_product(asked, "left out")
    assert "LAB-01" not in codes(revise(asked, refreshed=True))


def test_item_of_a_module_stays_when_the_product_loses_it(organisation):
    version = make_deeper_version()
    module = factories.make_product(organisation, version=version, name="Module")
    product = factories.make_product(organisation, version=version)
    ProductRequirement.objects.create(product=product, item_code="LAB-02", left_out=True)
    product.modules.add(module)
    assessment = factories.make_open_assessment(organisation, product=product)
    change_product(assessment, "module")
    assert "LAB-02" in codes(revise(assessment, left_out_items=["SEC-01"]))


def test_item_that_the_product_takes_up_again_is_not_asked_by_itself(organisation):
    version = make_deeper_version()
    product = factories.make_product(organisation, version=version)
    row = ProductRequirement.objects.create(product=product, item_code="LAB-02", left_out=True)
    assessment = factories.make_open_assessment(organisation, product=product)
    type(row).objects.filter(pk=row.pk).update(left_out=False)
    assert "LAB-02" not in codes(revise(assessment, left_out_items=["SEC-01"]))
    assert "LAB-02" in codes(revise(assessment, seen=2, refreshed=True))


def test_item_that_was_switched_off_comes_back_though_the_product_leaves_it_out(asked):
    revise(asked, left_out_items=["LAB-01"])
    change_product(asked, "left out")
    assert codes(revise(asked, seen=2, left_out_items=[])) == ["CTX-01", "LAB-01", "LAB-02", "INT-01", "SEC-01"]


def test_item_that_was_never_asked_comes_from_the_profile_when_it_is_switched_on(organisation):
    assessment = make_deeper_assessment(organisation, left_out_domains=["SEC"])
    assert "SEC-01" in codes(revise(assessment, left_out_domains=[]))


def test_closing_asks_the_core_alone_again(asked):
    revise(asked, opened=["LAB-01", "LAB-07"])
    made = revise(asked, seen=2, opened=[])
    assert (made.items.get(code="LAB-01").roles, codes(made)) == ([LAB], ["CTX-01", "LAB-01", "LAB-02", "INT-01", "SEC-01"])


def test_gate_stays_when_a_newer_version_has_it_and_the_product_does_not(asked):
    newer = make_newer_version(asked.product.version)
    change_product(asked, "left out")
    row = revise(asked, version=newer).items.get(code="LAB-01")
    assert (row.gate, row.item.version) == (True, newer)


def test_item_that_a_newer_version_dropped_goes(asked):
    newer = make_newer_version(asked.product.version, publish=False)
    item = newer.items.get(code="LAB-02")
    for parts in (item.texts, item.roles, item.product_types):
        parts.all().delete()
    item.delete()
    newer.publish()
    assert "LAB-02" not in codes(revise(asked, version=newer))


def test_item_switched_off_under_the_version_before_comes_back_as_the_newer_one_has_it(asked):
    newer = make_newer_version(asked.product.version)
    revise(asked, left_out_items=["LAB-01"])
    revise(asked, seen=2, version=newer)
    assert revise(asked, seen=3, left_out_items=[]).items.get(code="LAB-01").item.version == newer
