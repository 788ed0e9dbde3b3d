"""Relations between models keep to the stack of areas that the import contract "stack" draws.

A foreign key may name its target as a string, which no import contract can see.
"""

import importlib.util
import os
import tomllib
from pathlib import Path

import django
from django.apps import apps

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xietong.web.settings")
django.setup()

OURS = "xietong."
AREAS = "xietong.areas."


def read_stack():
    """{area: height}; siblings share a height, the lowest layer has height 0."""
    home = next(p for p in Path(__file__).resolve().parents if (p / "pyproject.toml").is_file())
    config = tomllib.loads((home / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = config["tool"]["importlinter"]["contracts"]
    [layers] = [c["layers"] for c in contracts if c["id"] == "stack"]
    return {
        name.strip(" ()"): height
        for height, layer in enumerate(reversed(layers))
        for name in layer.replace(":", "|").split("|")
    }


STACK = read_stack()


def area(model):
    """The area of a model, or None for a model of Django's, of a library or of kit."""
    app = model._meta.app_config.name
    return app.removeprefix(AREAS).partition(".")[0] if app.startswith(AREAS) else None


def our_models():
    models = [m for m in apps.get_models() if m._meta.app_config.name.startswith(OURS)]
    assert models, "no models found, so nothing was checked"
    return models


def relations(model):
    """(field, target) for every relation declared on this model, and every explicit through."""
    for field in model._meta.get_fields(include_parents=False):
        if not field.is_relation or not (field.concrete or field.many_to_many):
            continue
        if field.auto_created and not field.concrete:
            continue
        yield field, field.related_model
        through = getattr(field.remote_field, "through", None)
        if through is not None and not through._meta.auto_created:
            yield field, through


def relations_across_areas():
    for model in our_models():
        for field, target in relations(model):
            if area(target) and area(target) != area(model):
                yield model, field, target


def test_every_area_is_installed_and_in_the_stack():
    folder = Path(importlib.util.find_spec("xietong.areas").origin).parent
    on_disk = {p.name for p in folder.iterdir() if (p / "apps.py").is_file()}
    installed = {c.name.removeprefix(AREAS) for c in apps.get_app_configs() if c.name.startswith(AREAS)}
    assert on_disk == installed
    assert installed <= set(STACK)


def test_relations_point_down_the_stack():
    assert [
        f"{model._meta.label}.{field.name} -> {target._meta.label}"
        for model, field, target in relations_across_areas()
        if STACK[area(target)] >= STACK.get(area(model), -1)
    ] == []


def test_relations_across_areas_add_nothing_to_the_other_model():
    """related_name="+", and no related_query_name: the lower area stays unaware of the upper."""
    assert [
        f"{model._meta.label}.{field.name}"
        for model, field, target in relations_across_areas()
        if not field.remote_field.hidden or field.remote_field.related_query_name
    ] == []
