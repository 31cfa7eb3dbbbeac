"""Read the mails that the file backend keeps: pure parsing of a folder, for the demonstration."""

import email
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime
from pathlib import Path

SEPARATOR = b"-" * 79
MOST_FILES = 400


@dataclass(frozen=True)
class KeptMail:
    """A mail as it was written to a file."""

    message_id: str
    subject: str
    sender: str
    to: str
    reply_to: str
    sent_at: datetime | None
    body: str


def read_mails(folder: Path) -> list[KeptMail]:
    """Return the mails of the newest 400 files, newest first; what is no mail is skipped, a missing folder is empty."""
    if not folder.is_dir():
        return []
    files = sorted(folder.glob("*.log"), key=lambda path: path.name, reverse=True)[:MOST_FILES]
    return [mail for path in files for mail in reversed(_mails(path.read_bytes()))]


def _mails(content: bytes) -> list[KeptMail]:
    blocks = (block.strip(b"\n") for block in content.split(SEPARATOR + b"\n"))
    return [kept for block in blocks if block and (kept := _mail(block)) is not None]


def _mail(block: bytes) -> KeptMail | None:
    message: EmailMessage = email.message_from_bytes(block, policy=default)
    message_id = str(message.get("Message-ID", "")).strip()
    part = message.get_body(("plain",))
    if not message_id or part is None:
        return None
    head = {name: str(message.get(name, "")) for name in ("Subject", "From", "To", "Reply-To", "Date")}
    return KeptMail(message_id, head["Subject"], head["From"], head["To"], head["Reply-To"], _moment(head["Date"]), str(part.get_content()))


def _moment(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except ValueError:
        return None
