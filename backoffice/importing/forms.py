"""The forms of the imports page: which file for which section, and what is said of it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..forms.forms import ShortSentences
from ..screen import formats
from ..sections import ImportOption, Section
from .options import for_page, options_of


class UploadForm(ShortSentences, forms.Form):
    """A file, and the section whose records it holds."""

    section = forms.ChoiceField(label=gettext_lazy("What the file contains"))
    file = forms.FileField(
        label=gettext_lazy("CSV file"),
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv"}),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "missing": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("The file is empty. Export or save it again, and choose it anew."),
        },
    )

    def __init__(self, *args: Any, sections: Iterable[Section], **kwargs: Any):
        super().__init__(*args, label_suffix="", **kwargs)
        chosen: Any = self.fields["section"]
        chosen.choices = [(one.slug, one.titles.many) for one in sections]

    def clean_file(self) -> UploadedFile:
        """The file, where it is not too large."""
        file = self.cleaned_data["file"]
        if file.size > settings.IMPORT_MEGABYTES * 1024**2:
            said = _(
                "The file has %(size)s MB; at most %(n)s MB. Split it, or use the command on the server."
            )
            megabytes = formats.number(-(-file.size // 1024**2))
            raise forms.ValidationError(
                said % {"size": megabytes, "n": formats.number(settings.IMPORT_MEGABYTES)}
            )
        return file


class OptionsForm(ShortSentences, forms.Form):
    """What may be said of a file for a section, as its import declares it; only what is named, where a list is."""

    def __init__(
        self,
        *args: Any,
        section: Section,
        said: dict[str, Any] | None = None,
        only: Iterable[str] | None = None,
        **kwargs: Any,
    ):
        self.options = tuple(one for one in options_of(section) if only is None or one.name in only)
        super().__init__(*args, label_suffix="", initial=self._typed(said or {}), **kwargs)
        for option in self.options:
            self.fields[option.name] = field_of(option)
            self.fields[option.name].help_text = capfirst(for_page(section, str(option.help)))

    def _typed(self, said: dict[str, Any]) -> dict[str, Any]:
        usual = {option.name: option.default for option in self.options if option.choices}
        many = {option.name for option in self.options if option.many}
        return usual | {name: "\n".join(one) if name in many else one for name, one in said.items()}

    @property
    def said(self) -> dict[str, Any]:
        """The options as they were typed, for who opens the file; those without a word are left out."""
        found = {}
        for option in self.options:
            value: Any = self.cleaned_data.get(option.name)
            if option.many and value:
                value = [line.strip() for line in value.splitlines() if line.strip()]
            if value and value != option.default:
                found[option.name] = value
        return found


def field_of(option: ImportOption) -> forms.Field:
    """The field of a form that asks for an option."""
    facts: dict[str, Any] = {"label": option.label, "help_text": option.help, "required": False}
    if choices := option.choices or option.offered:
        none = [] if option.default else [("", _("Recognised by itself"))]
        return forms.ChoiceField(choices=[*none, *choices], **facts)
    if not option.form:
        return forms.BooleanField(**facts)
    if option.many:
        typed = forms.Textarea(attrs={"rows": 3, "placeholder": option.form})
        return forms.CharField(widget=typed, max_length=20_000, **facts)
    return forms.CharField(
        widget=forms.TextInput(attrs={"placeholder": option.form}), max_length=100, **facts
    )
