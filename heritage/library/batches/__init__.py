"""What staff may do to many titles, editions or cards at once; each with a preview, a report and a line of history."""

from heritage.accounts.batches import BatchAction
from heritage.library.batches import cards, editions, works

ACTIONS: dict[str, BatchAction] = {one.name: one for one in (*works.ACTIONS, *editions.ACTIONS, *cards.ACTIONS)}

__all__ = ["ACTIONS", "BatchAction"]
