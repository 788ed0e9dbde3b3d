from django.urls import path

from xietong.areas.mechanisms import views

app_name = "mechanisms"
urlpatterns = [
    path("", views.mechanisms, name="mechanisms"),
    path("add/", views.add, name="add"),
    path("<int:pk>/", views.mechanism, name="mechanism"),
    path("<int:pk>/change/", views.change, name="change"),
    path("<int:pk>/begin/", views.edition_begin, name="edition_begin"),
    path("editions/<int:pk>/", views.edition, name="edition"),
    path("editions/<int:pk>/compare/", views.compare, name="compare"),
    path("editions/<int:pk>/change/", views.edition_change, name="edition_change"),
    path("editions/<int:pk>/ask/", views.round_open, name="round_open"),
    path("editions/<int:pk>/close/", views.round_close, name="round_close"),
    path("editions/<int:pk>/submit/", views.submit, name="submit"),
    path("editions/<int:pk>/reopen/", views.reopen, name="reopen"),
    path("editions/<int:pk>/enact/", views.enact, name="enact"),
    path("editions/<int:pk>/repeal/", views.repeal, name="repeal"),
    path("editions/<int:pk>/remind/", views.remind, name="remind"),
    path("opinions/<int:pk>/give/", views.opinion_give, name="opinion_give"),
    path("opinions/<int:pk>/answer/", views.opinion_answer, name="opinion_answer"),
    path("receipts/<int:pk>/receive/", views.receive, name="receive"),
]
