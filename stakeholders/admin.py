"""What an operator of the installation sees in Django's admin: accounts and seats to change, everything else to read."""

from django.contrib import admin
from django.http import HttpRequest
from simple_history.admin import SimpleHistoryAdmin

from stakeholders.models import (
    AccessLink,
    AuditEvent,
    HealthSystem,
    Hospital,
    Host,
    Membership,
    Message,
    Organisation,
    ServiceLine,
    Site,
    Stakeholder,
    User,
)


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows that are looked at, never edited or deleted by hand."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Refuse."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Refuse."""
        return False


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """Accounts; passwords are set by their owners, accounts are made by invitation."""

    list_display = ("email", "name", "is_active", "is_staff", "last_login")
    search_fields = ("email", "name")
    list_filter = ("is_active", "is_staff")
    fields = ("email", "name", "is_active", "is_staff", "is_superuser", "last_login", "date_joined")
    readonly_fields = ("email", "last_login", "date_joined")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse: `create_organisation` and admins' invitations make accounts."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Refuse: an account is switched off, so that what it did keeps its author."""
        return False


@admin.register(Organisation)
class OrganisationAdmin(SimpleHistoryAdmin):
    """Tenants; the erasure service alone deletes them."""

    list_display = ("name", "slug", "time_zone", "created_at")
    search_fields = ("name", "slug")
    readonly_fields = ("slug", "created_at")

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Refuse."""
        return False


@admin.register(Membership)
class MembershipAdmin(SimpleHistoryAdmin):
    """Seats: an operator may let an admin in again who lost theirs."""

    list_display = ("user", "organisation", "role", "is_active")
    list_filter = ("role", "is_active")
    search_fields = ("user__email", "organisation__name")
    raw_id_fields = ("user", "organisation")
    list_select_related = ("user", "organisation")

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Refuse: a seat is ended, not deleted."""
        return False


@admin.register(Hospital)
class HospitalAdmin(ReadOnlyAdmin):
    """The CMS list, loaded by `load_hospitals`."""

    list_display = ("ccn", "name", "city", "state")
    search_fields = ("ccn", "name", "city")
    list_filter = ("state",)


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyAdmin):
    """What happened, in ids only."""

    list_display = ("at", "organisation", "verb", "actor_kind", "subject_type", "subject_id")
    list_filter = ("verb", "actor_kind")
    list_select_related = ("organisation",)


@admin.register(Message)
class MessageAdmin(ReadOnlyAdmin):
    """Mails and what became of them."""

    list_display = ("created_at", "kind", "state", "tries", "organisation")
    list_filter = ("kind", "state")
    list_select_related = ("organisation",)


@admin.register(AccessLink)
class AccessLinkAdmin(ReadOnlyAdmin):
    """E-mailed links, without their hashes."""

    list_display = ("created_at", "purpose", "expires_at", "revoked_at", "organisation")
    list_filter = ("purpose",)
    list_select_related = ("organisation",)
    exclude = ("token_hash",)


admin.site.register([HealthSystem, Site, ServiceLine, Stakeholder, Host], ReadOnlyAdmin)
