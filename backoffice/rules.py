"""What all rules share. Pure."""

from typing import Any


class Broken(ValueError):
    """A value breaks a rule: `code` names the fault, `facts` what its sentence needs."""

    def __init__(self, code: str, **facts: Any):
        super().__init__(code)
        self.code = code
        self.facts = facts
