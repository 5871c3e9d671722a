"""`manage.py worker`: work in the background and on schedule (decision 30)."""

from django.core.management.base import CommandError

from backoffice.commands import ShopCommand
from backoffice.jobs import heartbeat, worker


class Command(ShopCommand):
    help = (
        "Does the work of the background: jobs, lost jobs of killed workers, the schedule. "
        "Ends after the job at hand on SIGTERM or SIGINT. Any number may run beside each other."
    )

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="do all that is due and waiting, then end")
        for name, seconds, meaning in (
            ("poll", worker.POLL_SECONDS, "between looks into an empty queue"),
            ("beat", heartbeat.BEAT_SECONDS, "between signs of life"),
            ("look", worker.LOOK_SECONDS, "between looks for lost jobs and for what is due"),
            (
                "dead-after",
                heartbeat.DEAD_AFTER_SECONDS,
                "without a sign of life until a worker counts as dead",
            ),
        ):
            parser.add_argument(
                f"--{name}",
                type=float,
                default=seconds,
                metavar="SECONDS",
                help=f"{meaning} (default: {seconds:.0f})",
            )

    def handle(self, *, once, poll, beat, look, dead_after, **options):
        if min(poll, beat, look) <= 0 or dead_after < 3 * beat:
            raise CommandError("All times are above 0, and --dead-after is at least three times --beat")
        mine = worker.Worker(poll=poll, beat=beat, look=look, dead_after=dead_after)
        with worker.ended_by_signals(mine):
            if once:
                mine.live(once=True)
                self.stdout.write(f"Jobs done: {mine.done}")
            else:
                mine.serve()
