from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0005_reads_and_the_logs_they_were_counted_in'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='revision',
            index=models.Index(models.OrderBy(models.F('goes_live_at'), descending=True), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('number__gt', 1)), name='revision_newest_changes'),
        ),
    ]
