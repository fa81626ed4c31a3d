"""The pyramid counts each family as a whole beside each symbol, and is read symbol by symbol."""

from django.db import migrations, models

_TOTALS = """
INSERT INTO maps_cluster (zoom, cell_y, cell_x, symbol, count, sum_latitude, sum_longitude, sum_id)
SELECT zoom, cell_y, cell_x, CASE WHEN symbol < 100 THEN 0 ELSE 999 END,
  SUM(count), SUM(sum_latitude), SUM(sum_longitude), SUM(sum_id)
FROM maps_cluster GROUP BY 1, 2, 3, 4
"""


class Migration(migrations.Migration):
    dependencies = [("maps", "0009_place_imports")]

    operations = [
        migrations.RemoveConstraint(model_name="cluster", name="cluster_once"),
        migrations.AddConstraint(
            model_name="cluster",
            constraint=models.UniqueConstraint(fields=["zoom", "symbol", "cell_y", "cell_x"], name="cluster_once"),
        ),
        migrations.RunSQL(_TOTALS, "DELETE FROM maps_cluster WHERE symbol IN (0, 999)"),
    ]
