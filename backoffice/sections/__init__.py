"""What an app declares: its sections, their fields, and what can be done to their records."""

from ..personal import Personal
from .actions import DELETED, BulkAction, Choice, DeleteWay, Question, RecordAction, Undo, Words
from .custom import CustomFields, Declared
from .explanation import Explanation, add_explanations, explanation_named, explanations_of
from .fields import Fact, Field, Files, Join, RequiredRow, Said, States, Switch, kept
from .importing import Importing, ImportOption
from .lane import Lane, add_lanes, lanes_of
from .maintenance import MaintenanceCheck, add_checks, maintenance_checks
from .menu import Menu, MenuPage, register_page
from .page import Page, Panel, Related
from .section import (
    HOME,
    ColumnSet,
    Editing,
    Hidden,
    KeyFigures,
    Listing,
    OptionsPage,
    SearchScope,
    Section,
    Titles,
    add_panel,
    added_panels,
    all_sections,
    home_panels,
    register,
    section_named,
    with_added_panels,
)

__all__ = [
    "DELETED",
    "HOME",
    "BulkAction",
    "Choice",
    "ColumnSet",
    "CustomFields",
    "Declared",
    "DeleteWay",
    "Editing",
    "Explanation",
    "Fact",
    "Field",
    "Files",
    "Hidden",
    "ImportOption",
    "Importing",
    "Join",
    "KeyFigures",
    "Lane",
    "Listing",
    "MaintenanceCheck",
    "Menu",
    "MenuPage",
    "OptionsPage",
    "Page",
    "Panel",
    "Personal",
    "Question",
    "RecordAction",
    "Related",
    "RequiredRow",
    "Said",
    "SearchScope",
    "Section",
    "States",
    "Switch",
    "Titles",
    "Undo",
    "Words",
    "add_checks",
    "add_explanations",
    "add_lanes",
    "add_panel",
    "added_panels",
    "all_sections",
    "explanation_named",
    "explanations_of",
    "home_panels",
    "kept",
    "lanes_of",
    "maintenance_checks",
    "register",
    "register_page",
    "section_named",
    "with_added_panels",
]
