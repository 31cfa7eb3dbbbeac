"""Pages about organisations, members and the customer's health systems."""

from django.urls import URLPattern, path

from stakeholders.views import health_systems, members, password, service_lines, settings, sites

settings_pages: list[URLPattern] = [
    path("settings/", settings.settings_page, name="settings"),
    path("settings/name/", settings.own_name, name="own-name"),
    path("settings/organisation/", settings.organisation_settings, name="organisation"),
    path("settings/switch-organisation/", settings.switch_organisation, name="switch-organisation"),
    path("settings/members/", members.members, name="members"),
    path("settings/members/invite/", members.member_invite, name="member-invite"),
    path("settings/members/<uuid:pk>/", members.member_edit, name="member-edit"),
    path("settings/members/<uuid:pk>/deactivate/", members.member_deactivate, name="member-deactivate"),
    path("settings/members/<uuid:pk>/reactivate/", members.member_reactivate, name="member-reactivate"),
    path("settings/members/<uuid:pk>/invite-again/", members.member_invite_again, name="member-invite-again"),
]

# The page of one health system shows its assessments too, so it is in readiness/pages.
customer_pages: list[URLPattern] = [
    path("health-systems/", health_systems.health_systems, name="health-systems"),
    path("health-systems/new/", health_systems.health_system_new, name="health-system-new"),
    path("health-systems/<uuid:pk>/edit/", health_systems.health_system_edit, name="health-system-edit"),
    path("health-systems/<uuid:pk>/delete/", health_systems.health_system_delete, name="health-system-delete"),
    path("health-systems/<uuid:pk>/sites/find/", sites.site_find, name="site-find"),
    path("health-systems/<uuid:pk>/sites/add/", sites.site_add_hospital, name="site-add-hospital"),
    path("health-systems/<uuid:pk>/sites/new/", sites.site_new, name="site-new"),
    path("health-systems/<uuid:pk>/service-lines/new/", service_lines.service_line_new, name="service-line-new"),
    path("sites/<uuid:pk>/edit/", sites.site_edit, name="site-edit"),
    path("sites/<uuid:pk>/delete/", sites.site_delete, name="site-delete"),
    path("service-lines/<uuid:pk>/edit/", service_lines.service_line_edit, name="service-line-edit"),
    path("service-lines/<uuid:pk>/delete/", service_lines.service_line_delete, name="service-line-delete"),
]

urlpatterns = [path("p/<str:token>/", password.set_password, name="set-password"), *settings_pages, *customer_pages]
