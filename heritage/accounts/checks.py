"""What must hold of every model with administrative units, said when the archive starts and not when it leaks."""

from typing import Any

from django.core import checks

from heritage.accounts.registration import guarded_models


def guarded_screens(**kwargs: Any) -> list[checks.CheckMessage]:
    """`accounts.E001`: a model with `unit_fields` has screens that show it to every unit."""
    from wagtail.snippets.models import get_snippet_models

    from heritage.accounts.viewsets import ScopedViewSet

    return [
        checks.Error(
            f"The screens of {model._meta.label}, a model with `unit_fields`, show it to users of every unit.",
            hint="Derive the viewset from heritage.accounts.viewsets.ScopedViewSet.",
            obj=model,
            id="accounts.E001",
        )
        for model in get_snippet_models()
        if model in guarded_models() and not isinstance(model.snippet_viewset, ScopedViewSet)
    ]
