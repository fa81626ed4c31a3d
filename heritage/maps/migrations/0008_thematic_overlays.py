from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("maps", "0007_thematic_maps")]

    operations = [
        migrations.AddField(
            model_name="thematicmap",
            name="overlays",
            field=models.JSONField(blank=True, default=list, verbose_name="historical maps"),
        ),
    ]
