from django.apps import AppConfig


class VietnameseConfig(AppConfig):
    name = "heritage.vietnamese"
    label = "vietnamese"

    def ready(self) -> None:
        from heritage.vietnamese import fixed_words

        fixed_words.free()
