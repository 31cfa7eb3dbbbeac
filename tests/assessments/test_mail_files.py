from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.filebased import EmailBackend

from assessments.mail_files import read_mails


def keep(folder, subject="Héllo 世界", body="Dear all,\n\nhttps://x.example/i/abc/\n", **headers):
    mail = EmailMultiAlternatives(subject, body, "Lead <a@x.example>", ["b@x.example"], reply_to=["c@x.example"], headers=headers)
    EmailBackend(file_path=str(folder)).send_messages([mail])


def test_kept_mail_is_read_back_with_foreign_scripts(tmp_path):
    keep(tmp_path, **{"Message-ID": "<1@x.example>"})
    (mail,) = read_mails(tmp_path)
    assert (mail.message_id, mail.subject, mail.to, mail.reply_to) == ("<1@x.example>", "Héllo 世界", "b@x.example", "c@x.example")
    assert "https://x.example/i/abc/" in mail.body
    assert mail.sent_at is not None


def test_line_of_dashes_in_a_body_does_not_lose_the_mail(tmp_path):
    keep(tmp_path, body="above\n" + "-" * 20 + "\nbelow", **{"Message-ID": "<2@x.example>"})
    assert "below" in read_mails(tmp_path)[0].body


def test_several_mails_of_one_file_are_read_newest_first(tmp_path):
    backend = EmailBackend(file_path=str(tmp_path))
    mails = [EmailMultiAlternatives(f"No {n}", "x", "a@x.example", ["b@x.example"], headers={"Message-ID": f"<{n}@x>"}) for n in (1, 2)]
    backend.send_messages(mails)
    assert [mail.subject for mail in read_mails(tmp_path)] == ["No 2", "No 1"]


def test_missing_folder_is_empty(tmp_path):
    assert read_mails(tmp_path / "nowhere") == []


def test_file_that_is_no_mail_is_skipped(tmp_path):
    (tmp_path / "x.log").write_bytes(b"\x00\xff not a mail")
    assert read_mails(tmp_path) == []


def test_mail_without_a_readable_date_is_kept(tmp_path):
    (tmp_path / "x.log").write_bytes(b"Message-ID: <3@x>\nSubject: s\nDate: yesterday\n\nbody\n" + b"-" * 79 + b"\n")
    assert (read_mails(tmp_path)[0].message_id, read_mails(tmp_path)[0].sent_at) == ("<3@x>", None)
