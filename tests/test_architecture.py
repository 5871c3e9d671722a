"""The habits of the house that a reader relies on, checked over the text of every file (architecture, parts 1 to 4)."""

import ast
import re
from functools import cache
from pathlib import Path

import grimp
import pytest
from django.conf import settings
from grimp import Layer

ROOT = Path(__file__).resolve().parent.parent
SHOP_APPS = tuple(settings.SHOP_APPS)
APPS = ("backoffice", *SHOP_APPS)
# Inside an app, from the top down; what stands in one line imports nothing of each other.
INSIDE = (
    {"apps", "demo", "management", "urls"},
    {"api", "views"},
    {"sections"},
    {"importing", "forms"},
    {"services"},
    {"options", "queries", "registries", "faults", "seeding"},
    {"models"},
    {"search_index", "rights"},
    {"rules"},
)
MOST_LINES = 400
# dev.py is one file by promise: it must run before anything is installed.
LONGER = {"dev.py": 550}
# Where a text is declared safe for a page: the one escaping pattern, the rows it drew, a constant attribute.
SAFE_TEXTS = {"backoffice/screen/markup.py", "backoffice/tables/drawing.py", "backoffice/tables/filters.py"}
# Where a statement is put together: from the names of our own tables and columns, quoted, never from what came in.
OWN_NAMES_IN_SQL = {
    "backoffice/demo/loading.py",
    "backoffice/records/history.py",
    "backoffice/database/search_index.py",
    "backoffice/records/seeding.py",
    "backoffice/database/bulk_sql.py",
    "backoffice/database/sharing.py",
    "backoffice/management/commands/database_role.py",
    "customers/services/rule_preview.py",
}
STATEMENT_TAKERS = {"execute", "executemany", "raw", "RawSQL", "extra"}
EMPTY_WORDS = {
    "util",
    "utils",
    "helper",
    "helpers",
    "common",
    "misc",
    "stuff",
    "manager",
    "managers",
    "data",
    "info",
}
REGISTRIES = re.compile(r"py[p]i\.org|pythonhoste[d]|npmj[s]\.(org|com)|deb\.debia[n]\.org")
OUTSIDE = {"var", "__pycache__", "node_modules"}


def is_outside(file: Path) -> bool:
    """Whether a file only lies in the tree: caches, the environment, what the demo keeps."""
    folders = file.relative_to(ROOT).parts[:-1]
    return any(name in OUTSIDE or (name.startswith(".") and name != ".ci") for name in folders)


def of_the_project(suffixes: tuple[str, ...], folders: tuple[str, ...] = (".",)) -> list[Path]:
    return sorted(
        file
        for folder in folders
        for file in (ROOT / folder).rglob("*")
        if file.suffix in suffixes and file.is_file() and not is_outside(file)
    )


def modules(folders: tuple[str, ...] = (".",)) -> list[Path]:
    return [file for file in of_the_project((".py",), folders) if "migrations" not in file.parts]


def named(file: Path) -> str:
    return str(file.relative_to(ROOT))


@cache
def tree_of(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def test_no_file_is_too_long_to_be_read_in_one_go():
    lengths = {named(file): len(file.read_text(encoding="utf-8").splitlines()) for file in modules()}
    assert {name: lines for name, lines in lengths.items() if lines > LONGER.get(name, MOST_LINES)} == {}


def test_every_module_says_what_it_is_for():
    without = [
        named(file) for file in modules() if not ast.get_docstring(tree_of(file)) and file.stat().st_size
    ]
    assert without == []


def test_no_name_says_nothing():
    """A module, class or function is named for what it does, in the words of the trade (architecture 4)."""
    found = []
    for file in modules():
        if file.stem in EMPTY_WORDS:
            found.append(named(file))
        for node in ast.walk(tree_of(file)):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                words = set(re.findall(r"[A-Z]?[a-z]+", node.name))
                if {word.lower() for word in words} & (EMPTY_WORDS - {"manager", "managers", "data", "info"}):
                    found.append(f"{named(file)}: {node.name}")
    assert found == []


def test_text_is_declared_safe_only_where_that_is_argued():
    """G1, G4, G5: what people typed is escaped on every page (mails are plain text, and know no markup)."""
    declared = re.compile(r"mark_safe|SafeString\(|\|\s*safe\b|\{%\s*autoescape off|__html__")
    files = [*modules(APPS), *of_the_project((".html",), ("templates", *APPS))]
    found = {named(file) for file in files if declared.search(file.read_text(encoding="utf-8"))}
    assert found - SAFE_TEXTS == set()


def test_statements_to_the_database_are_constant_texts():
    """G21, G22: values reach the database as parameters only; a statement is never put together from what came in."""
    found = set()
    for file in modules(APPS):
        for node in ast.walk(tree_of(file)):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "attr", getattr(node.func, "id", "")) in STATEMENT_TAKERS
                and node.args
                and not isinstance(node.args[0], ast.Constant)
            ):
                found.add(named(file))
    assert found - OWN_NAMES_IN_SQL == set()


