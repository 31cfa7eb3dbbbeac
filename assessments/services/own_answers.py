"""Read an interview as its owner sees it: what is asked, what is answered, how far it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from assessments.branching import for_browser, looked_at, own_way
from assessments.conditions import Answer as Known
from assessments.conditions import Json
from assessments.given_answers import GivenAnswer, in_words
from assessments.models import Answer, Interview
from assessments.questionnaire import STANCE, Progress, Question, Section, first_open, progress_of, sections_of
from assessments.services.answers import given_from
from assessments.services.facts import NOTHING_KNOWN, Facts, facts_of, known_values, words_of
from assessments.services.questions import questions_of, scope_of


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One question with the owner's answer beside it; `words` is empty while it is open."""

    question: Question
    answer: Answer | None
    words: str


@dataclass(frozen=True)
class OwnAnswers:
    """What an interview asks now, with the answers given so far, by code.

    `every` are all questions that it could ask, those included whose condition does not hold; their answers are kept and count
    for nothing until it does.
    """

    interview: Interview
    questions: tuple[Question, ...]
    answers: dict[str, Answer]
    every: tuple[Question, ...] = ()
    known: Mapping[str, Known] = field(default_factory=dict)
    facts: Facts = NOTHING_KNOWN

    @cached_property
    def asked(self) -> frozenset[str]:
        """Return the codes of what is asked now."""
        return frozenset(question.code for question in self.questions)

    @property
    def kept(self) -> int:
        """Return how many answers are kept of questions that are not asked any more because of another answer."""
        return sum(question.code in self.answers and question.code not in self.asked for question in self.every)

    def could_ask(self, domain: str) -> tuple[Question, ...]:
        """Return a domain's questions, those included that are not asked because of what is known."""
        return tuple(question for question in self.every if question.domain == domain)

    def page_questions(self, domain: str) -> tuple[Question, ...]:
        """Return what a domain's page holds: what is asked, and what an answer on the page itself may call up."""
        could = self.could_ask(domain)
        page = {question.code for question in could}
        return tuple(q for q in could if q.code in self.asked or looked_at(q.condition) & page)

    def condition_on_page(self, question: Question) -> Json | None:
        """Return what the browser evaluates while answers change; None where no answer on the question's page matters."""
        page = {other.code for other in self.could_ask(question.domain)}
        if not looked_at(question.condition) & page:
            return None
        return for_browser(question.condition, page=page, known=self.known, facts=self.facts.known)

    @cached_property
    def given(self) -> dict[str, GivenAnswer]:
        """Return what was answered, the stance included; answers to questions that are not asked any more are left out."""
        given = {code: given_from(answer) for code, answer in self.answers.items() if code in self.asked}
        if STANCE in self.asked and self.interview.stance is not None:
            given[STANCE] = GivenAnswer(STANCE, self.interview.stance)
        return given

    @cached_property
    def stored(self) -> dict[str, GivenAnswer]:
        """Return all that is kept, whether its question is asked now or not."""
        return {code: given_from(answer) for code, answer in self.answers.items()} | self.given

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """Return the questions by section."""
        return sections_of(self.questions)

    @property
    def core_sections(self) -> tuple[Section, ...]:
        """Return the sections that hold what is asked first; the others come after them."""
        return tuple(section for section in self.sections if section.core)

    @property
    def still_open(self) -> tuple[Question, ...]:
        """Return the core questions without an answer."""
        return tuple(question for question in self.questions if question.core and question.code not in self.given)

    @property
    def deeper_open(self) -> tuple[Question, ...]:
        """Return the questions beyond the core without an answer."""
        return tuple(question for question in self.questions if not question.core and question.code not in self.given)

    @property
    def progress(self) -> Progress:
        """Return how far the interview is."""
        return progress_of(self.questions, self.given)

    @property
    def first_open(self) -> Question | None:
        """Return the question to go on with."""
        return first_open(self.questions, self.given)

    @property
    def deeper_sections(self) -> list[tuple[Section, int]]:
        """Return the sections with questions beyond the core that are open, and how many."""
        counted = ((section, sum(q in self.deeper_open for q in section.deeper)) for section in self.sections)
        return [(section, number) for section, number in counted if number]

    def lines(self) -> list[tuple[Section, list[AnswerLine]]]:
        """Return the sections with what is answered, in words, and the core questions that are open."""
        lines = ((section, [self._line(q) for q in section.questions if q.core or q.code in self.given]) for section in self.sections)
        return [(section, found) for section, found in lines if found]

    def _line(self, question: Question) -> AnswerLine:
        given = self.given.get(question.code)
        return AnswerLine(question, self.answers.get(question.code), in_words(question, given) if given else "")


def own_answers(interview: Interview) -> OwnAnswers:
    """Return the interview's questions and answers; two queries, evidence included, one more where earlier answers steer, and
    those of `questions_of`.
    """
    answers = {answer.item_code: answer for answer in interview.answers.prefetch_related("evidence")}
    every = questions_of(interview)
    facts = _facts(interview, every)
    own = _own(every, answers.values())
    asked, known = own_way([(q.code, q.condition) for q in every], facts=facts.known, own=own)
    words = _words(every, facts, {code: value for code, value in own.items() if code in asked})
    every = tuple(question.in_words(words) for question in every)
    return OwnAnswers(interview, tuple(q for q in every if q.code in asked), answers, every, known, facts)


def asked_now(interview: Interview) -> tuple[Question, ...]:
    """Return what the interview asks now: as `questions_of`, less what earlier answers make needless; no query more where
    nothing steers, else two.
    """
    every = questions_of(interview)
    if not any(question.is_steered for question in every):
        return every
    facts = _facts(interview, every)
    asked, _known = own_way([(q.code, q.condition) for q in every], facts=facts.known, own=_own(every, interview.answers.all()))
    return tuple(question.in_words(facts.words) for question in every if question.code in asked)


def _facts(interview: Interview, questions: Iterable[Question]) -> Facts:
    scope = scope_of(interview)
    return facts_of(scope) if scope and any(question.is_steered for question in questions) else NOTHING_KNOWN


def _own(questions: Iterable[Question], answers: Iterable[Answer]) -> dict[str, Known]:
    """Return the person's own known answers, those of another kind than the question is now left out."""
    kinds = {question.code: question.kind for question in questions}
    fitting = (answer for answer in answers if kinds.get(answer.item_code) == answer.kind)
    return known_values({"item_code": answer.item_code, "kind": answer.kind, answer.kind: answer.value} for answer in fitting)


def _words(questions: Iterable[Question], facts: Facts, own: Mapping[str, Known]) -> dict[str, str]:
    """Return what may stand in a question: the person's own answers before what others made known."""
    labels = {q.code: {option.value: option.text for option in q.options} for q in questions if q.kind == "choice" and q.code in own}
    return {**{code: words for code, words in facts.words.items() if code not in own}, **words_of(own, labels)}
