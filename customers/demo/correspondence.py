"""Conversations, sent mails, notes and tasks of the generated people."""

import datetime as dt
import random
from functools import cache

from backoffice.database.folding import plain
from backoffice.demo.loading import Table
from backoffice.demo.shop import Batch

from ..models import Mail, Message, Note, Task, Thread
from ..models.messages import BEGINNING
from .people import Person, between
from .phrases import CONVERSATIONS, MAILS, NOTES, REPLY, TASKS

THREADS = Table(
    Thread,
    "id customer_id email subject order_reference status language assignee_id created_at updated_at"
    " last_message_at last_text unread version subject_key last_text_key search_text",
)
MESSAGES = Table(
    Message,
    "thread_id direction author_id text private delivery tried_at read_at sent_at ip user_agent",
)
MAILS_SENT = Table(Mail, "customer_id recipient template subject language sent_at")
NOTES_WRITTEN = Table(Note, "id customer_id text pinned author_id version created_at updated_at")
TASKS_SET = Table(
    Task,
    "id customer_id title kind details due_on due_time assignee_id done_at created_at updated_at version",
)
STATES = ("closed", "open", "pending1", "pending2")
_folded = cache(plain)


def put_correspondence(batch: Batch) -> None:
    """One customer in ten has written; all have had mails; a few have notes and tasks. The first people have all."""
    dice = batch.chance("correspondence")
    for place, person in enumerate(batch.people):
        first_ones = not batch.number and place < 8
        if first_ones or dice.random() < 0.1:
            # The first people show every state.
            _put_conversation(batch, dice, person, STATES[place % len(STATES)] if first_ones else "")
        if not person.email.endswith(".invalid"):
            _put_mails(batch, dice, person)
        if first_ones or person.note or dice.random() < 0.05:
            _put_note(batch, dice, person)
        if first_ones or dice.random() < 0.03:
            _put_task(batch, dice, person, place if first_ones else None)


def _staff(batch: Batch, dice: random.Random) -> int | None:
    ids = batch.shop.staff_ids
    return ids[int(dice.random() * len(ids))] if ids else None


def _put_conversation(batch: Batch, dice: random.Random, person: Person, status: str) -> None:
    shop = batch.shop
    key = shop.take_id(Thread)
    subject, question, answer = dice.choice(CONVERSATIONS[person.land.language])
    if person.user_agent:
        question = f"{question} {person.user_agent}"
    asked = between(person.registered_at, person.deleted_at or shop.now, dice.random())
    answered = min(asked + dt.timedelta(minutes=dice.randrange(5, 3_000)), shop.now)
    status = status or dice.choices(STATES, (6, 3, 1, 1))[0]
    add = batch.rows[MESSAGES].append
    read = answered if status != "open" else None
    whose = _staff(batch, dice) if read or dice.random() < 0.4 else None
    last_at, last = (answered, answer) if read else (asked, question)
    last = last[:BEGINNING].rstrip()
    batch.rows[THREADS].append(
        (
            key,
            person.id,
            person.email,
            subject,
            "",
            status,
            person.land.language,
            whose,
            asked,
            last_at,
            last_at,
            last,
            not read,
            1,
            _folded(subject),
            _folded(last),
            " " + _folded(f"{subject} {person.email} {last}"),
        )
    )
    add((key, "customer", None, question, False, "", None, read, asked, person.ip, person.user_agent))
    if read:
        add((key, "staff", whose, answer, False, "sent", answered, None, answered, None, ""))
        if not person.email.endswith(".invalid"):
            subject = REPLY[person.land.language] % subject
            batch.rows[MAILS_SENT].append(
                (person.id, person.email, "reply_msg", subject, person.land.language, answered)
            )
        if dice.random() < 0.2:
            remark = dice.choice(NOTES)
            add((key, "staff", _staff(batch, dice), remark, True, "", None, None, answered, None, ""))


def _put_mails(batch: Batch, dice: random.Random, person: Person) -> None:
    add, language = batch.rows[MAILS_SENT].append, person.land.language
    if not person.guest:
        add((person.id, person.email, "account", MAILS["account"][language], language, person.registered_at))
    for template in ("newsletter", "password"):
        if (
            person.newsletter if template == "newsletter" else dice.random() < 0.05
        ) and not person.deleted_at:
            sent = between(person.registered_at, batch.shop.now, dice.random())
            add((person.id, person.email, template, MAILS[template][language], language, sent))


def _put_note(batch: Batch, dice: random.Random, person: Person) -> None:
    written = between(person.registered_at, person.deleted_at or batch.shop.now, dice.random())
    texts = dice.sample(NOTES, 1 + (dice.random() < 0.4))
    # The private note is the pinned one.
    for text in (person.note, *texts) if person.note else texts:
        batch.rows[NOTES_WRITTEN].append(
            (
                batch.shop.take_id(Note),
                person.id,
                text,
                text == person.note,
                _staff(batch, dice),
                1,
                written,
                written,
            )
        )


def _put_task(batch: Batch, dice: random.Random, person: Person, first: int | None) -> None:
    """A task of the last months; those of the first people are the owner's, open, and due these days."""
    shop = batch.shop
    kind, title = dice.choice(TASKS)
    made = between(max(person.registered_at, shop.now - dt.timedelta(days=90)), shop.now, dice.random())
    due = made + dt.timedelta(days=dice.randrange(0, 60))
    done = between(made, min(due, shop.now), dice.random()) if dice.random() < 0.6 else None
    hour = (
        f"{dice.randrange(8, 18):02d}:{dice.choice((0, 15, 30, 45)):02d}:00" if dice.random() < 0.4 else None
    )
    assignee = _staff(batch, dice)
    if first is not None:
        due, done = shop.now + dt.timedelta(days=2 * first - 5), None
        assignee = min(shop.staff_ids, default=None)
    batch.rows[TASKS_SET].append(
        (
            shop.take_id(Task),
            person.id,
            title,
            kind,
            "",
            due.date(),
            hour,
            assignee,
            done,
            made,
            done or made,
            1,
        )
    )
