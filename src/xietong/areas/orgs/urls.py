from django.urls import path

from xietong.areas.orgs import views

app_name = "orgs"
urlpatterns = [
    path("", views.organisations, name="organisations"),
    path("new/", views.organisation_open, name="organisation_open"),
    path("<int:pk>/", views.organisation, name="organisation"),
    path("<int:pk>/change/", views.organisation_change, name="organisation_change"),
    path("<int:pk>/close/", views.organisation_close, name="organisation_close"),
    *views.SHEET.patterns("sheet/"),
    path("group/", views.group, name="group"),
    path("group/new/", views.group_found, name="group_found"),
    path("group/<int:pk>/units/new/", views.group_join, name="group_join"),
    path("group/<int:pk>/units/<int:unit_pk>/leave/", views.group_leave, name="group_leave"),
    path("terms/", views.terms, name="terms"),
    path("terms/new/", views.term_add, name="term_add"),
    path("terms/<int:pk>/", views.term_change, name="term_change"),
    path("agreements/", views.agreements, name="agreements"),
    path("agreements/new/", views.agreement_sign, name="agreement_sign"),
    path("agreements/<int:pk>/", views.agreement_change, name="agreement_change"),
    path("holidays/", views.holidays, name="holidays"),
    path("holidays/<int:pk>/drop/", views.holiday_drop, name="holiday_drop"),
]
