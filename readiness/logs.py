"""Log hygiene: no token of an e-mailed link is ever written to a log."""

import logging
import re

LINK = re.compile(r"/(i|h|r|p|accounts/password/reset/key|accounts/confirm-email)/[A-Za-z0-9_:\-]{20,}")


def hide_links(text: str) -> str:
    """Return the text with every link's token replaced by `…`."""
    return LINK.sub(r"/\1/…", text)


class HideLinks(logging.Filter):
    """Replaces tokens in messages and their arguments."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record; never drops one."""
        record.msg = hide_links(record.getMessage())
        record.args = ()
        return True
