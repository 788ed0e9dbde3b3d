from django.apps import AppConfig


class ClockConfig(AppConfig):
    name = "xietong.kit.clock"
    label = "clock"
