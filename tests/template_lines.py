"""The linter's rule for the length of a template's lines, which the linter itself leaves to its formatter."""


def run(*, rule: dict, config, html: str, **place) -> list[dict]:
    """The lines that are longer than `max_line_length` (pyproject.toml), as djlint asks for them."""
    return [
        {"code": rule["name"], "line": f"{number}:0", "match": line.strip()[:20], "message": rule["message"]}
        for number, line in enumerate(html.splitlines(), start=1)
        if len(line) > config.max_line_length
    ]
