"""The numbers by which companies are known, by country: what papers call them, judged by python-stdnum (decision 7)."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from stdnum.exceptions import InvalidChecksum, InvalidFormat, ValidationError
from stdnum.fr import siren, siret
from stdnum.pl import nip, regon
from stdnum.ro import cui, onrc
from stdnum.util import get_cc_module

from backoffice.rules import Broken

_APE = re.compile(r"[0-9]{2}\.?[0-9]{1,2}\.?[A-Z]")


def _ape(code: str) -> str:
    """The French code of an activity: three or four digits and a letter (facts 1.16), which the library has not."""
    found = code.strip().upper()
    if not _APE.fullmatch(found):
        raise InvalidFormat
    return found.replace(".", "")


@dataclass(frozen=True)
class Kind:
    """A kind of number: the name that its country knows it by, and each form of it with how that is printed."""

    name: str
    forms: tuple[tuple[Callable[[str], str], Callable[[str], str] | None], ...]


SIRET = Kind("SIRET", ((siret.validate, siret.format), (siren.validate, siren.format)))
APE = Kind("APE", ((_ape, None),))
REGON = Kind("REGON", ((regon.validate, None),))
NIP = Kind("NIP", ((nip.validate, nip.format),))
ONRC = Kind("Nr. registrul comerțului", ((onrc.validate, None),))
CUI = Kind("CUI", ((cui.validate, None),))
# What the two fields of a company are, by its country (S4.55, S4.56).
COMPANY = {"FR": SIRET, "PL": REGON, "RO": ONRC}
TAX = {"FR": APE, "PL": NIP, "RO": CUI}
# What the library calls the same in other countries.
COMPANY_ELSEWHERE = ("businessid",)
TAX_ELSEWHERE = ("vat", "tin", "stnr")


def judge(number: str, kind: Kind) -> None:
    """Doubts what is no number of that kind; a wrong check digit is told apart: a digit is mistyped."""
    faults = _faults(number, (valid for valid, _printed in kind.forms))
    if any(isinstance(one, InvalidChecksum) for one in faults):
        raise Broken("check_digit_odd", name=kind.name)
    if faults:
        raise Broken("company_number_odd", name=kind.name)


def judge_elsewhere(number: str, country: str, names: Iterable[str]) -> None:
    """Doubts what none of the country's modules of these names takes; of a country without any nobody knows."""
    modules = [one for name in names if (one := get_cc_module(country, name))]
    if _faults(number, (one.validate for one in modules)):
        raise Broken("company_number_odd_there")


def judge_anywhere(number: str) -> None:
    """Doubts what is no number of any of the countries known here."""
    kinds = (*COMPANY.values(), *TAX.values())
    if _faults(number, (valid for kind in kinds for valid, _printed in kind.forms)):
        raise Broken("company_number_odd_anywhere")


def printed(number: str, kind: Kind | None) -> str:
    """A valid number in the groups that people read it by, any other as it is."""
    for valid, in_groups in kind.forms if kind else ():
        if in_groups and not _faults(number, (valid,)):
            return in_groups(number)
    return number


def _faults(number: str, checks: Iterable[Callable[[str], str]]) -> list[ValidationError]:
    """Why each of these refuses it; none where one takes it."""
    faults = []
    for check in checks:
        try:
            check(number)
        except ValidationError as fault:
            faults.append(fault)
        else:
            return []
    return faults
