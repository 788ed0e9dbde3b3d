from django.urls import path

from xietong.areas.indicators.views import balance, dictionary, reporting, scorecard, what_if

app_name = "indicators"
urlpatterns = [
    path("", scorecard.scorecard, name="scorecard"),
    path("dictionary/", scorecard.dictionary, name="dictionary"),
    path("dictionary/new/", dictionary.add, name="add"),
    path("dictionary/start/", dictionary.adopt, name="adopt"),
    path("<int:pk>/", scorecard.indicator, name="indicator"),
    path("<int:pk>/schools/", scorecard.schools, name="schools"),
    path("<int:pk>/inputs/", scorecard.inputs, name="inputs"),
    path("<int:pk>/change/", dictionary.change, name="change"),
    path("<int:pk>/retire/", dictionary.retire, name="retire"),
    path("<int:pk>/target/", dictionary.target, name="target"),
    path("report/", reporting.duties, name="duties"),
    path("<int:pk>/report/<int:period>/", reporting.report, name="report"),
    path("verify/", reporting.to_verify, name="to_verify"),
    path("verify/<int:pk>/", reporting.verify, name="verify"),
    path("readings/<int:pk>/cause/", reporting.cause, name="cause"),
    path("readings/<int:pk>/correct/", reporting.correct, name="correct"),
    path("periods/<int:period>/lock/", reporting.lock, name="lock"),
    path("periods/<int:period>/upward/", reporting.upward, name="upward"),
    path("counties/", reporting.reported, name="reported"),
    path("balance/", balance.balance, name="balance"),
    path("preschool/", balance.preschool, name="preschool"),
    path("balance/schools/", balance.units, name="balance_units"),
    path("balance/schools/<int:school>/<slug:stage>/", balance.unit, name="balance_unit"),
    path("balance/movers/", balance.movers, name="balance_movers"),
    path("balance/<int:year>/<str:code>/", balance.enter, name="balance_enter"),
    path("what-if/", what_if.what_ifs, name="what_ifs"),
    path("what-if/<int:pk>/", what_if.what_if, name="what_if"),
    path("what-if/<int:pk>/result/", what_if.what_if_result, name="what_if_result"),
    path("what-if/<int:pk>/search/", what_if.what_if_search, name="what_if_search"),
    path("what-if/<int:pk>/drop/", what_if.what_if_drop, name="what_if_drop"),
]
