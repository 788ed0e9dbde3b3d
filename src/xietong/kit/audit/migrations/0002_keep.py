"""The one row at the end of the chain, and the triggers that keep audit rows as they are."""

from django.db import migrations

from xietong.kit.audit.triggers import install, remove


def first_head(apps, _editor):
    apps.get_model("audit", "Head").objects.get_or_create(pk=1)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RunPython(first_head, migrations.RunPython.noop),
        migrations.RunPython(
            lambda _apps, editor: install(editor.connection), lambda _apps, editor: remove(editor.connection)
        ),
    ]
