"""Template tags of the archive."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from heritage.core import languages, sections

register = template.Library()


@register.filter
def in_language(instance: Any, field: str) -> str:
    """`{{ record|in_language:"name" }}`: the text in the page's language, else in the other."""
    return languages.in_language(instance, field)


@register.simple_tag(takes_context=True, name="sections")
def sections_tag(context: template.Context, instance: Any) -> SafeString:
    """Every registered section of `instance`, in order; those without content are left out."""
    request = context["request"]
    parts = []
    for section in sections.of(instance):
        values = section.context(request, instance)
        if values is not None:
            parts.append(render_to_string(section.template, {"object": instance, **values}, request=request))
    return mark_safe("\n".join(parts))
