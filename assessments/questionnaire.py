"""A person's questionnaire: its questions, sections, length and progress. Pure: nothing of the ORM, clock or settings."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import NamedTuple

from assessments.placeholders import fill

STANCE = "stance"

# How many questions a role is asked first (product.md, "Answer"): ten minutes; the rest is there for who has the time.
MOST_CORE = 15
MOST_CORE_OF = {"clinician": 5, "executive_sponsor": 8}

# Seconds to read and answer one question of a kind; estimates until measured times replace them.
SECONDS = {"level": 25, "quantity": 30, "choice": 15, "yes_no": 10, "date": 15, "text": 45, STANCE: 15}


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose: the value that is sent and the sentence that can be observed."""

    value: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One item as a role is asked it, in one language."""

    code: str
    domain: str
    domain_title: str
    kind: str
    text: str
    why: str = ""
    known_by: str = ""
    proof: str = ""
    unit: str = ""
    options: tuple[Option, ...] = ()
    core: bool = True
    condition: str = ""
    context: bool = False
    reading: int = 0

    @property
    def seconds(self) -> int:
        """Return the seconds that the question takes: from its words where they were counted, else an estimate by kind."""
        return self.reading or SECONDS[self.kind]

    @property
    def has_placeholders(self) -> bool:
        """Tell whether an earlier answer may fill in some of its words."""
        return any("{" in text for text in (self.text, self.why, self.known_by, self.proof, *(option.text for option in self.options)))

    @property
    def is_steered(self) -> bool:
        """Tell whether earlier answers decide whether it is asked, or in which words."""
        return bool(self.condition) or self.has_placeholders

    def in_words(self, words: Mapping[str, str]) -> "Question":
        """Return the question with what is known put into its words."""
        if not self.has_placeholders:
            return self
        return replace(
            self,
            text=fill(self.text, words),
            why=fill(self.why, words),
            known_by=fill(self.known_by, words),
            proof=fill(self.proof, words),
            options=tuple(Option(option.value, fill(option.text, words)) for option in self.options),
        )

    @property
    def is_stance(self) -> bool:
        """Tell whether this asks where the person stands, which is not an item of the bank."""
        return self.kind == STANCE


class Candidate(NamedTuple):
    """What decides whether a question is of a role's core: is the role the only one asked, accountable, is it a gate, its weight."""

    code: str
    only_role: bool
    accountable: bool
    gate: bool
    weight: int


def core_codes(candidates: Sequence[Candidate], role: str) -> frozenset[str]:
    """Return the codes to ask first: what only this role knows, the gates it answers for, other gates, then by weight.

    At most 15, 5 of a clinician and 8 of an executive sponsor; equals in the order given.
    """

    def rank(candidate: Candidate) -> tuple[bool, bool, bool, bool, int]:
        own_gate = candidate.gate and candidate.accountable
        return candidate.only_role, own_gate, candidate.gate, candidate.accountable, candidate.weight

    ranked = sorted(candidates, key=rank, reverse=True)
    return frozenset(candidate.code for candidate in ranked[: MOST_CORE_OF.get(role, MOST_CORE)])


@dataclass(frozen=True, slots=True)
class Section:
    """The questions of one domain, shown on one page; those of the core first."""

    code: str
    title: str
    questions: tuple[Question, ...]

    @property
    def core(self) -> tuple[Question, ...]:
        """Return the questions that are asked first."""
        return tuple(question for question in self.questions if question.core)

    @property
    def deeper(self) -> tuple[Question, ...]:
        """Return the questions for who has the time."""
        return tuple(question for question in self.questions if not question.core)

    def answered(self, codes: Collection[str]) -> int:
        """Return how many of the section's questions are among the answered ones."""
        return sum(question.code in codes for question in self.questions)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far somebody is: questions answered and in all, and the seconds that the open ones take."""

    answered: int
    total: int
    seconds_left: int

    @property
    def minutes_left(self) -> int:
        """Return whole minutes, at least 1 while a question is open."""
        return minutes(self.seconds_left)


def minutes(seconds: int) -> int:
    """Return seconds as whole minutes, rounded to the nearest; never 0 unless there is nothing to do."""
    return max(1, (seconds + 30) // 60) if seconds else 0


def sections_of(questions: Iterable[Question]) -> tuple[Section, ...]:
    """Return the questions as sections, both in the order given, but sections without a core question last."""
    domains = groupby(questions, key=lambda question: (question.domain, question.domain_title))
    sections = (Section(code, title, tuple(group)) for (code, title), group in domains)
    return tuple(sorted(sections, key=lambda section: not section.core))


def progress_of(questions: Iterable[Question], answered: Collection[str]) -> Progress:
    """Return the progress over the core questions, given the codes of the answered ones; other codes do not count."""
    core = [question for question in questions if question.core]
    still_open = [question for question in core if question.code not in answered]
    return Progress(answered=len(core) - len(still_open), total=len(core), seconds_left=sum(q.seconds for q in still_open))


def first_open(questions: Iterable[Question], answered: Collection[str]) -> Question | None:
    """Return the first core question without an answer, None when all are answered."""
    return next((question for question in questions if question.core and question.code not in answered), None)
