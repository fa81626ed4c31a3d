"""The same fields of many records changed at once: what is left blank stays as it is in each."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from heritage.accounts.admin.units import units_chooser
from heritage.accounts.batches import BatchAction, BatchForm, RefusedError, Values
from heritage.accounts.forms import units_to_place
from heritage.accounts.policies import policy_of
from heritage.accounts.roles import Action
from heritage.catalog import services
from heritage.catalog.admin.states import RecordState, with_state
from heritage.catalog.models import Confidence, HeritageType, Kind, Licence, Period, Record, RecordTag, Term
from heritage.catalog.moderation import reasons
from heritage.places.models import Unit

AS_IT_IS = [("", _("leave as it is"))]
SIMPLE = ("kind", "licence_vi", "licence_en", "rights_statement", "confidence")
"""Fields that are set to one value."""
LISTS = {"types": HeritageType, "terms": Term, "periods": Period, "tags": RecordTag}
"""Fields to whose lists something is added, or taken from them."""
State = dict[str, Any]
"""Of one record's newest version, the concerned fields; rows as their keys, lists sorted."""


class FieldsForm(BatchForm):
    unit = forms.ModelChoiceField(
        label=_("Present unit"), queryset=Unit.objects.all(), required=False, widget=units_chooser.widget_class
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=[*AS_IT_IS, *Kind.choices], required=False)
    add_types = forms.MultipleChoiceField(
        label=_("Add types"), choices=HeritageType.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    remove_types = forms.MultipleChoiceField(
        label=_("Take away types"), choices=HeritageType.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    add_terms = forms.ModelChoiceField(
        label=_("Add a term"), queryset=Term.objects.all(), required=False, empty_label=_("leave as it is")
    )
    remove_terms = forms.ModelChoiceField(
        label=_("Take away a term"), queryset=Term.objects.all(), required=False, empty_label=_("leave as it is")
    )
    add_periods = forms.ModelChoiceField(
        label=_("Add a period"), queryset=Period.objects.all(), required=False, empty_label=_("leave as it is")
    )
    remove_periods = forms.ModelChoiceField(
        label=_("Take away a period"), queryset=Period.objects.all(), required=False, empty_label=_("leave as it is")
    )
    add_tags = forms.CharField(
        label=_("Add a tag"), max_length=100, required=False, help_text=_("One that is new is added to the tags.")
    )
    remove_tags = forms.ModelChoiceField(
        label=_("Take away a tag"), queryset=RecordTag.objects.all(), required=False, empty_label=_("leave as it is")
    )
    licence_vi = forms.ChoiceField(
        label=_("Licence of the Vietnamese text"), choices=[*AS_IT_IS, *Licence.choices], required=False
    )
    licence_en = forms.ChoiceField(
        label=_("Licence of the English text"), choices=[*AS_IT_IS, *Licence.choices], required=False
    )
    rights_statement = forms.CharField(label=_("Rights in the text"), max_length=200, required=False)
    confidence = forms.ChoiceField(label=_("Confidence"), choices=[*AS_IT_IS, *Confidence.choices], required=False)
    is_featured = forms.ChoiceField(
        label=_("Featured"), choices=[*AS_IT_IS, ("yes", _("Yes")), ("no", _("No"))], required=False
    )
    reason = forms.CharField(
        label=_("Why"), max_length=200, required=False, help_text=_("It stands in the history of each record.")
    )

    def clean_unit(self) -> Unit | None:
        unit = self.cleaned_data["unit"]
        reach = units_to_place(Record, self.user) if unit else None
        if unit and reach is not None and unit.pk not in reach:
            message = _t("You have no role in %(unit)s. Choose your own unit, or ask the department to change this.")
            raise ValidationError(message % {"unit": unit})
        return unit

    def clean_add_tags(self) -> RecordTag | str:
        """The tag of that name, or the name of one to be made."""
        name = " ".join(self.cleaned_data["add_tags"].split())
        return RecordTag.objects.filter(name__iexact=name).first() or name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not any(value for name, value in cleaned.items() if name != "reason"):
            raise ValidationError(_t("Say what is to change: every field is left as it is."))
        if not self.errors and not cleaned["reason"] and reasons.are_needed(Record.objects.filter(pk__in=self.keys)):
            self.add_error("reason", _t("Some of these are public: say why they are changed."))
        return cleaned


def _concerned(values: Values) -> list[str]:
    lists = [name for name in LISTS if values[f"add_{name}"] or values[f"remove_{name}"]]
    return [*(name for name in ("unit", *SIMPLE, "is_featured") if values[name]), *lists]


def state(record: Any, values: Values) -> State:
    """The concerned fields of the newest version, read from its revision without a query."""
    if record.latest_revision is not None:
        content = record.latest_revision.content
        tags = [row["tag"] for row in content.get("tagged", ())]
        types = _field("types").to_python(content["types"])
        whole = {**content, "types": types, "tags": tags}
    else:
        keys = {name: [each.pk for each in getattr(record, name).all()] for name in ("terms", "periods")}
        whole = {name: getattr(record, name) for name in (*SIMPLE, "is_featured", "types")} | keys
        whole |= {"unit": record.unit_id, "tags": [row.tag_id for row in record.tagged.all()]}
    found = {name: whole.get(name) for name in _concerned(values)}
    return {name: sorted(value) if isinstance(value, list) else value for name, value in found.items()}


def wanted(present: State, values: Values) -> State:
    """What `present` becomes."""
    made = dict(present)
    for name in present:
        if name in LISTS:
            more, less = (_keys(values[f"{verb}_{name}"]) for verb in ("add", "remove"))
            made[name] = sorted({*present[name], *more} - set(less), key=str)
            made[name] = present[name] if set(made[name]) == set(present[name]) else made[name]
        elif name == "is_featured":
            made[name] = values[name] == "yes"
        else:
            made[name] = values[name].pk if name == "unit" else values[name]
    return made


def _keys(value: Any) -> list[Any]:
    """Keys of what a field of the form gave: types, a row, or the name of a tag."""
    if not value:
        return []
    return value if isinstance(value, list) else [value if isinstance(value, str) else value.pk]


def _words(record: Any, said: State) -> str:
    return "; ".join(f"{_label(name)}: {_value(record, name, value) or '–'}" for name, value in said.items())


def _label(name: str) -> str:
    label = str(_field(name).verbose_name)
    return f"{label[:1].upper()}{label[1:]}"


def _value(record: Any, name: str, value: Any) -> str:
    if name == "unit":
        unit = record.unit if record.unit_id == value else Unit.objects.filter(pk=value).first()
        return str(unit or "")
    if name == "types":
        return ", ".join(_field("types").labels(value))
    if name in LISTS:
        rows = LISTS[name].objects.in_bulk([key for key in value if isinstance(key, int)])  # type: ignore[attr-defined]
        return ", ".join(str(rows.get(key, key)) for key in value)
    if name == "is_featured":
        return _t("Yes") if value else _t("No")
    return str(dict(_field(name).flatchoices).get(value, value))


def _field(name: str) -> Any:
    return Record._meta.get_field(name)


def _now(record: Any, values: Values) -> str:
    return _words(record, state(record, values))


def _then(record: Any, values: Values) -> str:
    return _words(record, wanted(state(record, values), values))


def _apply(record: Any, values: Values, user: Any) -> None:
    _put(record, wanted(state(record, values), values), user, values["reason"])


def _undo(record: Any, before: State, user: Any) -> None:
    _put(record, before, user, "")


def _put(record: Any, said: State, user: Any, reason: str) -> None:
    """Give the newest version what `said` says."""
    if record.state in (RecordState.WITHDRAWN, RecordState.MERGED):
        raise RefusedError(_t("It is withdrawn or merged; restore it first."))
    lock = record.get_lock()
    if lock is not None and lock.for_user(user):
        raise RefusedError(_t("Somebody has locked it."))

    def change(draft: Record) -> None:
        for name, value in said.items():
            if name == "tags":
                draft.tags.set([_tag(key) for key in value])
            elif name in ("terms", "periods"):
                getattr(draft, name).set(LISTS[name].objects.filter(pk__in=value))  # type: ignore[attr-defined]
            else:
                setattr(draft, "unit_id" if name == "unit" else name, value)

    may_publish = policy_of(Record).user_has_permission_for_instance(user, Action.PUBLISH.value, record)
    services.amend(record, change, user, may_publish=may_publish, reason=reason)


def _tag(key: Any) -> str:
    return key if isinstance(key, str) else RecordTag.objects.get(pk=key).name


def _rows(records: QuerySet) -> QuerySet:
    return with_state(records).select_related("latest_revision", "unit")


ACTION = BatchAction(
    "edit", Record, _("Change fields"), Action.CHANGE, _now, _then, _apply, form=FieldsForm,
    related=("terms", "periods", "tagged"), prepared=_rows, snapshot=state, undo=_undo,
)  # fmt: skip
