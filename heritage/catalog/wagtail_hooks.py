"""Registers what the register adds to the admin."""

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from heritage.catalog.admin.bulk import PublishBulkAction, WithdrawBulkAction
from heritage.catalog.admin.group import RegisterGroup
from heritage.catalog.dossiers.admin.group import DossierGroup

register_snippet(RegisterGroup)
register_snippet(DossierGroup)

hooks.register("register_bulk_action", PublishBulkAction)
hooks.register("register_bulk_action", WithdrawBulkAction)
