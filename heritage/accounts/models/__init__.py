"""Models of accounts."""

from heritage.accounts.models.approval import UnitApprovalTask
from heritage.accounts.models.history import UnitLogEntry
from heritage.accounts.models.unit_role import UnitRole
from heritage.accounts.models.user import User
from heritage.accounts.roles import Role

__all__ = ["Role", "UnitApprovalTask", "UnitLogEntry", "UnitRole", "User"]
