"""What an app declares: its sections, their fields, and what can be done to their records."""

from ..personal import Personal
from .actions import DELETED, BulkAction, Choice, DeleteWay, Undo, Words
from .fields import Fact, Field, Files, Join, Switch, kept
from .menu import Menu, MenuPage, register_page
from .section import (
    ColumnSet,
    Editing,
    Hidden,
    Importing,
    KeyFigures,
    Listing,
    OptionsPage,
    Page,
    Panel,
    Section,
    Titles,
    add_panel,
    added_panels,
    all_sections,
    register,
    section_named,
)

__all__ = [
    "DELETED",
    "BulkAction",
    "Choice",
    "ColumnSet",
    "DeleteWay",
    "Editing",
    "Fact",
    "Field",
    "Files",
    "Hidden",
    "Importing",
    "Join",
    "KeyFigures",
    "Listing",
    "Menu",
    "MenuPage",
    "OptionsPage",
    "Page",
    "Panel",
    "Personal",
    "Section",
    "Switch",
    "Titles",
    "Undo",
    "Words",
    "add_panel",
    "added_panels",
    "all_sections",
    "kept",
    "register",
    "register_page",
    "section_named",
]
