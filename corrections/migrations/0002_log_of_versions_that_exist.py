from django.db import migrations


def log_them(apps, schema_editor):
    """Every version after the first is an entry of the log, with the numbers in the order in which they were made.

    What was changed in them stands in the history of each article.
    """
    Revision, Correction = apps.get_model('articles', 'Revision'), apps.get_model('corrections', 'Correction')
    changes = Revision.objects.filter(number__gt=1, correction=None).order_by('made_at', 'pk')
    rows = [
        Correction(article_id=article, revision_id=revision)
        for revision, article in changes.values_list('pk', 'article')
    ]
    Correction.objects.bulk_create(rows, batch_size=2000)


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0006_newest_changes_first'),
        ('corrections', '0001_reports_and_corrections'),
    ]

    operations = [migrations.RunPython(log_them, migrations.RunPython.noop)]
