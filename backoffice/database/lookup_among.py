"""The lookup for sets of any size: `pk__in` makes a parameter of each value, of which SQLite takes 250,000."""

import json

from django.db.models import Field, ForeignObject, Lookup


@ForeignObject.register_lookup
@Field.register_lookup
class Among(Lookup):
    """`pk__among=keys`: what `in` says, with the thousands of values as one parameter instead of one each."""

    lookup_name = "among"
    prepare_rhs = False

    def as_postgresql(self, compiler, connection):
        lhs, params = self.process_lhs(compiler, connection)
        return f"{lhs} = ANY(%s)", [*params, list(self.rhs)]

    def as_sqlite(self, compiler, connection):
        lhs, params = self.process_lhs(compiler, connection)
        listed = json.dumps(list(self.rhs), default=str)
        return f"{lhs} IN (SELECT value FROM json_each(%s))", [*params, listed]  # noqa: S608
