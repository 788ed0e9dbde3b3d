from django.urls import path

from xietong.areas.people.views import accounts, joining, posts, register, roles, seats, staff, supply, transfers

app_name = "people"
urlpatterns = [
    path("", register.people, name="people"),
    path("new/", register.register, name="register"),
    path("invite/", accounts.invite_many, name="invite_many"),
    *register.SHEET.patterns("sheet/"),
    path("join/<str:token>/", joining.join, name="join"),
    path("<int:pk>/", register.person, name="person"),
    path("<int:pk>/change/", register.person_change, name="person_change"),
    path("<int:pk>/reveal/", register.reveal, name="reveal"),
    path("<int:pk>/leave/", register.leave, name="leave"),
    path("<int:pk>/appoint/", posts.appoint, name="appoint"),
    path("<int:pk>/posts/<int:appointment_pk>/end/", posts.appointment_end, name="appointment_end"),
    path("<int:pk>/roles/new/", roles.role_grant, name="role_grant"),
    path("<int:pk>/handover/", roles.handover, name="handover"),
    path("<int:pk>/invite/", accounts.invite, name="invite"),
    path("<int:pk>/reset/", accounts.reset, name="reset"),
    path("<int:pk>/transfer/", transfers.transfer_ask, name="transfer_ask"),
    path("roles/", roles.roles, name="roles"),
    path("roles/<int:pk>/end/", roles.role_end, name="role_end"),
    path("roles/<int:pk>/deputies/new/", roles.deputise, name="deputise"),
    path("roles/<int:pk>/deputies/<int:deputy_pk>/end/", roles.deputy_end, name="deputy_end"),
    path("subjects/", supply.supply, name="supply"),
    path("subjects/<int:pk>/", supply.supply, name="supply_of"),
    path("staff/<int:pk>/", staff.staff, name="staff"),
    *staff.SHEET.patterns("registers/<int:pk>/sheet/"),
    path("transfers/", transfers.transfers, name="transfers"),
    path("transfers/<int:pk>/", transfers.transfer, name="transfer"),
    path("transfers/<int:pk>/confirm/", transfers.transfer_confirm, name="transfer_confirm"),
    path("transfers/<int:pk>/refuse/", transfers.transfer_refuse, name="transfer_refuse"),
    path("transfers/<int:pk>/withdraw/", transfers.transfer_withdraw, name="transfer_withdraw"),
    path("seats/", seats.seats, name="seats"),
    path("seats/new/", seats.seat_take, name="seat_take"),
    path("seats/<int:pk>/leave/", seats.seat_leave, name="seat_leave"),
]
