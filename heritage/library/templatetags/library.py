"""Template tags of the library."""

import uuid
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

register = template.Library()


@register.filter
def names_of(work: Any, role: str) -> str:
    """Names of the contributors with a role (a MARC relator code), from what was prefetched."""
    return ", ".join(one.name for one in work.contributors.all() if one.role == role)


@register.filter
def duration(seconds: float | None) -> str:
    """Seconds in words: `1 hour 5 minutes`."""
    minutes = max(1, round((seconds or 0) / 60))
    hours, minutes = divmod(minutes, 60)
    parts = []
    if hours:
        parts.append(ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours})
    if minutes or not hours:
        parts.append(ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes})
    return " ".join(parts)


@register.filter
def clock(seconds: float | None) -> str:
    """Seconds as a clock shows them: `1:05:09` or `5:09`."""
    whole = int(seconds or 0)
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}" if hours else f"{rest // 60}:{rest % 60:02d}"


@register.simple_tag
def request_key() -> SafeString:
    """A key that makes pressing twice one request."""
    return format_html('<input type="hidden" name="request_key" value="{}">', uuid.uuid4().hex)
