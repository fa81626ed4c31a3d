"""What the map reads: a row for each thing drawn, and counts of them by cell and zoom; derived, never edited."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Mark(models.Model):
    """A published record or place as the map shows it.

    `layer` is a layer's code and `symbol` that and the rank as one small number (`heritage.maps.layers`).
    `folded` holds both names without marks, for finding them. `cell_y`, `cell_x` are the cell of the Mercator grid at
    `grid.BASE_ZOOM`; `lat_row` the strip of `grid.STRIP_DEGREES`; `ecef_*` metres from the centre of the earth:
    straight-line distance sorts as distance along the ellipsoid does, at poles and antimeridian too.
    """

    model = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    number = models.CharField(_("number"), max_length=40)
    layer = models.SmallIntegerField()
    symbol = models.SmallIntegerField()
    name_vi = models.CharField(max_length=300)
    name_en = models.CharField(max_length=300, blank=True)
    rank = models.CharField(max_length=30, blank=True)
    category = models.CharField(max_length=18, blank=True)
    latitude = models.FloatField()
    longitude = models.FloatField()
    accuracy_m = models.PositiveIntegerField(null=True)
    picture = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    opening_hours = models.CharField(max_length=1000, blank=True)
    is_sample = models.BooleanField(default=False)
    folded = models.CharField(max_length=620, blank=True)
    latitude_micro = models.IntegerField()
    longitude_micro = models.IntegerField()
    cell_y = models.IntegerField()
    cell_x = models.IntegerField()
    lat_row = models.IntegerField()
    ecef_x = models.FloatField()
    ecef_y = models.FloatField()
    ecef_z = models.FloatField()

    class Meta:
        verbose_name = _("mark on the map")
        verbose_name_plural = _("marks on the map")
        constraints = [models.UniqueConstraint(fields=["model", "object_id"], name="mark_one_per_object")]
        indexes = [
            # Holds all that the search for the nearest reads, so that it looks up the few marks that it answers with.
            models.Index(
                fields=["lat_row", "longitude", "layer", "ecef_x", "ecef_y", "ecef_z"], name="mark_by_strip_and_layer"
            ),
            models.Index(fields=["number"], name="mark_by_number"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name_vi}"


class Cluster(models.Model):
    """Marks of one symbol in one cell of one zoom: count and integer sums, so that adding and taking never drifts.

    Beside each symbol's row stands one for the whole of its family (`layers.TOTALS`).
    Sums are of microdegrees and of mark ids: where `count` is 1 they are the position and the id of that mark.
    """

    zoom = models.SmallIntegerField()
    cell_y = models.IntegerField()
    cell_x = models.IntegerField()
    symbol = models.SmallIntegerField()
    count = models.IntegerField()
    sum_latitude = models.BigIntegerField()
    sum_longitude = models.BigIntegerField()
    sum_id = models.BigIntegerField()

    class Meta:
        verbose_name = _("cluster")
        verbose_name_plural = _("clusters")
        constraints = [
            # In this order a view's rows lie together, symbol by symbol.
            models.UniqueConstraint(fields=["zoom", "symbol", "cell_y", "cell_x"], name="cluster_once"),
        ]

    def __str__(self) -> str:
        return f"{self.zoom}/{self.cell_x}/{self.cell_y}: {self.count}"
