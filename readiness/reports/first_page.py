"""Page one: what to do and why, in one minute."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from readiness.reports import room
from readiness.reports.domains import DomainLine, domain_lines
from readiness.reports.measure import fitted
from readiness.reports.sentences import VerdictWords, spoken_words, verdict_words, wave_words
from readiness.reports.subject import Gate, Subject
from readiness.reports.vendor import vendor_sentence
from readiness.reports.waves import WaveLine, wave_lines
from readiness.reports.words import clipped, day, ended, listed, number, role_title
from readiness.templatetags.charts import figure, percent

MOST_GATES, MOST_ASKS, MOST_WAVES = 7, 3, 4
FEWEST = room.Shown(gates=3, sentences=2, asks=1, domains=5)


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
    gates_title: str
    gates: tuple[Gate, ...]
    gates_more: int
    gates_note: str
    domains: tuple[DomainLine, ...]
    domains_more: int
    bars_class: str
    waves: tuple[WaveLine, ...]
    spoken: tuple[str, ...]
    asks: tuple[Ask, ...]


def first_page(subject: Subject) -> FirstPage:
    """Return page one; long names and promises take the place of gates and asks, so that it stays one page."""
    verdict, (promise, terms) = verdict_words(subject), promise_words(subject)
    waves = tuple(replace(line, title=fitted(line.title, room.WAVE, 2)) for line in wave_lines(subject))
    in_words = fitted(wave_words(subject), room.VERDICT, 3) if len(waves) > MOST_WAVES else ""
    listed_gates = subject.in_state("failed") or subject.in_state("unknown")
    gates = [replace(gate, title=fitted(gate.title, room.GATE, 2)) for gate in listed_gates]
    domains = [replace(line, title=fitted(line.title, room.DOMAIN, 2)) for line in domain_lines(subject)]
    wanted = [replace(ask, what=fitted(ask.what, room.ASK, 4)) for ask in asks(subject)[:MOST_ASKS]]
    texts = room.Texts(
        title=fitted(deal_title(subject), room.TITLES[-1][1], 3),
        verdict=f"{verdict.reason} {in_words}",
        promise=f"{fitted(promise, room.PROMISE, 3)} {fitted(terms, room.PROMISE, 2)}".strip(),
        gates=[gate.title for gate in gates],
        sentences=[fitted(sentence, room.SENTENCE, 4) for sentence in spoken_words(subject)],
        asks=[ask.what for ask in wanted],
        parties=fitted(parties_words(subject), room.PARTIES, 2),
        domains=[line.title for line in domains],
        waves=[line.title for line in waves] if len(waves) <= MOST_WAVES else [],
    )
    shown = room.fit(texts, most_gates=MOST_GATES, fewest=FEWEST)
    return FirstPage(
        title=texts.title,
        title_size=room.title_size(texts.title)[0],
        gap_class=room.gap_class(texts, shown),
        parties=texts.parties,
        verdict=verdict,
        wave_words=in_words,
        promise=fitted(promise, room.PROMISE, 3),
        promise_terms=fitted(terms, room.PROMISE, 2),
        figures=key_figures(subject),
        gates_title=_("Gates that failed") if subject.in_state("failed") else _("Gates that are unknown"),
        gates=tuple(gates[: shown.gates]),
        gates_more=len(gates) - shown.gates,
        gates_note=gates_note(subject),
        domains=tuple(domains[: shown.domains]),
        domains_more=len(domains) - shown.domains,
        bars_class=room.bars_class(texts, shown),
        waves=waves if texts.waves else (),
        spoken=tuple(texts.sentences[: shown.sentences]),
        asks=tuple(wanted[: shown.asks]),
    )


def deal_title(subject: Subject) -> str:
    """Return what is sold and to whom."""
    return _("%(product)s at %(system)s") % {"product": subject.deal["product"], "system": subject.deal["health_system"]}


def parties_words(subject: Subject) -> str:
    """Return who with whom, how much the assessment covers, and how ready the vendor says it is itself."""
    sites, asked = len(subject.content["sites"]), len(subject.items)
    people = sum(seat["state"] == "submitted" for seat in subject.seats)
    parts = [
        ngettext("%(n)s person answered", "%(n)s people answered", people) % {"n": people},
        ngettext("%(n)s site", "%(n)s sites", sites) % {"n": sites},
        ngettext("%(n)s requirement in scope", "%(n)s requirements in scope", asked) % {"n": asked},
    ]
    sold = ended(_("Sold by %(vendor)s") % {"vendor": clipped(subject.deal["vendor"], 80)})
    return " ".join(words for words in (sold, ", ".join(parts) + ".", vendor_sentence(subject)) if words)


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
    terms = [ended(_("Constraint: %(words)s") % {"words": clipped(promise["constraint"], 100)})] if promise["constraint"] else []
    if promise["owner"]:
        terms.append(ended(_("Owner: %(name)s") % {"name": clipped(promise["owner"], 60)}))
    return ended(sentence % values), " ".join(terms)


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
    """Return what the list of gates does not say: unknown ones beside the failed, or that none failed."""
    unknown = len(subject.in_state("unknown"))
    if not subject.in_state("failed"):
        return _("No gate failed.")
    return ngettext("%(n)s gate is unknown.", "%(n)s gates are unknown.", unknown) % {"n": unknown} if unknown else ""


def asks(subject: Subject) -> tuple[Ask, ...]:
    """Return what must happen before signature: what mends the failed gates without a plan, then what answers the unknown ones."""
    return (*mending(subject), *finding_out(subject))


def mending(subject: Subject) -> tuple[Ask, ...]:
    """Return champions first, then the default actions of failed requirements, most missing first."""
    failed = [gate for gate in subject.in_state("failed") if not gate.planned]
    services = [subject.service(gate.code) for gate in failed if gate.kind == "champion"]
    found = []
    if services:
        what = _("Name a champion in %(services)s, and free the hours it takes.") % {"services": listed(services)}
        found.append(Ask(what, "", role_title("clinician")))
    for gate in failed:
        if gate.is_requirement:
            item = subject.items[gate.code]
            what = item["action_health_system"] or item["requirement"] or gate.title
            found.append(Ask(what, gate.code, role_title(item["accountable"])))
    return tuple(found)


def finding_out(subject: Subject) -> tuple[Ask, ...]:
    """Return who must still be heard: silent roles, silent service lines, and who is accountable for what nobody could answer."""
    unknown = subject.in_state("unknown")
    roles = [role_title(gate.code) for gate in unknown if gate.kind == "role"]
    services = [subject.service(gate.code) for gate in unknown if gate.kind == "champion"]
    items = [gate for gate in unknown if gate.is_requirement]
    found = []
    if roles:
        found.append(Ask(_("Hear the roles that are silent: %(roles)s.") % {"roles": listed(roles)}, "", _("Host")))
    if services:
        what = _("Ask a front-line clinician of %(services)s where they stand.") % {"services": listed(services)}
        found.append(Ask(what, "", role_title("clinician")))
    for gate in items:
        what = _("Find out: %(requirement)s") % {"requirement": subject.items[gate.code]["requirement"] or gate.title}
        found.append(Ask(what, gate.code, role_title(subject.items[gate.code]["accountable"])))
    return tuple(found)
