"""What staff may do to many records at once; each with a preview, a report, a line of history and an undoing."""

from heritage.accounts.batches import BatchAction
from heritage.catalog.batches import fields, standing

ACTIONS: dict[str, BatchAction] = {one.name: one for one in (*standing.ACTIONS, fields.ACTION)}

__all__ = ["ACTIONS"]
