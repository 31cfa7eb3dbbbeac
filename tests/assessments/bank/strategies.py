"""Hypothesis strategies: any version that the bank's format allows, with the texts that YAML likes to misread."""

from hypothesis import strategies as st

from assessments.bank.version import (
    AT_LEAST,
    AT_MOST,
    BARRIERS,
    CLARITY_GAPS,
    KINDS,
    PARTS,
    POOLS,
    PRODUCT_TYPES,
    QUANTITY,
    ROLES,
    BankDomain,
    BankItem,
    BankUse,
    BankVersion,
    Choice,
)

PLAIN_WORDS = ["", " ", "no", "Yes", "on", "null", "~", "1e3", "012", "0x1F", "1:30", "12", "3.5", ".inf", "2026-11-22", "=", "<<"]
MARKS = [
    ": x",
    "x: y",
    "- a",
    "# no comment",
    "a # b",
    "&a",
    "*a",
    "!tag",
    "%TAG",
    "@",
    "`",
    "{a: b}",
    "[a",
    "'",
    '"',
    "\\",
    "---",
    "? a",
    "|",
]
SPACES = [" leading", "trailing ", "two  spaces", "tab\there", "\t", "\xa0", "\u2028", "\ufeffbom", "ü ß 漢字", "👩‍🔬 emoji"]
ENDS = ["line\nline", "line\n\nline", "\nline", "line\n", "line\n\n", "a\r\nb", "  \n x", "...\n---\n"]
LONG = ["word " * 60 + "end", "word " * 60, ("word " * 40 + "\n") * 2, "x" * 300, "x: " * 60]
MISREAD = [*PLAIN_WORDS, *MARKS, *SPACES, *ENDS, *LONG]
anything = st.characters(exclude_categories=("Cs", "Cc"), include_characters="\t\n\r")


def texts(longest=200):
    """Return texts of at most so many characters."""
    fitting = [text for text in MISREAD if len(text) <= longest]
    return st.sampled_from(fitting) | st.text(anything, max_size=min(longest, 60)) | st.text("ab \n:#-'\"", max_size=min(longest, 30))


lines = texts().filter(lambda text: text.splitlines() == [text] and text.strip())
codes = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,19}", fullmatch=True)
numbers = st.integers(0, 100_000) | st.floats(0, 100_000)
sources = st.one_of(st.just("practice guidance"), texts(400))


def some(values):
    """Return some of the values, each once, in any order."""
    return st.lists(st.sampled_from(values), unique=True, max_size=4).map(tuple)


uses = st.lists(
    st.builds(BankUse, st.sampled_from(PRODUCT_TYPES), st.booleans(), some(ROLES)), unique_by=lambda use: use.product_type, max_size=3
).map(tuple)
choices = st.lists(
    st.builds(
        Choice, st.sampled_from(["no", "yes", "1", "1e3", "-", "null"]) | st.from_regex(r"[a-z0-9_-]{1,40}", fullmatch=True), texts()
    ),
    unique_by=lambda choice: choice.code,
    max_size=3,
).map(tuple)


@st.composite
def items(draw, code, domain):
    """Return any item with this code in this domain."""
    kind = draw(st.sampled_from(KINDS))
    asking = draw(st.fixed_dictionaries({"roles": some(ROLES), "when_short": some(ROLES), "uses": uses}))
    words = ("requirement", "why", "usually_known_by", "action_health_system", "action_vendor", "need_from", "condition", "opens_when")
    return BankItem(
        code=code,
        domain=domain,
        part=draw(st.sampled_from(PARTS)),
        kind=kind,
        title=draw(texts()),
        questions=draw(st.dictionaries(st.sampled_from(["", *ROLES]), texts(), max_size=3)),
        steps=tuple(draw(st.lists(texts(), max_size=5))),
        choices=draw(choices),
        evidence=tuple(draw(st.lists(lines, max_size=3))),
        need=draw(numbers.filter(lambda number: number >= 0.01)),
        need_is_estimate=draw(st.booleans()),
        floor=draw(st.none() | numbers),
        weight=draw(st.integers(1, 5)),
        unit=draw(texts(30)),
        direction=draw(st.sampled_from([AT_LEAST, AT_MOST])) if kind == QUANTITY else AT_LEAST,
        lead_weeks=tuple(sorted(draw(st.tuples(numbers, numbers, numbers)))),
        lead_is_estimate=draw(st.booleans()),
        effort_hours=draw(st.dictionaries(st.sampled_from(POOLS), numbers, max_size=3)),
        effort_is_estimate=draw(st.booleans()),
        depends_on=tuple(draw(st.lists(codes, unique=True, max_size=3))),
        barrier=draw(st.sampled_from(["", *BARRIERS])),
        clarity_gap=draw(st.sampled_from(["", *CLARITY_GAPS])),
        source=draw(sources),
        source_is_public=draw(st.booleans()),
        **asking,
        **{word: draw(texts()) for word in words},
    )


@st.composite
def versions(draw):
    """Return any version that a file can hold."""
    domain_codes = draw(st.lists(st.from_regex(r"[A-Za-z0-9_-]{1,10}", fullmatch=True), unique=True, max_size=3))
    weights = st.floats(0.01, 100) | st.integers(1, 100)
    domains = [BankDomain(code, draw(texts(80)), draw(texts(300)), draw(weights)) for code in domain_codes]
    item_codes = draw(st.lists(codes, unique=True, max_size=3)) if domains else []
    return BankVersion(
        code=draw(st.from_regex(r"[A-Za-z0-9_-]{1,60}", fullmatch=True)),
        number=draw(st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,19}", fullmatch=True)),
        title=draw(texts(160)),
        description=draw(texts()),
        note=draw(texts()),
        language=draw(texts(5)),
        domains=tuple(domains),
        items=tuple(draw(items(code, draw(st.sampled_from(domain_codes)))) for code in item_codes),
    )
