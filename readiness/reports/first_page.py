"""Page one: what to do and why, in one minute."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from readiness.reports.domains import DomainLine, domain_lines
from readiness.reports.room import Shown, Texts, bars_class, fit, gap_class, title_size
from readiness.reports.sentences import VerdictWords, spoken_words, verdict_words, wave_words
from readiness.reports.subject import Gate, Subject
from readiness.reports.waves import WaveLine, wave_lines
from readiness.reports.words import clipped, day, listed, number, role_title
from readiness.templatetags.charts import figure, percent

MOST_GATES, MOST_ASKS, MOST_WAVES = 7, 3, 4
FEWEST = Shown(gates=3, sentences=3, asks=1, domains=5)
LONGEST_TITLE, LONGEST_ASK, LONGEST_GATE, LONGEST_SENTENCE, LONGEST_DOMAIN = 200, 140, 64, 190, 44


@dataclass(frozen=True)
class KeyFigure:
    """A large figure with the words that make it readable."""

    figure: str
    words: str


@dataclass(frozen=True)
class Ask:
    """One thing that must happen before signature: what, the gate it answers, and whose it is."""

    what: str
    gate: str
    owner: str


@dataclass(frozen=True)
class FirstPage:
    """All of page one but title and date."""

    title: str
    title_size: str
    gap_class: str
    parties: str
    verdict: VerdictWords
    wave_words: str
    promise: str
    promise_terms: str
    figures: tuple[KeyFigure, ...]
    failed: tuple[Gate, ...]
    failed_more: int
    gates_note: str
    domains: tuple[DomainLine, ...]
    domains_more: int
    bars_class: str
    waves: tuple[WaveLine, ...]
    spoken: tuple[str, ...]
    asks: tuple[Ask, ...]


def first_page(subject: Subject) -> FirstPage:
    """Return page one; long names and promises take the place of gates and waves, so that it stays one page."""
    verdict = verdict_words(subject)
    promise, terms = promise_words(subject)
    failed, wanted = subject.in_state("failed"), asks(subject)[:MOST_ASKS]
    waves = wave_lines(subject) if len(subject.result["waves"]) <= MOST_WAVES else ()
    in_words = "" if waves else clipped(wave_words(subject), LONGEST_SENTENCE)
    spoken = tuple(clipped(sentence, LONGEST_SENTENCE) for sentence in spoken_words(subject))
    texts = Texts(
        title=clipped(deal_title(subject), LONGEST_TITLE),
        verdict=f"{verdict.reason} {in_words}",
        promise=f"{promise} {terms}".strip(),
        gates=[clipped(gate.title, LONGEST_GATE) for gate in failed],
        sentences=spoken,
        asks=[ask.what for ask in wanted],
        parties=parties_words(subject),
        domains=[clipped(line.title, LONGEST_DOMAIN) for line in domain_lines(subject)],
        waves=len(waves),
    )
    shown = fit(texts, most_gates=MOST_GATES, fewest=FEWEST)
    return FirstPage(
        title=texts.title,
        title_size=title_size(texts.title)[0],
        gap_class=gap_class(texts, shown),
        parties=texts.parties,
        verdict=verdict,
        wave_words=in_words,
        promise=promise,
        promise_terms=terms,
        figures=key_figures(subject),
        failed=tuple(failed[: shown.gates]),
        failed_more=len(failed) - shown.gates,
        gates_note=gates_note(subject),
        domains=domain_lines(subject)[: shown.domains],
        domains_more=len(texts.domains) - shown.domains,
        bars_class=bars_class(texts, shown),
        waves=waves,
        spoken=spoken[: shown.sentences],
        asks=wanted[: shown.asks],
    )


def deal_title(subject: Subject) -> str:
    """Return what is sold and to whom."""
    return _("%(product)s at %(system)s") % {"product": subject.deal["product"], "system": subject.deal["health_system"]}


def parties_words(subject: Subject) -> str:
    """Return who with whom, and how much the assessment covers."""
    sites, asked = len(subject.content["sites"]), len(subject.items)
    people = sum(seat["state"] == "submitted" for seat in subject.seats)
    parts = [
        ngettext("%(n)s person answered", "%(n)s people answered", people) % {"n": people},
        ngettext("%(n)s site", "%(n)s sites", sites) % {"n": sites},
        ngettext("%(n)s requirement in scope", "%(n)s requirements in scope", asked) % {"n": asked},
    ]
    return _("Sold by %(vendor)s.") % {"vendor": clipped(subject.deal["vendor"], 80)} + " " + ", ".join(parts) + "."


def promise_words(subject: Subject) -> tuple[str, str]:
    """Return the promise as a sentence, and its constraint and owner; empty where none is written."""
    promise = subject.content["promise"]
    if promise is None:
        return "", ""
    unit = " " + clipped(promise["unit"], 20) if promise["unit"] else ""
    values = {"metric": clipped(promise["metric"], 150), "baseline": "", "target": number(promise["target"]) + unit}
    if promise["baseline"] is None:
        sentence = _("%(metric)s: %(target)s")
    else:
        sentence = _("%(metric)s: from %(baseline)s to %(target)s")
        values["baseline"] = number(promise["baseline"]) + unit
    if promise["by"]:
        sentence += " " + _("by %(day)s") % {"day": day(promise["by"])}
    terms = [_("Constraint: %(words)s.") % {"words": clipped(promise["constraint"], 100).rstrip(".")}] if promise["constraint"] else []
    if promise["owner"]:
        terms.append(_("Owner: %(name)s.") % {"name": clipped(promise["owner"], 60)})
    return sentence % values + ".", " ".join(terms)


def key_figures(subject: Subject) -> tuple[KeyFigure, ...]:
    """Return the four figures under the verdict, each with its range or its whole."""
    overall = subject.result["overall"]
    failed = len(subject.in_state("failed"))
    disagreements = sum(finding["rule"] in ("disagreement", "variation") for finding in subject.content["findings"])
    span = _("readiness, range %(low)s–%(high)s") % {"low": figure(overall["low"]), "high": figure(overall["high"])}
    return (
        KeyFigure(figure(overall["score"]), span if overall["score"] is not None else _("no readiness score yet")),
        KeyFigure(percent(overall["coverage"]), _("covered: answered by the accountable role, by weight")),
        KeyFigure(_("%(failed)s of %(total)s") % {"failed": failed, "total": len(subject.gates)}, _("gates failed")),
        KeyFigure(
            str(disagreements),
            ngettext("requirement on which people disagree", "requirements on which people disagree", disagreements),
        ),
    )


def gates_note(subject: Subject) -> str:
    """Return what the list of failed gates does not say: unknown ones, or that none failed."""
    unknown = len(subject.in_state("unknown"))
    words = ngettext("%(n)s gate is unknown.", "%(n)s gates are unknown.", unknown) % {"n": unknown} if unknown else ""
    if subject.in_state("failed"):
        return words
    return " ".join([_("No gate failed."), words]).strip()


def asks(subject: Subject) -> tuple[Ask, ...]:
    """Return what must happen before signature: champions first, then the default action of the gravest failed gates without a plan."""
    failed = [gate for gate in subject.in_state("failed") if not gate.planned]
    services = [subject.service(gate.code) for gate in failed if gate.kind == "champion"]
    found = []
    if services:
        what = _("Name a champion in %(services)s, and free the hours it takes.") % {"services": listed(services)}
        found.append(Ask(clipped(what, LONGEST_ASK), "", role_title("clinician")))
    for gate in failed:
        if gate.is_requirement:
            item = subject.items[gate.code]
            what = item["action_health_system"] or item["requirement"] or gate.title
            found.append(Ask(clipped(what, LONGEST_ASK), gate.code, role_title(item["accountable"])))
    return tuple(found)
