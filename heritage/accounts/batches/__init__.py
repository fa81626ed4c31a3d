"""One thing done to many objects: seen before, done with permission by a job, told after, kept in the history."""

from heritage.accounts.batches.action import BatchAction, BatchForm, RefusedError, Values, bound
from heritage.accounts.batches.doing import do

__all__ = ["BatchAction", "BatchForm", "RefusedError", "Values", "bound", "do"]
