"""Terms of type: a controlled, hierarchical vocabulary beside the types that the law names."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from heritage.catalog.models.hierarchy import Concept, parent_field
from heritage.catalog.models.vocabulary import HeritageType, Kind


class Term(Concept):
    """What a thing is, finer than the law's types: a communal house, a Cham tower, a stele.

    `kind` and `heritage_type` say where the term belongs; years bound the use of the word itself, blank for words of
    every time.
    """

    loop_message = _("A term cannot be narrower than itself, even by way of others.")

    parent = parent_field(_("narrower than"))
    kind = models.CharField(_("for records of the kind"), max_length=12, choices=Kind, blank=True)
    heritage_type = models.CharField(_("under the type of the law"), max_length=20, choices=HeritageType, blank=True)

    class Meta(Concept.Meta):
        ordering = ["sort_order", "name_vi", "pk"]
        verbose_name = _("term of type")
        verbose_name_plural = _("terms of type")
