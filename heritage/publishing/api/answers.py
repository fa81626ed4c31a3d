"""JSON answers outside the API's own operations, in the same bytes."""

from typing import Any

from django.http import JsonResponse


def json_answer(values: Any, status: int = 200, content_type: str = "application/json; charset=utf-8") -> JsonResponse:
    """`values` as JSON in UTF-8 without escapes (RFC 8259, section 8.1)."""
    return JsonResponse(
        values, status=status, content_type=content_type, json_dumps_params={"ensure_ascii": False}, safe=False
    )
