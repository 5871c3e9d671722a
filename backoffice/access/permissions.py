"""The rights a section can give."""

SECTION_RIGHTS = ("view", "add", "change", "delete", "export", "import", "settings")
