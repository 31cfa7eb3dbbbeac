"""The mails of the demonstration, so that a newcomer can click an invited person's link. Not there outside of it."""

from functools import wraps
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.mail_files import read_mails
from stakeholders.access import MemberRequest, View, member
from stakeholders.models import Message, MessageKind
from stakeholders.policy import Right, may

MOST = 100


def only_in_demo(view: View) -> View:
    """Answer 404 to everybody unless this installation is a demonstration: its links would let a member answer for others."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@only_in_demo
@member(Right.ANSWERS)
@require_safe
def demo_mail(request: MemberRequest) -> HttpResponse:
    """Show the latest mails of the member's own organisation; links that set a password only to whoever manages members."""
    rows = Message.objects.for_member(request.membership)
    if not may(request.membership.role, Right.MANAGE):
        rows = rows.exclude(kind=MessageKind.MEMBER_INVITATION)
    own = {row.message_id: row for row in rows.order_by("-created_at")[:MOST]}
    kept = [
        {"mail": mail, "message": own[mail.message_id]} for mail in read_mails(Path(settings.EMAIL_FILE_PATH)) if mail.message_id in own
    ]
    return render(
        request, "assessments/demo_mail.html", {"mails": kept, "is_kept": settings.EMAIL_BACKEND.endswith("filebased.EmailBackend")}
    )
