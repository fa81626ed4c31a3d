"""What reports keep, by concept."""

from heritage.reports.models.tally import Counted, Tally

__all__ = ["Counted", "Tally"]
