"""A person's questionnaire: its questions, sections, length and progress. Pure: nothing of the ORM, clock or settings."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

STANCE = "stance"

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

    @property
    def seconds(self) -> int:
        """Return the seconds that the question takes."""
        return SECONDS[self.kind]

    @property
    def is_stance(self) -> bool:
        """Tell whether this asks where the person stands, which is not an item of the bank."""
        return self.kind == STANCE


@dataclass(frozen=True, slots=True)
class Section:
    """The questions of one domain, shown on one page."""

    code: str
    title: str
    questions: tuple[Question, ...]

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
    """Return the questions as sections, both in the order given."""
    domains = groupby(questions, key=lambda question: (question.domain, question.domain_title))
    return tuple(Section(code, title, tuple(group)) for (code, title), group in domains)


def progress_of(questions: Sequence[Question], answered: Collection[str]) -> Progress:
    """Return the progress over the questions, given the codes of the answered ones; codes that are not asked do not count."""
    still_open = [question for question in questions if question.code not in answered]
    return Progress(answered=len(questions) - len(still_open), total=len(questions), seconds_left=sum(q.seconds for q in still_open))


def first_open(questions: Iterable[Question], answered: Collection[str]) -> Question | None:
    """Return the first question without an answer, None when all are answered."""
    return next((question for question in questions if question.code not in answered), None)
