import pytest
from django.core.exceptions import ValidationError

from assessments.requirements import Adjustment
from assessments.services.profile_requirements import profile_of
from assessments.services.requirement_changes import adjust_requirement, reset_requirement
from assessments.services.scopes import draft_plan, planned_items
from stakeholders.models import AuditEvent, SavedMeanwhileError
from tests import factories


@pytest.fixture
def product(organisation):
    return factories.make_product(organisation)


def plain(product, code="LAB-01"):
    return next(line.parts[0].plain for line in profile_of(product, product.version).lines if line.item.code == code)


def adjust(product, code="LAB-01", *, reason="Because", seen=None, actor=None, **own):
    return adjust_requirement(product=product, plain=plain(product, code), own=Adjustment(**own), reason=reason, seen=seen, actor=actor)


def test_own_values_are_kept_and_those_of_the_bank_follow_the_bank(product):
    row = adjust(product, need=4, floor=2, weight=5, gate=True, lead=(1, 2, 4), effort={"vendor": 8})
    row.refresh_from_db()
    assert (row.need, row.floor, row.weight, row.gate, row.effort, row.reason) == (4, None, None, None, {"vendor": 8}, "Because")
    assert (row.lead_optimistic, row.lead_likely, row.lead_pessimistic) == (1, 2, 4)


@pytest.mark.parametrize(
    ("own", "field", "message"),
    [
        ({"floor": 4}, "floor", "asks more than the need"),
        ({"need": 1}, "floor", "asks more than the need"),
        ({"need": 9}, "need", "from 1 to 4"),
        ({"weight": 9}, "weight", "from 1 to 5"),
        ({"lead": (3, 2, 1)}, "lead_likely", "in order"),
        ({"lead": (1, 2, 999)}, "lead_likely", "from 0 to 520"),
        ({"effort": {"vendor": -1}}, "effort_vendor", "from 0 to 10000"),
    ],
)
def test_what_cannot_stand_is_refused_at_its_field(product, own, field, message):
    with pytest.raises(ValidationError, match=message) as refused:
        adjust(product, **own)
    assert field in refused.value.message_dict
    assert not product.requirements.exists()


def test_gate_needs_a_floor(product):
    with pytest.raises(ValidationError, match="A gate needs a floor"):
        adjust(product, "LAB-02", gate=True)
    assert adjust(product, "LAB-02", gate=True, floor=1).gate is True


def test_conditional_item_cannot_become_a_gate(organisation):
    version = factories.make_version(bank=[], publish=False)
    factories.make_item(version, "LAB-01", ["lab_director"], condition="CTX-01 is epic", floor=2)
    product = factories.make_product(organisation, version=version)
    with pytest.raises(ValidationError, match="only under a condition"):
        adjust(product, gate=True)


@pytest.mark.parametrize("own", [{"left_out": True}, {"need": 2}, {"floor": 1}, {"weight": 4}, {"gate": False}])
def test_what_makes_the_verdict_easier_needs_a_reason(product, own):
    with pytest.raises(ValidationError, match="Give a reason"):
        adjust(product, reason="", **own)
    assert adjust(product, reason="Counsel agreed", **own).reason == "Counsel agreed"


def test_what_makes_it_harder_needs_none(product):
    assert adjust(product, reason="", need=4, floor=3).need == 4


def test_second_change_raises_the_version(product):
    assert adjust(product, need=4, seen=0).version == 1
    assert adjust(product, need=3, floor=1, seen=1).version == 2


@pytest.mark.parametrize("seen", [0, 2])
def test_whoever_saves_over_another_ones_change_is_told(product, seen):
    adjust(product, need=4)
    with pytest.raises(SavedMeanwhileError, match="need: 4"):
        adjust(product, weight=5, seen=seen)
    assert product.requirements.get().weight is None


def test_reset_goes_back_to_the_type_and_keeps_the_history(product):
    adjust(product, need=4, lead=(1, 2, 3), effort={"vendor": 1})
    row = reset_requirement(product=product, code="LAB-01", seen=1)
    assert plain(product).need == profile_of(product, product.version).lines[0].requirement.need
    assert (row.need, row.reason, row.effort, row.history.count()) == (None, "", None, 2)


def test_reset_of_what_was_never_adjusted_changes_nothing(product):
    assert reset_requirement(product=product, code="LAB-01") is None
    assert not product.requirements.exists()


def test_reset_over_another_ones_change_is_refused(product):
    adjust(product, need=4)
    adjust(product, need=4, weight=4)
    with pytest.raises(SavedMeanwhileError):
        reset_requirement(product=product, code="LAB-01", seen=1)


def test_drafts_follow_and_frozen_scopes_stay(organisation, product):
    draft = factories.make_assessment(organisation, product=product)
    running = factories.make_open_assessment(organisation, product=product)
    adjust(product, need=4)
    assert next(i.need for i in planned_items(draft, draft_plan(draft)) if i.code == "LAB-01") == 4
    assert running.scopes.get().items.get(code="LAB-01").need == 3


def test_every_change_leaves_an_event(product, lead):
    row = adjust(product, need=4, actor=lead.user)
    reset_requirement(product=product, code="LAB-01", actor=lead.user)
    events = AuditEvent.objects.filter(subject_type="ProductRequirement").order_by("at").values_list("verb", "subject_id", "actor_id")
    assert list(events) == [("requirement.adjusted", str(row.pk), lead.user.pk), ("requirement.reset", str(row.pk), lead.user.pk)]
