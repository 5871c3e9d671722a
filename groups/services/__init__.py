"""What can be done to groups beyond saving their form; each verb is one function."""

from .deletion import DeletionStep, delete_group, deletion_steps, foretell_deletion, refusal_to_delete
from .maintenance import (
    bring_back_deleted,
    delete_unused,
    numbers_of,
    pause_rules,
    resume_rules,
    there_again,
    unused_groups,
)
from .presets import add_preset

__all__ = [
    "DeletionStep",
    "add_preset",
    "bring_back_deleted",
    "delete_group",
    "delete_unused",
    "deletion_steps",
    "foretell_deletion",
    "numbers_of",
    "pause_rules",
    "refusal_to_delete",
    "resume_rules",
    "there_again",
    "unused_groups",
]
