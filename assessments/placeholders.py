"""Words of a question that an earlier answer fills in: `{CTX-01|your health record}`. Pure."""

import re
from collections.abc import Mapping
from typing import Final

PLACEHOLDER: Final = re.compile(r"\{([A-Za-z0-9][A-Za-z0-9_.-]{0,19})\|([^{}]*)\}")

# Choices that name nothing: put into a question, their words would not be those of the place.
NAMELESS: Final = frozenset(
    {"other", "none", "more_than_one", "no_single_one", "not_decided", "mixture", "both", "several_equally"}
)  # fmt: skip


def fill(text: str, words: Mapping[str, str]) -> str:
    """Return the text with each placeholder replaced by the words that are known for its item, else by its own words.

    What is put in is never read again, so that an answer cannot bring placeholders of its own.
    """
    return PLACEHOLDER.sub(lambda found: words.get(found[1]) or found[2], text) if "{" in text else text


def naming_words(choice: object, labels: Mapping[str, str]) -> str:
    """Return what a chosen answer is called within a question, empty when it names nothing or is not among the choices."""
    if not isinstance(choice, str) or choice in NAMELESS:
        return ""
    return labels.get(choice, "")
