"""What the page of a product shows: figures, notices, and its requirements by domain as the address narrows them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.http import QueryDict
from django.utils.translation import gettext_lazy

from assessments.core_limits import core_loads, heavy
from assessments.models import Domain, Product
from assessments.requirements import FEWEST_RECORDS
from assessments.services.outline import product_outline
from assessments.services.product_versions import newer_version
from assessments.services.profile_requirements import Profile, profile_of
from assessments.services.profiles import climate_seconds
from assessments.shown.profile import ProfileRow, left_out_rows, profile_rows, titles_of
from assessments.wording import role_title

SHOWN = {
    "all": gettext_lazy("All requirements"),
    "gates": gettext_lazy("Gates only"),
    "adjusted": gettext_lazy("Adjusted"),
    "core": gettext_lazy("Asked first"),
    "deeper": gettext_lazy("Asked in depth"),
}
MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks for; unknown names count as not given."""

    show: str = ""
    domain: str = ""
    words: str = ""

    @classmethod
    def of(cls, query: QueryDict, domains: Iterable[str]) -> Self:
        """Return what a query string asks for."""
        show, domain = query.get("show", ""), query.get("domain", "")
        return cls(
            show=show if show in SHOWN else "",
            domain=domain if domain in domains else "",
            words=" ".join(query.get("q", "")[:200].split()),
        )

    @property
    def narrows(self) -> bool:
        """Tell whether some requirements may be hidden."""
        return bool(self.show or self.domain or self.words)

    def takes(self, row: ProfileRow) -> bool:
        """Tell whether a requirement is asked for."""
        kinds = {"gates": row.gate, "adjusted": row.adjusted, "core": row.core, "deeper": not row.core}
        text = " ".join([row.code, row.title, *(role.name for role in row.roles), row.source]).casefold()
        words = self.words.casefold().split()[:MOST_WORDS]
        return kinds.get(self.show, True) and self.domain in ("", row.domain) and all(word in text for word in words)


@dataclass(frozen=True, slots=True)
class DomainRows:
    """The requirements of one domain, gates first."""

    code: str
    title: str
    rows: tuple[ProfileRow, ...]

    @property
    def gates(self) -> int:
        """Return how many of them are gates."""
        return sum(row.gate for row in self.rows)

    @property
    def first(self) -> tuple[ProfileRow, ...]:
        """Return what a reader should see at once: gates, and where the product departs."""
        return tuple(row for row in self.rows if row.gate or row.adjusted)

    @property
    def rest(self) -> tuple[ProfileRow, ...]:
        """Return the others."""
        return tuple(row for row in self.rows if not (row.gate or row.adjusted))


@dataclass(frozen=True, slots=True)
class RoleFigures:
    """What a role is asked: questions at once, minutes for them, and how many more in depth."""

    name: str
    core: int
    minutes: int
    deeper: int


def product_page(product: Product, query: QueryDict) -> dict[str, Any]:
    """Return what a product's page shows; the number of queries is the same for one requirement and for a hundred."""
    profile = profile_of(product, product.version)
    titles = titles_of(product.version)
    rows = profile_rows(profile, titles)
    scored = [row for row in rows if row.scored]
    domains = _domains(product, scored)
    wanted = Wanted.of(query, domains)
    requirements = [line.requirement for line in profile.lines]
    outline = product_outline(product, lines=list(profile.lines))
    loads = core_loads(requirements, climate_seconds(product.version, {each.product_type for each in profile.products}))
    return {
        "count": len(scored),
        "gates": sum(row.gate for row in scored),
        "adjusted": sum(row.adjusted for row in scored),
        "roles": [RoleFigures(role_title(r.role), r.core, r.minutes, r.deeper) for r in outline.roles],
        "heavy": [(role_title(load.role), load) for load in heavy(loads)],
        "modules": profile.modules,
        "other_version": [module for module in profile.modules if module.version_id != product.version_id],
        "part_of": list(product.part_of.order_by("name")),
        "newer": newer_version(product),
        "context": [row for row in rows if not row.scored],
        "left_out": left_out_rows(profile, titles),
        "unused": profile.unused,
        "records": _records(profile),
        "wanted": wanted,
        "kinds": SHOWN,
        "all_domains": domains,
        "domains": _grouped([row for row in scored if wanted.takes(row)], domains),
    }


def _domains(product: Product, rows: Sequence[ProfileRow]) -> dict[str, str]:
    """Return the titles of the domains with a requirement, by code in the bank's order.

    Not their descriptions: those speak of every type of product at once.
    """
    used = {row.domain for row in rows}
    titles = Domain.objects.filter(version=product.version_id).values_list("code", "title")
    return {code: title for code, title in titles if code in used}


def _grouped(rows: Sequence[ProfileRow], domains: Mapping[str, str]) -> list[DomainRows]:
    groups = []
    for code, title in domains.items():
        of_domain = sorted((row for row in rows if row.domain == code), key=lambda row: not row.gate)
        groups.append(DomainRows(code, title, tuple(of_domain)))
    return [group for group in groups if group.rows]


def _records(profile: Profile) -> dict[str, int]:
    """Return how many records of earlier customers there are for what is asked, and for how many requirements enough to count."""
    numbers = [len(part.records) for line in profile.lines for part in line.parts if part.product is profile.products[0]]
    return {"count": sum(numbers), "learned": sum(number >= FEWEST_RECORDS for number in numbers)}
