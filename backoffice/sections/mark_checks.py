"""System check of the marks for personal data: a stored field without one stops every command (decision 53)."""

from collections.abc import Iterable, Iterator

from django.apps import apps
from django.conf import settings
from django.core.checks import Error, register
from django.db import models

from ..personal import Personal
from .marks import copied, marks_of, of_model, of_sections, stored_fields
from .section import Section, all_sections

_TEXTS = (models.CharField, models.TextField, models.GenericIPAddressField)


@register
def stored_fields_are_marked(app_configs, **said) -> list[Error]:
    """Every stored field of the shop's models and of our own says what it tells about a person."""
    return [
        Error(sentence, hint=hint, id="backoffice.E012")
        for model in shop_models()
        for sentence, hint in faults_of(model, all_sections())
    ]


def shop_models() -> list[type[models.Model]]:
    """The models of the shop's apps and of the back office, historical ones too."""
    ours = ("backoffice", *settings.SHOP_APPS)
    return [one for one in apps.get_models() if one._meta.app_config.name.partition(".")[0] in ours]


def faults_of(model: type[models.Model], sections: Iterable[Section]) -> Iterator[tuple[str, str]]:
    """What is wrong with a model's marks: a sentence each, and what to do."""
    sections = tuple(sections)
    marks, declared, in_section = marks_of(model, sections), of_model(model), of_sections(model, sections)
    own = {one.name: one for one in stored_fields(model) if one.name not in copied(model)}
    for name, field in own.items():
        mark = marks.get(name)
        if mark is None:
            yield (
                f"{model._meta.label}.{name} bears no mark of what it says about a person (decision 53).",
                "Declare it as a field of its section, or name it in `personal = Marks(…)` of the model.",
            )
        elif mark.personal is Personal.NONE and not mark.why and _is_text(field):
            yield f"{model._meta.label}.{name} is a text marked as nobody's.", "Say why it is (decision 53)."
    for name, mark in declared.items():
        if name not in own:
            yield f"{model._meta.label} marks “{name}”, which it has not.", "Take it out of `personal`."
        elif name in in_section and in_section[name].personal is not mark.personal:
            yield (
                f"{model._meta.label}.{name} is marked “{mark.personal}” by the model and "
                f"“{in_section[name].personal}” by its section.",
                "Leave it to the section.",
            )


def _is_text(field: models.Field) -> bool:
    return isinstance(field, _TEXTS) and not field.choices
