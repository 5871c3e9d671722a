"""What a voucher's code may be. Pure; the words stand in `carts/faults.py`."""

from backoffice.rules import Broken, at_most, line, tidy, visible

CODE_MAX = 64


def key_of(text: str) -> str:
    """By what a code is looked up, however it was typed: in capitals or not, with blanks around it, accents apart."""
    return tidy(text).lower()


def voucher_code(text: str) -> str:
    """A code as it is printed and typed: one word of at most 64 letters, digits and signs."""
    code = visible(at_most(line(text), CODE_MAX))
    if " " in code:
        raise Broken("voucher_code_parted")
    return code
