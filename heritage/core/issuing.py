"""Issuing identifiers to many new objects at once."""

from collections.abc import Mapping

from heritage.core.identifiers import new_code
from heritage.core.inserting import insert_rows
from heritage.core.models import Identifier

BATCH = 500


def issue_many(model: str, pks: Mapping[str, int]) -> None:
    """Give objects of `model` (lower-case label) their numbers: `{number: primary key}`, none of them issued before.

    Raises:
        IntegrityError: a number is taken; inside a transaction nothing is issued then.
    """
    codes = _free_codes(len(pks))
    insert_rows(
        Identifier,
        ("number", "code", "model", "object_id"),
        ((number, code, model, pk) for (number, pk), code in zip(pks.items(), codes, strict=True)),
    )


def _free_codes(count: int) -> list[str]:
    """Codes that no identifier has; of 2^30 few are ever taken, so one or two rounds do."""
    found: set[str] = set()
    while len(found) < count:
        drawn = {new_code() for _position in range(count - len(found))} - found
        for some in _batches(sorted(drawn)):
            drawn -= set(Identifier.objects.filter(code__in=some).values_list("code", flat=True))
        found |= drawn
    return list(found)


def _batches(codes: list[str]) -> list[list[str]]:
    return [codes[start : start + BATCH] for start in range(0, len(codes), BATCH)]
