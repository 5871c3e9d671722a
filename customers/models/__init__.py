"""Customers and all that belongs to one person."""

from .customer import HERE, Customer, CustomerFigures, Membership, Risk, Tagging
from .feeds import TaskFeed
from .followups import NOT_STATED, Consent, ConsentKind, Note, Task, TaskKind
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
