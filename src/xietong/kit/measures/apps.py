from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    name = "xietong.kit.measures"
    label = "measures"
