"""What the drawings are called where one is chosen."""

from django.utils.translation import pgettext_lazy

LABELS = {
    "banyan": pgettext_lazy("drawing", "banyan tree"),
    "bell": pgettext_lazy("drawing", "bell"),
    "boat": pgettext_lazy("drawing", "boat"),
    "book": pgettext_lazy("drawing", "book"),
    "bowl": pgettext_lazy("drawing", "bowl"),
    "citadel": pgettext_lazy("drawing", "citadel"),
    "communal-house": pgettext_lazy("drawing", "communal house"),
    "drum": pgettext_lazy("drawing", "drum"),
    "gate": pgettext_lazy("drawing", "gate"),
    "headphones": pgettext_lazy("drawing", "headphones"),
    "house": pgettext_lazy("drawing", "house"),
    "jar": pgettext_lazy("drawing", "jar"),
    "loom": pgettext_lazy("drawing", "loom"),
    "lotus": pgettext_lazy("drawing", "lotus"),
    "lute": pgettext_lazy("drawing", "lute"),
    "market": pgettext_lazy("drawing", "market"),
    "mountains": pgettext_lazy("drawing", "mountains"),
    "pagoda": pgettext_lazy("drawing", "pagoda"),
    "stele": pgettext_lazy("drawing", "stele"),
    "stilt-house": pgettext_lazy("drawing", "stilt house"),
    "theatre": pgettext_lazy("drawing", "theatre"),
    "tower": pgettext_lazy("drawing", "tower"),
    "urn": pgettext_lazy("drawing", "urn"),
    "woodblock": pgettext_lazy("drawing", "woodblock"),
}