def test_only_views_answer_that_a_page_is_not_there():
    """Code finding C25.9: what stands below them says so by an error of its own (backoffice/records/errors.py)."""
    found = set()
    for file in modules(APPS):
        if "views" in file.with_suffix("").parts:
            continue
        for node in ast.walk(tree_of(file)):
            if isinstance(node, ast.ImportFrom) and any(one.name.endswith("404") for one in node.names):
                found.add(named(file))
    assert found == set()


def test_no_page_carries_script_or_style_of_its_own():
    """G5: the policy allows neither, so a page that carried some would not work."""
    inline = re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*type=.application/json)|<style\b|\sstyle=|\son[a-z]+=|javascript:"
    )
    files = of_the_project((".html",), ("templates", *APPS))
    assert {named(file) for file in files if inline.search(file.read_text(encoding="utf-8"))} == set()


def test_no_file_names_a_package_registry_or_a_place_on_somebodys_machine():
    places = re.compile(r"/(?:home|Users)/[a-z]+/|/root/")
    suffixes = (".py", ".toml", ".in", ".txt", ".md", ".yaml", ".html", ".js", ".css", ".json", "")
    found = {}
    for file in of_the_project(suffixes):
        text = file.read_text(encoding="utf-8")
        if hit := REGISTRIES.search(text) or (file.name != Path(__file__).name and places.search(text)):
            found[named(file)] = hit.group()
    assert found == {}


def test_nothing_of_others_is_copied_into_the_tree():
    """Libraries come from their packages, pinned by hash (libraries, "nothing third-party is copied")."""
    copied = [named(file) for file in of_the_project((".js", ".css", ".woff2")) if ".min." in file.name]
    assert copied == []


def test_the_ci_gives_the_commands_that_the_readme_gives():
    steps = [line for line in (ROOT / ".ci" / "run").read_text().splitlines() if line.startswith("python3 ")]
    assert steps == ["python3 dev.py check", "python3 dev.py test"]


@pytest.mark.parametrize("app", APPS)
def test_rules_are_pure(app):
    """Rules take values and give values: no Django, no clock, no settings (architecture 1.4)."""
    rules = [file for file in modules((app,)) if "rules" in file.relative_to(ROOT).with_suffix("").parts[1:2]]
    for file in rules:
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"\.(now|today|utcnow)\(|\btime\.time\(|\bsettings\b|\bopen\(", text), named(
            file
        )


@pytest.fixture(scope="module")
def imports() -> grimp.ImportGraph:
    """Who imports whom among all our modules; what is imported for types only does not count."""
    return grimp.build_graph(*APPS, include_external_packages=True, exclude_type_checking_imports=True)


def chains(found) -> list[str]:
    return sorted(f"{one.importer} imports {one.imported}" for one in found)


def test_the_apps_stand_in_the_line_of_the_settings(imports):
    """Architecture 3: each app may import those before it only."""
    layers = [Layer(app) for app in reversed(APPS)]
    assert chains(imports.find_illegal_dependencies_for_layers(layers=layers)) == []


@pytest.mark.parametrize("app", SHOP_APPS)
def test_inside_an_app_imports_go_down(imports, app):
    """Architecture 4; a module that stands in no layer fails here."""
    here = {child.rpartition(".")[2] for child in imports.find_children(app)} - {"migrations"}
    assert here - set().union(*INSIDE) == set()
    layers = [Layer(*names & here, independent=False) for names in INSIDE if names & here]
    found = imports.find_illegal_dependencies_for_layers(layers=layers, containers={app})
    assert chains(found) == []


@pytest.mark.parametrize("app", APPS)
def test_rules_need_no_django(imports, app):
    """Architecture 1.4: values in, values out."""
    if f"{app}.rules" in imports.modules:
        reached = imports.find_upstream_modules(f"{app}.rules")
        assert {name for name in reached if name.split(".")[0] == "django"} == set()


def test_the_shared_machinery_names_no_app():
    """Architecture 2: neither by import nor by a text: apps register what is theirs. The settings list them."""
    names = "|".join(SHOP_APPS)
    named_app = re.compile(rf"/?(?:{names})(?:[./].*|_(?:list|view|add|edit|delete|export|options|toggle))?")
    found = set()
    for file in modules(("backoffice",)):
        for node in ast.walk(tree_of(file)):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and named_app.fullmatch(node.value)
            ):
                found.add(f"{named(file)}: {node.value}")
    assert found == {f"backoffice/settings.py: {app}" for app in SHOP_APPS}
