"""Who else it will touch, as people named it: the same thing in other spelling counts once, and nobody is told who named it. Pure."""

import hashlib
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass, field
from typing import Final

from assessments.people_paste import plain

ROLE: Final = "role"
SERVICE: Final = "service"
PERSON: Final = "person"
FEWEST_WHO_NAME: Final = 2  # so many different people make a finding of what nobody listed
FEWEST_WHO_HANDED_IN: Final = 3  # of one nobody doubts who named it, and of two each knows what the other did
LONGEST_SLUG: Final = 40


@dataclass(frozen=True, slots=True)
class Mention:
    """That one person named something: a role by its code, a service or a person in their words."""

    kind: str
    words: str
    by: Hashable


@dataclass(frozen=True, slots=True)
class Listed:
    """What the assessment knows already: roles with somebody taking part, names of services and places, titles, people."""

    roles: Collection[str] = ()
    services: Collection[str] = ()
    titles: Collection[str] = ()
    people: Collection[str] = ()

    def has(self, kind: str, words: str) -> bool:
        """Tell whether something that was named is listed. A service also counts where somebody taking part has it in their title."""
        if kind == ROLE:
            return words in self.roles
        same = key_of(words)
        if kind == PERSON:
            return same in {key_of(name) for name in self.people}
        in_titles = any(f" {same} " in f" {key_of(title)} " for title in self.titles)
        return in_titles or same in {key_of(name) for name in self.services}


@dataclass(frozen=True, slots=True)
class Group:
    """One thing that was named: what, by how many different people, and whether it is listed already."""

    kind: str
    code: str
    words: str
    people: int
    listed: bool

    @property
    def is_finding(self) -> bool:
        """Tell whether nobody listed it and enough people named it; a single person's name never becomes one."""
        return self.kind != PERSON and not self.listed and self.people >= FEWEST_WHO_NAME


def key_of(words: str) -> str:
    """Return what two spellings of a name share: letters and digits in lower case, single spaces."""
    same = unicodedata.normalize("NFKC", words)
    return plain(same) or " ".join(same.casefold().split())


def service_code(words: str) -> str:
    """Return the code of a service that is on no list: the same for every spelling, never the same for two services."""
    key = key_of(words)
    letters = unicodedata.normalize("NFKD", key).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")
    if slug.replace("-", " ") == key and len(slug) <= LONGEST_SLUG:
        return slug
    # What the slug cannot say, other letters or the end of a long name, the digits tell apart.
    digits = hashlib.sha256(key.encode()).hexdigest()[:10]
    return "-".join(part for part in (slug[:LONGEST_SLUG].strip("-"), digits) if part)


@dataclass(slots=True)
class _Heard:
    spellings: Counter[str] = field(default_factory=Counter)
    people: set[Hashable] = field(default_factory=set)


def grouped(mentions: Iterable[Mention], listed: Listed) -> list[Group]:
    """Return what was named, roles first, then services, then people; most often named first, then by name.

    Neither order nor spelling says who named it or when: the commonest spelling stands for all.
    """
    heard: dict[tuple[str, str], _Heard] = defaultdict(_Heard)
    for mention in mentions:
        same = mention.words if mention.kind == ROLE else key_of(mention.words)
        found = heard[mention.kind, same]
        found.spellings[" ".join(mention.words.split())] += 1
        found.people.add(mention.by)
    groups = [_group(kind, found, listed) for (kind, _same), found in heard.items()]
    order = (ROLE, SERVICE, PERSON)
    return sorted(groups, key=lambda group: (order.index(group.kind), -group.people, group.words.casefold(), group.words))


def _group(kind: str, found: _Heard, listed: Listed) -> Group:
    words = min(found.spellings, key=lambda spelling: (-found.spellings[spelling], spelling))
    code = {ROLE: words, SERVICE: service_code(words)}.get(kind, "")
    return Group(kind, code, words, len(found.people), listed.has(kind, words))
