from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "xietong.kit.accounts"
    label = "accounts"
