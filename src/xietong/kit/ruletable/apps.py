from django.apps import AppConfig


class RuleTableConfig(AppConfig):
    name = "xietong.kit.ruletable"
    label = "ruletable"
