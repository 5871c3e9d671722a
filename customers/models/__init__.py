"""Customers and all that belongs to one person."""

from .consents import NOT_STATED, Consent, ConsentKind, Ground
from .customer import HERE, Customer, CustomerFigures, Membership, Risk, Tagging
from .feeds import TaskFeed
from .followups import Note, Task, TaskKind
from .messages import Delivery, Direction, Mail, Message, Thread, ThreadStatus
from .segments import Tag, TagColour, Title
from .visits import Device, PageView, Visit

__all__ = [
    "HERE",
    "NOT_STATED",
    "Consent",
    "ConsentKind",
    "Customer",
    "CustomerFigures",
    "Delivery",
    "Device",
    "Direction",
    "Ground",
    "Mail",
    "Membership",
    "Message",
    "Note",
    "PageView",
    "Risk",
    "Tag",
    "TagColour",
    "Tagging",
    "Task",
    "TaskFeed",
    "TaskKind",
    "Thread",
    "ThreadStatus",
    "Title",
    "Visit",
]
