"""In which forms a work can be had, kept on the work."""

from collections import defaultdict

from django.db import migrations, models

BITS = {"ebook": 1, "audiobook": 2, "scan": 4, "print": 8}


def fill(apps, schema_editor):
    masks = defaultdict(int)
    editions = apps.get_model("library", "Edition").objects.exclude(access="staff")
    for work, kind in editions.values_list("work_id", "kind").iterator():
        masks[work] |= BITS[kind]
    works_by_mask = defaultdict(list)
    for work, mask in masks.items():
        works_by_mask[mask].append(work)
    works = apps.get_model("library", "Work").objects
    for mask, pks in works_by_mask.items():
        for start in range(0, len(pks), 500):
            works.filter(pk__in=pks[start : start + 500]).update(forms=mask)


class Migration(migrations.Migration):
    dependencies = [("library", "0004_work_by_change")]

    operations = [
        migrations.AddField("work", "forms", models.PositiveSmallIntegerField(default=0, editable=False)),
        migrations.AddIndex(
            "work",
            models.Index(fields=["live", "forms", "language", "audience"], name="work_on_shelves"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
