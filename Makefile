# The same commands as the README's, and what only developers need.
.PHONY: demo test check lock mutants messages

demo:
	python3 dev.py demo

test:
	python3 dev.py test

check:
	python3 dev.py check

# Writes requirements/*.txt anew from requirements/*.in, every file of every platform by its hash.
# `make lock MORE=--upgrade` also takes newer versions of what the .in files do not name.
LOCK = ../.venv/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate \
	--custom-compile-command 'make lock' --quiet
lock:
	.venv/bin/python -m pip install --require-hashes -r requirements/dev.txt
	cd requirements && for set in base test dev; do $(LOCK) $(MORE) $$set.in -o $$set.txt || exit 1; done

# Which small changes of a module does no test notice? Minutes a module, on SQLite; the table is in pyproject.toml.
# `make mutants ONLY=backoffice/records/changes.py MOST=30` looks at 30 of one; the house itself is never changed.
mutants:
	.venv/bin/python -m pip install --quiet --require-hashes -r requirements/dev.txt
	.venv/bin/python -m tests.mutants $(ONLY) $(if $(MOST),--most $(MOST))

# Collects the screen texts into locale/*/LC_MESSAGES/django.po (needs GNU gettext).
messages:
	.venv/bin/python manage.py makemessages --all --no-location --no-obsolete --ignore=.venv --ignore=var
