"""An edit form that does not write over what another has saved since it was opened."""

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages

from heritage.catalog.models import KeptVersion
from heritage.catalog.moderation import comments, comparing, keeping, parts
from heritage.catalog.moderation.admin.addresses import address_of
from heritage.catalog.moderation.admin.holding import HeldWhileEdited
from heritage.catalog.moderation.admin.reasons import ReasonedEdit

FIELD = "opened_version"
"""The hidden field with what the form was opened with: the version's stamp and its parts' fingerprints."""

ON_ITS_WAY = dt.timedelta(seconds=10)


@dataclass(frozen=True)
class Opened:
    stamp: str
    base: dict[str, str]

    @classmethod
    def of(cls, instance: Any) -> "Opened":
        return cls(keeping.stamp(instance), parts.fingerprints(type(instance), instance.serializable_data()))

    @classmethod
    def read(cls, text: str) -> "Opened | None":
        try:
            stamp, base = json.loads(text)
            return cls(str(stamp), {str(key): str(value) for key, value in base.items()})
        except (ValueError, TypeError, AttributeError):
            return None

    def __str__(self) -> str:
        return json.dumps([self.stamp, self.base], separators=(",", ":"))


class MergingEdit(ReasonedEdit, HeldWhileEdited):
    """Mixed in before an edit view of drafts: the second of two savers is led to both versions, side by side."""

    request: Any
    object: Any
    revision: Any = None
    """Set where an old version is restored: that replaces whatever is newest, and the history keeps both."""

    @cached_property
    def opened(self) -> Opened | None:
        return Opened.read(self.request.POST.get(FIELD, ""))

    @cached_property
    def is_out_of_date(self) -> bool:
        """Wagtail asks this for autosaving only, and does not notice a first version saved by another."""
        if self.opened is None:
            return bool(super().is_out_of_date)  # type: ignore[misc]
        return self.opened.stamp != keeping.stamp(self.object) and not self._is_overtaking_itself

    @property
    def _is_overtaking_itself(self) -> bool:
        """Pressed while the form was saving by itself: the answer with the new version was still on its way."""
        newest = self.latest_revision  # type: ignore[attr-defined]
        own = bool(newest) and newest.user_id == self.request.user.pk
        return own and not self.expects_json_response and timezone.now() - newest.created_at < ON_ITS_WAY  # type: ignore[attr-defined]

    def is_valid(self, form: Any) -> bool:
        if self.leads_to_merging and self.is_held_by_other:
            self.locked_for_user = False  # it is kept beside, see `_keep`
        valid = bool(super().is_valid(form))  # type: ignore[misc]
        if not valid and getattr(self, "produced_error_code", "") == "invalid_revision":
            self.produced_error_message = _("Somebody else has saved. Save, and you will see both versions.")
        return valid

    @property
    def leads_to_merging(self) -> bool:
        """Where somebody else has saved since, or has the object in hand: taken over, or after a long silence."""
        return (
            self.request.method == "POST"
            and self.revision is None
            and not self.expects_json_response  # type: ignore[attr-defined]
            and self.action != "cancel-workflow"  # type: ignore[attr-defined]
            and (self.is_out_of_date or (self.is_held_by_other and self.opened is not None))
        )

    def get_form(self, form_class: Any = None) -> Any:
        if self.leads_to_merging:
            for name in parts.relations(type(self.object)):
                keeping.readmit(self.object, name, self._posted_keys(name))
        return super().get_form(form_class)  # type: ignore[misc]

    def _posted_keys(self, formset: str) -> list[int]:
        data = self.request.POST
        count = data.get(f"{formset}-INITIAL_FORMS", "")
        names = (f"{formset}-{place}-id" for place in range(min(int(count), 1000) if count.isdigit() else 0))
        return [int(value) for name in names if (value := data.get(name, "")).isdigit()]

    def form_valid(self, form: Any) -> HttpResponse:
        return self._keep(form) if self.leads_to_merging else super().form_valid(form)  # type: ignore[misc]

    def _keep(self, form: Any) -> HttpResponse:
        mine, base = form.save(commit=False), self.opened.base if self.opened else {}
        if self.is_held_by_other and not self.is_out_of_date:
            return self._keep_for_later(mine, base)
        kept = keeping.keep(mine, base, self.request.user, self.reason)
        message = _("Somebody else has saved this in the meantime. Nothing is lost: here are both versions.")
        messages.warning(self.request, message)
        return redirect(address_of(self.object, "merge", kept.pk))

    def _keep_for_later(self, mine: Any, base: dict[str, str]) -> HttpResponse:
        """Nothing to be merged with yet: whoever has the object in hand has not saved."""
        if parts.fingerprints(type(mine), mine.serializable_data()) != base:
            keeping.keep(mine, base, self.request.user, self.reason)
            messages.warning(self.request, _("What you typed is kept, and can be merged once it is free."))
        return redirect(address_of(self.object, "edit"))

    def get_success_json(self) -> dict[str, Any]:
        """After saving by itself the form goes on from what was saved: Wagtail's script fills the field in."""
        told: dict[str, Any] = super().get_success_json()  # type: ignore[misc]
        return told | {"field_updates": {**told.get("field_updates", {}), FIELD: str(Opened.of(self.object))}}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        if self.revision is not None:
            return context | {"unknown_fields": comparing.forgotten(type(self.object), self.revision.content)}
        if self.expects_json_response:  # type: ignore[attr-defined]
            return context
        stays = self.request.method == "POST" and self.is_out_of_date and self.opened
        context["opened_version"] = str(self.opened if stays else Opened.of(self.object_as_opened))
        context["opened_version_field"] = FIELD
        if kept := self.kept_version:
            context |= {"kept_version": kept, "kept_url": address_of(self.object, "merge", kept.pk)}
        return context | {
            "field_comments": {
                "address": address_of(self.object, "comments"),
                "label": _("Comments"),
                "counts": self.comments_open,
            }
        }

    @property
    def comments_open(self) -> dict[str, int]:
        """By field, how many comments wait to be resolved."""
        return comments.open_by_field(self.object)

    @property
    def kept_version(self) -> KeptVersion | None:
        """What this person typed and has not merged yet."""
        return keeping.waiting(self.object, self.request.user).first()

    @property
    def object_as_opened(self) -> Any:
        """The newest version, read anew where a form has already written into the view's object."""
        if self.request.method in ("GET", "HEAD"):
            return self.object
        return type(self.object)._base_manager.get(pk=self.object.pk).get_latest_revision_as_object()
