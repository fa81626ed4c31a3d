"""What only some kinds of records have: each group of columns is a mixin, `FIELDS_OF` says whose they are."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from heritage.catalog.models.fields import ChoiceListField
from heritage.catalog.models.vocabulary import Kind


def _text(label: Any, length: int = 200, **options: Any) -> models.CharField:
    return models.CharField(label, max_length=length, blank=True, **options)


class Ownership(models.TextChoices):
    STATE = "state", _("State")
    COMMUNITY = "community", _("community")
    CLAN = "clan", _("family or clan")
    RELIGIOUS = "religious", _("religious body")
    PRIVATE = "private", _("private person")


class Vitality(models.TextChoices):
    """How alive a tradition is, as the inventory form of intangible heritage asks."""

    WIDE = "wide", _("widely practised")
    KEPT = "kept", _("practised")
    DECLINING = "declining", _("declining")
    ENDANGERED = "endangered", _("at risk of being lost")
    REVIVED = "revived", _("revived")
    CEASED = "ceased", _("no longer practised")


class Script(models.TextChoices):
    QUOC_NGU = "quoc_ngu", _("Vietnamese (quốc ngữ)")
    NOM = "nom", _("Nôm")
    HAN = "han", _("Hán (classical Chinese)")
    CHAM = "cham", _("Cham")
    KHMER = "khmer", _("Khmer")
    PALI_SANSKRIT = "pali_sanskrit", _("Pali or Sanskrit")
    TAY_NUNG_NOM = "tay_nung_nom", _("Nôm of the Tày and Nùng")
    DAO_NOM = "dao_nom", _("Nôm of the Dao")
    FRENCH = "french", _("French")
    ENGLISH = "english", _("English")


class FestivalScale(models.TextChoices):
    VILLAGE = "village", _("of a village")
    COMMUNE = "commune", _("of a commune")
    PROVINCE = "province", _("of a province")
    REGION = "region", _("of several provinces")
    NATION = "nation", _("of the whole nation")


class NamedFeature(models.TextChoices):
    STREET = "street", _("street")
    SQUARE = "square", _("square or park")
    BRIDGE = "bridge", _("bridge")
    VILLAGE = "village", _("village or hamlet")
    WATER = "water", _("river, lake or spring")
    MOUNTAIN = "mountain", _("mountain or pass")
    MARKET = "market", _("market")
    OTHER = "other", _("other place")


class MonumentFields(models.Model):
    is_complex = models.BooleanField(
        _("a complex"),
        default=False,
        help_text=_("Made up of several monuments, whether they are recorded yet or not."),
    )
    built_vi = _text(_("built (Vietnamese)"), help_text=_("As the source says it."))
    built_en = _text(_("built (English)"))
    dedicated_vi = _text(_("dedicated to (Vietnamese)"))
    dedicated_en = _text(_("dedicated to (English)"))
    ownership = models.CharField(_("ownership"), max_length=10, choices=Ownership, blank=True)

    class Meta:
        abstract = True


class IntangibleFields(models.Model):
    community_vi = _text(_("community that practises it (Vietnamese)"))
    community_en = _text(_("community that practises it (English)"))
    vitality = models.CharField(_("vitality"), max_length=10, choices=Vitality, blank=True)

    class Meta:
        abstract = True


class ObjectFields(models.Model):
    inventory_number = _text(_("inventory number"), 60, help_text=_("As the museum's register has it."))
    material_vi = _text(_("material (Vietnamese)"))
    material_en = _text(_("material (English)"))
    technique_vi = _text(_("technique (Vietnamese)"))
    technique_en = _text(_("technique (English)"))
    item_count = models.PositiveIntegerField(_("number of pieces"), null=True, blank=True)

    class Meta:
        abstract = True


class DocumentaryFields(models.Model):
    carrier_vi = _text(_("carrier (Vietnamese)"), help_text=_("Paper, wood, bronze, film, file and the like."))
    carrier_en = _text(_("carrier (English)"))
    extent_vi = _text(_("extent (Vietnamese)"), help_text=_("Volumes, sheets, blocks, hours."))
    extent_en = _text(_("extent (English)"))
    scripts = ChoiceListField(_("languages and scripts"), choices=Script.choices)

    class Meta:
        abstract = True


class FestivalFields(models.Model):
    honours_vi = _text(_("whom or what it honours (Vietnamese)"))
    honours_en = _text(_("whom or what it honours (English)"))
    organiser_vi = _text(_("organised by (Vietnamese)"))
    organiser_en = _text(_("organised by (English)"))
    festival_scale = models.CharField(_("scale"), max_length=10, choices=FestivalScale, blank=True)

    class Meta:
        abstract = True


class PlaceNameFields(models.Model):
    named_feature = models.CharField(_("what bears the name"), max_length=10, choices=NamedFeature, blank=True)
    name_origin_vi = _text(_("origin and meaning of the name (Vietnamese)"), 500)
    name_origin_en = _text(_("origin and meaning of the name (English)"), 500)
    named_on = models.DateField(_("named on"), null=True, blank=True)
    naming_decision = _text(_("decision that gave the name"), 60)

    class Meta:
        abstract = True


class KindFields(
    MonumentFields, IntangibleFields, ObjectFields, DocumentaryFields, FestivalFields, PlaceNameFields, models.Model
):
    """All columns that belong to some kinds only."""

    class Meta:
        abstract = True


def _names(mixin: type[models.Model]) -> tuple[str, ...]:
    return tuple(field.name for field in mixin._meta.local_fields)


FIELDS_OF: dict[str, tuple[str, ...]] = {
    Kind.MONUMENT: _names(MonumentFields),
    Kind.COMPONENT: _names(MonumentFields),
    Kind.ICH: _names(IntangibleFields) + _names(FestivalFields),
    Kind.OBJECT: _names(ObjectFields),
    Kind.TREASURE: _names(ObjectFields),
    Kind.DOCUMENTARY: _names(DocumentaryFields) + _names(ObjectFields),
    Kind.FESTIVAL: _names(FestivalFields) + _names(IntangibleFields),
    Kind.PLACE_NAME: _names(PlaceNameFields),
}
"""The columns of each kind; a festival decided as intangible heritage has those of both."""
ALL_FIELDS = tuple(dict.fromkeys(name for names in FIELDS_OF.values() for name in names))
MEASURED = frozenset({Kind.OBJECT, Kind.TREASURE, Kind.DOCUMENTARY})
"""Kinds that have dimensions."""
