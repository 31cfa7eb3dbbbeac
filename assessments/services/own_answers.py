"""Read an interview as its owner sees it: what is asked, what is answered, how far it is."""

from dataclasses import dataclass
from functools import cached_property

from assessments.given_answers import GivenAnswer, in_words
from assessments.models import Answer, Interview
from assessments.questionnaire import STANCE, Progress, Question, Section, first_open, progress_of, sections_of
from assessments.services.answers import given_from
from assessments.services.questions import questions_of


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One question with the owner's answer beside it; `words` is empty while it is open."""

    question: Question
    answer: Answer | None
    words: str


@dataclass(frozen=True)
class OwnAnswers:
    """An interview's questions with the answers given so far, by code."""

    interview: Interview
    questions: tuple[Question, ...]
    answers: dict[str, Answer]

    @cached_property
    def given(self) -> dict[str, GivenAnswer]:
        """Return what was answered, the stance included; answers to questions that are not asked any more are left out."""
        asked = {question.code for question in self.questions}
        given = {code: given_from(answer) for code, answer in self.answers.items() if code in asked}
        if STANCE in asked and self.interview.stance is not None:
            given[STANCE] = GivenAnswer(STANCE, self.interview.stance)
        return given

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
    """Return the interview's questions and answers; two queries, evidence included, and those of `questions_of`."""
    answers = {answer.item_code: answer for answer in interview.answers.prefetch_related("evidence")}
    return OwnAnswers(interview, questions_of(interview), answers)
