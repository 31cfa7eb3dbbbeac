"""Attach files to an answer and take them away again."""

import hashlib
import uuid

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.evidence_files import clean_name, recognise
from assessments.models import Answer, Evidence, Interview
from assessments.services.answers import InterviewClosedError
from stakeholders.services.audit import record_event


class RefusedFileError(ValueError):
    """A file that is not taken; the message tells the person why."""


@transaction.atomic
def attach_evidence(*, answer: Answer, upload: UploadedFile) -> Evidence:
    """Keep a file as evidence of an answer, under a name that says nothing; at most 10 MB and five files each.

    Raises InterviewClosedError, and RefusedFileError for what is not a PDF, picture, Word, Excel or text file by content.
    """
    interview = _open_interview(answer.interview)
    if not interview.assessment.uploads_allowed:
        raise RefusedFileError(_("Files cannot be attached here. Say where it can be seen instead."))
    Answer.objects.select_for_update(no_key=True).get(pk=answer.pk)
    if answer.evidence.count() >= settings.EVIDENCE_MAX_FILES:
        most = settings.EVIDENCE_MAX_FILES
        raise RefusedFileError(
            ngettext(
                "%(most)d file is attached already, which is all that fits.",
                "%(most)d files are attached already, which is all that fits.",
                most,
            )
            % {"most": most}
        )
    evidence = _evidence(answer, upload)
    evidence.save()
    _record(interview, "evidence.attached", evidence)
    return evidence


@transaction.atomic
def remove_evidence(*, evidence: Evidence) -> None:
    """Delete a file and its row; raises InterviewClosedError once the interview is handed in."""
    interview = _open_interview(evidence.answer.interview)
    _record(interview, "evidence.removed", evidence)
    storage, name = evidence.file.storage, evidence.file.name
    evidence.delete()
    # The file goes last: a transaction that fails must not leave a row without its file.
    transaction.on_commit(lambda: storage.delete(str(name)))


def _open_interview(interview: Interview) -> Interview:
    locked = Interview.objects.select_for_update(of=("self",), no_key=True).select_related("assessment__organisation").get(pk=interview.pk)
    if not locked.can_be_answered:
        raise InterviewClosedError
    return locked


def _evidence(answer: Answer, upload: UploadedFile) -> Evidence:
    """Return the row and file, unsaved, of an upload that is neither empty, nor too large, nor of a type that is not taken."""
    size = upload.size or 0
    if size == 0:
        raise RefusedFileError(_("This file is empty."))
    if size > settings.EVIDENCE_MAX_BYTES:
        megabytes = settings.EVIDENCE_MAX_BYTES // (1024 * 1024)
        raise RefusedFileError(_("This file is larger than %(megabytes)d MB.") % {"megabytes": megabytes})
    content = upload.read()
    file_type = recognise(upload.name or "", content)
    if file_type is None:
        raise RefusedFileError(
            _("Only PDF, PNG, JPEG, Word (.docx), Excel (.xlsx), .txt and .csv files are taken, and the name must fit the content.")
        )
    return Evidence(
        id=uuid.uuid4(),
        answer=answer,
        file=ContentFile(content, name="evidence"),
        name=clean_name(upload.name or "", file_type),
        content_type=file_type.content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )


def _record(interview: Interview, verb: str, evidence: Evidence) -> None:
    record_event(
        organisation=interview.assessment.organisation,
        verb=verb,
        subject=evidence,
        actor=interview.stakeholder,
        assessment_id=interview.assessment_id,
    )
