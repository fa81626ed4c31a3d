"""Areas as people of each language write them."""

from decimal import Decimal

from babel.numbers import format_decimal
from django import template

from heritage.core import languages

register = template.Library()


@register.filter
def square_metres(area: float | Decimal | None) -> str:
    """`11.437,5` in Vietnamese, `11,437.5` in English; to a tenth of a m², "" where it is not known."""
    if area is None:
        return ""
    return format_decimal(area, format="#,##0.#", locale=languages.current())
