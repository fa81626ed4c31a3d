from django.apps import AppConfig


class VietnameseConfig(AppConfig):
    name = "heritage.vietnamese"
    label = "vietnamese"
