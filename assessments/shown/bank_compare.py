"""Two versions of a question bank side by side: what the page shows of their differences, narrowed as the reader likes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from django.utils.translation import gettext_lazy

from assessments.bank.differences import Differences, ItemChange, Move
from assessments.bank.version import BankItem
from assessments.shown.bank_changes import Change, change_in_words, item_changes
from assessments.shown.bank_listing import LONGEST_CODE, LONGEST_SEARCH, haystack

KINDS = {
    "added": gettext_lazy("Added"),
    "removed": gettext_lazy("Removed"),
    "changed": gettext_lazy("Changed"),
    "moved": gettext_lazy("Moved"),
    "frame": gettext_lazy("Head and domains"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which differences a reader wants to see; whatever is empty narrows nothing."""

    kind: str = ""
    words: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> Self:
        """Return what an address asks for."""
        return cls(asked.get("kind", "")[:LONGEST_CODE], " ".join(asked.get("q", "")[:LONGEST_SEARCH].split()))

    @property
    def kinds(self) -> dict[str, object]:
        """Return the kinds of difference by name."""
        return dict(KINDS)

    @property
    def narrows(self) -> bool:
        """Tell whether anything could be left out."""
        return bool(self.kind or self.words)


@dataclass
class Compared:
    """The differences of two versions as far as they are wanted."""

    found: Differences
    wanted: Wanted

    @cached_property
    def counts(self) -> list[tuple[str, object, int]]:
        """Return each kind of difference with its name and how many there are."""
        found = self.found
        frame = bool(found.head) + len(found.domains)
        sizes = {"added": len(found.added), "removed": len(found.removed), "changed": len(found.changed), "moved": len(found.moved)}
        return [(kind, words, {**sizes, "frame": frame}[kind]) for kind, words in KINDS.items()]

    @property
    def is_same(self) -> bool:
        """Tell whether nothing changed at all."""
        return not self.found

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing of what changed is wanted."""
        return not (self.added or self.removed or self.changed or self.moved or self.head or self.domains)

    @cached_property
    def head(self) -> list[Change]:
        """Return what changed in what the version says of itself."""
        return [change_in_words(change) for change in self.found.head] if self._wants("frame") and not self.wanted.words else []

    @cached_property
    def domains(self) -> list[tuple[str, str, str, list[Change]]]:
        """Return the domains that came, went or changed: code, title, which of the three, and the changes."""
        if not self._wants("frame") or self.wanted.words:
            return []
        rows = []
        for domain in self.found.domains:
            shown = domain.new or domain.old
            what = "added" if domain.old is None else "removed" if domain.new is None else "changed"
            if shown is not None:
                rows.append((shown.code, shown.title, what, [change_in_words(change) for change in domain.fields if what == "changed"]))
        return rows

    @cached_property
    def added(self) -> Sequence[BankItem]:
        """Return the items that are new."""
        return [item for item in self.found.added if self._wants("added") and self._named(item)]

    @cached_property
    def removed(self) -> Sequence[BankItem]:
        """Return the items that are gone."""
        return [item for item in self.found.removed if self._wants("removed") and self._named(item)]

    @cached_property
    def moved(self) -> Sequence[Move]:
        """Return the items that stand elsewhere."""
        return [move for move in self.found.moved if self._wants("moved") and self._named(move.item)]

    @cached_property
    def changed(self) -> list[tuple[ItemChange, list[Change]]]:
        """Return the items that read or count differently, with their changes in words."""
        kept = [c for c in self.found.changed if self._wants("changed") and (self._named(c.new) or self._named(c.old))]
        return [(change, item_changes(change)) for change in kept]

    def _wants(self, kind: str) -> bool:
        return self.wanted.kind in ("", kind)

    def _named(self, item: BankItem) -> bool:
        return all(word in haystack(item) for word in self.wanted.words.casefold().split())
