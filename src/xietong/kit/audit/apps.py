from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "xietong.kit.audit"
    label = "audit"
