"""Rules of a bundle that concern more than one field: ladders, need and floor, codes declared once and known."""

from collections.abc import Hashable, Iterator, Sequence
from typing import Any, NamedTuple

from assessments.arithmetic import exceeds
from assessments.bundle_fields import (
    BundleError,
    Reader,
    above_zero,
    at_index,
    at_key,
    not_negative,
    shown,
    whole,
)
from assessments.scored import Bundle, Item


class Ladder(NamedTuple):
    """What the numbers of one kind of item may be."""

    need: Reader
    floor: Reader
    value: Reader


LADDERS = {
    "level": Ladder(need=whole(1, 4), floor=whole(0, 4), value=whole(0, 4)),
    "quantity": Ladder(need=above_zero, floor=not_negative, value=not_negative),
}


def refuse_misfit(item: Item, path: str) -> None:
    """Raise BundleError where an item's need, floor, direction or roles do not fit one another."""
    ladder = LADDERS[item.kind]
    ladder.need(item.need, at_key(path, "need"))
    if item.kind == "level" and item.direction != "at_least":
        raise BundleError(at_key(path, "direction"), "must be at_least for a level")
    if item.floor is not None:
        ladder.floor(item.floor, at_key(path, "floor"))
        _refuse_steep_floor(item, item.floor, at_key(path, "floor"))
    elif item.gate:
        raise BundleError(at_key(path, "floor"), "is missing: a gate has a floor")
    if not item.roles:
        raise BundleError(at_key(path, "roles"), "must not be empty")
    if item.accountable not in item.roles:
        raise BundleError(at_key(path, "accountable"), "must be one of the item's roles")


def refuse_repeats(bundle: Bundle) -> None:
    """Raise BundleError where a code, an id, a role or the key of an entry stands twice in its list."""
    for path, keys in _unique_lists(bundle):
        first: dict[Hashable, int] = {}
        for index, key in enumerate(keys):
            if first.setdefault(key, index) != index:
                raise BundleError(at_index(path, index), f"repeats {at_index(path, first[key])}")


def refuse_undeclared(bundle: Bundle) -> None:
    """Raise BundleError where a code refers to nothing that the bundle declares."""
    declared = {
        "instrument.domains": {domain.code for domain in bundle.instrument.domains},
        "instrument.items": {item.code for item in bundle.instrument.items},
        "services": {service.code for service in bundle.services},
        "sites": {site.code for site in bundle.sites},
        "respondents": {respondent.id for respondent in bundle.respondents},
    }
    for path, code, home in _references(bundle):
        if code not in declared[home]:
            raise BundleError(path, f"{shown(code)} is not declared in {home}")


def refuse_off_ladder(bundle: Bundle) -> None:
    """Raise BundleError where the value of an answer or a reconciliation is not on its item's ladder."""
    ladders = {item.code: LADDERS[item.kind] for item in bundle.instrument.items}
    for index, answer in enumerate(bundle.answers):
        if answer.value is not None:
            ladders[answer.item].value(answer.value, f"answers[{index}].value")
    for index, reconciliation in enumerate(bundle.reconciliations):
        ladders[reconciliation.item].value(reconciliation.value, f"reconciliations[{index}].value")


def _refuse_steep_floor(item: Item, floor: float, path: str) -> None:
    if item.direction == "at_least" and exceeds(floor, item.need):
        raise BundleError(path, "asks more than the need: it must not be above it")
    if item.direction == "at_most" and exceeds(item.need, floor):
        raise BundleError(path, "asks more than the need: it must not be below it")


def _unique_lists(bundle: Bundle) -> Iterator[tuple[str, Sequence[Hashable]]]:
    """Yield the path of each list whose entries must differ, with what tells its entries apart."""
    coded: dict[str, Sequence[Any]] = {
        "instrument.domains": bundle.instrument.domains,
        "instrument.items": bundle.instrument.items,
        "services": bundle.services,
        "sites": bundle.sites,
        "waves": bundle.waves,
    }
    for path, entries in coded.items():
        yield path, [entry.code for entry in entries]
    for index, item in enumerate(bundle.instrument.items):
        yield f"instrument.items[{index}].roles", item.roles
    for index, service in enumerate(bundle.services):
        yield f"services[{index}].sites", service.sites
    for index, wave in enumerate(bundle.waves):
        yield f"waves[{index}].sites", wave.sites
    yield "required_roles", bundle.required_roles
    yield "respondents", [respondent.id for respondent in bundle.respondents]
    yield "answers", [(answer.item, answer.respondent) for answer in bundle.answers]
    yield "reconciliations", [reconciliation.item for reconciliation in bundle.reconciliations]
    yield "agreed_plans", [(plan.kind, plan.code) for plan in bundle.agreed_plans]


def _references(bundle: Bundle) -> Iterator[tuple[str, str, str]]:
    """Yield each reference to a code: its path, the code, and the list that must declare it."""
    for index, item in enumerate(bundle.instrument.items):
        yield f"instrument.items[{index}].domain", item.domain, "instrument.domains"
    yield from _references_to_sites(bundle)
    for index, respondent in enumerate(bundle.respondents):
        if respondent.service is not None:
            yield f"respondents[{index}].service", respondent.service, "services"
    for index, answer in enumerate(bundle.answers):
        yield f"answers[{index}].item", answer.item, "instrument.items"
        yield f"answers[{index}].respondent", answer.respondent, "respondents"
    for index, reconciliation in enumerate(bundle.reconciliations):
        yield f"reconciliations[{index}].item", reconciliation.item, "instrument.items"
    for index, plan in enumerate(bundle.agreed_plans):
        home = "instrument.items" if plan.kind == "shortfall" else "services"
        yield f"agreed_plans[{index}].code", plan.code, home


def _references_to_sites(bundle: Bundle) -> Iterator[tuple[str, str, str]]:
    for index, service in enumerate(bundle.services):
        for position, site in enumerate(service.sites):
            yield f"services[{index}].sites[{position}]", site, "sites"
    for index, wave in enumerate(bundle.waves):
        for position, site in enumerate(wave.sites):
            yield f"waves[{index}].sites[{position}]", site, "sites"
    for index, respondent in enumerate(bundle.respondents):
        if respondent.site is not None:
            yield f"respondents[{index}].site", respondent.site, "sites"
