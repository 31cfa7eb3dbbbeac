"""What one revision changed against the one before it."""

from dataclasses import replace

from assessments.scope_changes import NOTHING, AskedItem, RevisionFacts, changes_between

LAB = AskedItem("LAB-01", "LAB", True, ("lab_director",), (3, 2))
DEEP = AskedItem("LAB-07", "LAB", False, ("lab_director",), (3, None))
INT = AskedItem("INT-01", "INT", True, ("it_integration_lead",), (3, 2))


def revision(*items, version="2", domains=(), singles=(), opened=()):
    asked = {item.code: item for item in items}
    return RevisionFacts(version, frozenset(domains), frozenset(singles), frozenset(opened), asked)


FIRST = revision(LAB, INT)


def test_the_same_revision_changes_nothing():
    assert not changes_between(FIRST, revision(LAB, INT)).asks_otherwise


def test_domain_that_is_switched_off_explains_what_left_and_names_its_gate():
    changes = changes_between(FIRST, revision(LAB, domains=["INT"]))
    assert (changes.domains_off, changes.left, changes.gates_off) == (("INT",), (), ("INT-01",))


def test_domain_that_is_switched_on_again_explains_what_came():
    changes = changes_between(revision(LAB, domains=["INT"]), FIRST)
    assert (changes.domains_on, changes.came, changes.gates_on) == (("INT",), (), ("INT-01",))


def test_single_item_that_is_switched_off_is_named():
    changes = changes_between(FIRST, revision(INT, singles=["LAB-01"]))
    assert (changes.items_off, changes.left, changes.gates_off) == (("LAB-01",), (), ("LAB-01",))


def test_single_item_that_is_switched_on_again_is_named():
    changes = changes_between(revision(INT, singles=["LAB-01"]), FIRST)
    assert (changes.items_on, changes.came) == (("LAB-01",), ())


def test_deeper_item_that_is_opened_is_named_once():
    changes = changes_between(FIRST, revision(LAB, DEEP, INT, opened=["LAB-07"]))
    assert (changes.opened, changes.came, changes.gates_on) == (("LAB-07",), (), ())


def test_item_that_more_roles_are_asked_is_opened():
    wider = replace_roles(LAB, "lab_director", "clinician")
    changes = changes_between(FIRST, revision(wider, INT, opened=["LAB-01"]))
    assert (changes.opened, changes.asked_of) == (("LAB-01",), ())


def replace_roles(item, *roles):
    return item._replace(roles=roles)


def test_deeper_item_that_is_no_longer_asked_is_closed():
    changes = changes_between(revision(LAB, DEEP, INT, opened=["LAB-07"]), FIRST)
    assert (changes.closed, changes.left) == (("LAB-07",), ())


def test_newer_bank_says_what_came_and_left_and_which_versions():
    changes = changes_between(revision(LAB, INT), revision(LAB, DEEP, version="3"))
    assert (changes.version, changes.came, changes.left) == (("2", "3"), ("LAB-07",), ("INT-01",))


def test_other_need_is_a_change_of_bounds():
    assert changes_between(FIRST, revision(LAB._replace(bounds=(2, 2)), INT)).bounds == ("LAB-01",)


def test_gate_that_is_none_any_more_is_named_though_it_is_still_asked():
    changes = changes_between(FIRST, revision(LAB._replace(gate=False), INT))
    assert (changes.gates_off, changes.asks_otherwise) == (("LAB-01",), True)


def test_roles_that_change_without_an_opening_are_named():
    changes = changes_between(FIRST, revision(replace_roles(LAB, "clinician"), INT))
    assert changes.asked_of == ("LAB-01",)


def test_opening_without_effect_is_no_change():
    assert not changes_between(FIRST, replace(FIRST, opened=frozenset({"LAB-01"}))).asks_otherwise


def test_first_revision_names_what_was_switched_off_from_the_start():
    changes = changes_between(NOTHING, revision(LAB, domains=["INT"], singles=["LAB-09"]))
    assert (changes.domains_off, changes.items_off, changes.version) == (("INT",), ("LAB-09",), None)
