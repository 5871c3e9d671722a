"""Customers and all that belongs to one person."""

from .consents import NOT_STATED, Consent, ConsentKind, Ground
from .custom_fields import COLUMN_OF, CustomField, CustomKind, CustomValue, value_of
from .customer import HERE, Customer, CustomerFigures, Membership, Risk, Tagging
from .feeds import TaskFeed
from .followups import Note, Task, TaskKind
from .memberships import KeptOut, MemberAct, MembershipOrigin
from .messages import Delivery, Direction, Mail, Message, Thread, ThreadStatus
from .segments import Tag, TagColour, Title
from .shop_sessions import ShopSession
from .visits import Device, PageView, Visit, Visitor

__all__ = [
    "COLUMN_OF",
    "HERE",
    "NOT_STATED",
    "Consent",
    "ConsentKind",
    "CustomField",
    "CustomKind",
    "CustomValue",
    "Customer",
    "CustomerFigures",
    "Delivery",
    "Device",
    "Direction",
    "Ground",
    "KeptOut",
    "Mail",
    "MemberAct",
    "Membership",
    "MembershipOrigin",
    "Message",
    "Note",
    "PageView",
    "Risk",
    "ShopSession",
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
    "Visitor",
    "value_of",
]
