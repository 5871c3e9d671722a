"""Customers and all that belongs to one person."""

from .customer import HERE, Customer, CustomerFigures, Membership, Risk, Tagging
from .followups import NOT_STATED, Consent, ConsentKind, Note, Task, TaskKind
from .messages import Delivery, Direction, Mail, Message, Thread, ThreadStatus
from .segments import Tag, Title
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
    "Tagging",
    "Task",
    "TaskKind",
    "Thread",
    "ThreadStatus",
    "Title",
    "Visit",
]
