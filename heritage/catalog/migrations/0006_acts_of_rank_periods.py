from django.db import migrations
from django.db.models import OuterRef, Subquery


def name_the_acts(apps, schema_editor):
    """Give each period of rank the act that began it; what the scope says follows at the next save of the record."""
    Designation = apps.get_model("catalog", "Designation")
    RankPeriod = apps.get_model("catalog", "RankPeriod")
    acts = Designation.objects.filter(
        record=OuterRef("record"), rank=OuterRef("rank"), effective_on=OuterRef("since"), parts_vi="", parts_en=""
    )
    RankPeriod.objects.update(act=Subquery(acts.order_by("pk").values("pk")[:1]))


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0005_record_contents'),
    ]

    operations = [
        migrations.RunPython(name_the_acts, migrations.RunPython.noop),
    ]
