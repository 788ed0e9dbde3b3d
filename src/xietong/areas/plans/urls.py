from django.urls import path

from xietong.areas.plans import views

app_name = "plans"
urlpatterns = [
    path("", views.plans, name="plans"),
    path("import/", views.plan_import, name="plan_import"),
    path("<int:pk>/", views.plan, name="plan"),
    path("<int:pk>/draft/", views.drafting, name="drafting"),
    path("<int:pk>/change/", views.plan_change, name="plan_change"),
    path("<int:pk>/phases/<int:phase_pk>/", views.phase_change, name="phase_change"),
    path("<int:pk>/tasks/new/", views.task_add, name="task_add"),
    path("<int:pk>/issue/", views.plan_issue, name="plan_issue"),
    path("tasks/", views.tasks, name="tasks"),
    path("tasks/mine/", views.my_tasks, name="my_tasks"),
    path("tasks/<int:pk>/", views.task, name="task"),
    path("tasks/<int:pk>/change/", views.task_change, name="task_change"),
    path("tasks/<int:pk>/drop/", views.task_drop, name="task_drop"),
    path("tasks/<int:pk>/receive/", views.task_receive, name="task_receive"),
    path("tasks/<int:pk>/report/", views.task_report, name="task_report"),
    path("reviews/", views.reviews, name="reviews"),
    path("reports/<int:pk>/accept/", views.report_accept, name="report_accept"),
    path("reports/<int:pk>/send-back/", views.report_send_back, name="report_send_back"),
    path("standings/", views.standings, name="standings"),
]
