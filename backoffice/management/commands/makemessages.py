"""`manage.py makemessages`: Django's own, in one fixed layout: a changed text changes that text alone."""

from django.core.management.commands import makemessages


class Command(makemessages.Command):
    # Sorted by text, so that code may move; in whole lines, so that a word more moves no others; and no guesses.
    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching", "--no-wrap"]
    msguniq_options = [*makemessages.Command.msguniq_options, "--no-wrap"]
    msgattrib_options = [*makemessages.Command.msgattrib_options, "--no-wrap", "--sort-output"]
    xgettext_options = [*makemessages.Command.xgettext_options, "--no-wrap"]
