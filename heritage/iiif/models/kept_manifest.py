"""Kept manifests: the finished JSON of an object, served until what it is made from changes."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from heritage.iiif.models.digital_object import DigitalObject


class KeptManifest(models.Model):
    """`stamp` is a digest of all that the JSON was made from; where it differs the JSON is made anew."""

    digital_object = models.OneToOneField(DigitalObject, models.CASCADE, related_name="kept_manifest")
    stamp = models.CharField(_("stamp"), max_length=64)
    body = models.BinaryField(_("JSON"))

    class Meta:
        verbose_name = _("kept manifest")
        verbose_name_plural = _("kept manifests")

    def __str__(self) -> str:
        return self.stamp
