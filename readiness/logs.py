"""Log hygiene: no token of an e-mailed link is ever written to a log."""

import logging
import re

# Also without the first slash and percent-encoded, as addresses stand in the messages of errors and in `?next=`.
LINK = re.compile(r"((?:\b|%2F)(?:i|h|r|p|accounts/password/reset/key|accounts/confirm-email)(?:/|%2F))[A-Za-z0-9_:\-]{20,}", re.IGNORECASE)


def hide_links(text: str) -> str:
    """Return the text with every link's token replaced by `…`."""
    return LINK.sub(r"\1…", text)


class HideLinks(logging.Filter):
    """Replaces tokens in messages, their arguments and tracebacks."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record; never drops one."""
        record.msg = hide_links(record.getMessage())
        record.args = ()
        if record.exc_info:
            # Formatters take the text where there is one, and would else write the error's own words.
            record.exc_text = hide_links(record.exc_text or logging.Formatter().formatException(record.exc_info))
        return True
