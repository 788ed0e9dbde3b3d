from django.urls import path

from xietong.areas.places.views import births, projects, scenarios, supply

app_name = "places"
urlpatterns = [
    path("", supply.overview, name="overview"),
    path("townships/", supply.townships, name="townships"),
    path("schools/", supply.schools, name="schools"),
    path("schools/<int:pk>/", supply.school, name="school"),
    path("own/", supply.own, name="own"),
    path("births/", births.births, name="births"),
    path("births/enter/", births.births_enter, name="births_enter"),
    path("births/<int:pk>/change/", births.births_change, name="births_change"),
    *births.SHEET.patterns("births/sheet/"),
    path("housing/", births.housing, name="housing"),
    path("housing/add/", births.housing_add, name="housing_add"),
    path("housing/<int:pk>/", births.housing_change, name="housing_change"),
    path("housing/<int:pk>/drop/", births.housing_drop, name="housing_drop"),
    path("projects/", projects.projects, name="projects"),
    path("projects/add/", projects.project_add, name="project_add"),
    path("projects/<int:pk>/", projects.project, name="project"),
    path("projects/<int:pk>/change/", projects.project_change, name="project_change"),
    path("projects/<int:pk>/deliver/", projects.project_deliver, name="project_deliver"),
    path("projects/<int:pk>/cancel/", projects.project_cancel, name="project_cancel"),
    path("projects/<int:pk>/evidence/", projects.project_evidence, name="project_evidence"),
    path("scenarios/", scenarios.scenarios, name="scenarios"),
    path("scenarios/add/", scenarios.scenario_add, name="scenario_add"),
    path("scenarios/compare/", scenarios.scenario_compare, name="scenario_compare"),
    path("scenarios/<int:pk>/", scenarios.scenario, name="scenario"),
    path("scenarios/<int:pk>/change/", scenarios.scenario_change, name="scenario_change"),
    path("scenarios/<int:pk>/compute/", scenarios.scenario_compute, name="scenario_compute"),
    path("scenarios/<int:pk>/submit/", scenarios.scenario_submit, name="scenario_submit"),
    path("scenarios/<int:pk>/approve/", scenarios.scenario_approve, name="scenario_approve"),
    path("scenarios/<int:pk>/return/", scenarios.scenario_return, name="scenario_return"),
    path("scenarios/<int:pk>/tested/", scenarios.scenario_tested, name="scenario_tested"),
]
