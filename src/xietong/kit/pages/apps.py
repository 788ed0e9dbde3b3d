from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "xietong.kit.pages"
    label = "pages"
