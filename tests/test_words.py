"""The words of the screen, one for one thing: what was odd or wrong once stays mended (docs/glossary.md)."""

import re
from functools import cache
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).parent.parent
PAGES = sorted((ROOT / "templates").rglob("*.html"))

# Finding, language, English text (with its context before a bar), what it says.
TOLD = [
    ("of a tag and of a group alike", "ro", "None", "Fără"),
    ("L4", "pl", "age|Unknown", "nieznany"),
    ("L5", "ro", "age|Unknown", "Necunoscută"),
    ("L6", "ro", "Make sure the customer wants it.", "Asigurați-vă că aveți acordul clientului."),
    (
        "L8",
        "ro",
        "Customer will receive your ads via e-mail",
        "Clientul va primi ofertele partenerilor prin e-mail",
    ),
    ("L10", "fr", "Shop now", "Tableau de bord"),  # the page was called as its first card
    ("L10", "pl", "Shop now", "Pulpit"),
    ("L11", "ro", "Shop now", "Panou general"),
    ("L13", "pl", "Note saved.", "Zapisano komentarz."),
    ("L13", "pl", "Private note", "Komentarz"),
    ("L13", "pl", "Note", "Komentarz"),
    ("L15", "pl", "Minimum password length", "Minimalna długość hasła"),
    ("L16", "ro", "Minimum password length", "Lungimea minimă a parolei"),
    ("L17", "pl", "%(n)s customer added to %(label)s.", "Dodano do grupy %(label)s: %(n)s klientów."),
    ("L18", "ro", "%(n)s customer added to %(label)s.", "%(n)s clienți adăugați în %(label)s."),
    ("L19", "fr", "%(n)s customer brought back.", "%(n)s clients restaurés."),
    ("L20", "ro", "%(n)s customer brought back.", "%(n)s clienți recuperați."),
    ("L22", "fr", "Newsletter on", "Abonner à la newsletter"),
    ("L22", "fr", "Newsletter off", "Désabonner de la newsletter"),
    ("L23", "fr", "Average age", "Âge moyen"),
    ("L24", "fr", "Second factor", "Double authentification"),
    ("L25", "ro", "Second factor", "Autentificare în doi pași"),
    ("L26", "pl", "Second factor", "Uwierzytelnianie dwuskładnikowe"),
    ("L27", "fr", "Support", "Service client"),
    ("L28", "fr", "Removes %(n)s customer.", "%(n)s clients seront supprimés."),
    (
        "L28",
        "fr",
        "Hides %(n)s customer and all that is theirs.",
        "%(n)s clients seront masqués avec tout ce qui s’y rapporte.",
    ),
    ("L29", "pl", "Removes %(n)s customer.", "Zostanie usuniętych %(n)s klientów."),
    ("L30", "ro", "Removes %(n)s customer.", "Se șterg %(n)s clienți."),
    ("L31", "fr", "Call", "Appel"),
    ("L32", "fr", "Set up", "Configurée"),
    ("L33", "fr", "System", "Système"),
    ("L34", "ro", "System", "Sistem"),
    ("L35", "pl", "System", "System"),
    ("L36", "ro", "A command on the server", "O instrucțiune rulată pe server"),
    ("L37", "ro", "Name, e-mail, company, phone or ID", "Nume, e-mail, firmă, telefon sau ID"),
    ("L40", "ro", "Keyboard shortcuts", "Scurtături de tastatură"),
    ("L41", "ro", "More", "Mai multe"),
    ("L42", "ro", "Titles", "Formule de adresare"),
    ("L43", "ro", "Company number", "CUI"),
    ("L43", "ro", "VAT number", "CIF"),
    ("L45", "ro", "Put back into a group", "Readaugă în grup"),
    ("L46", "pl", "VAT number", "NIP (VAT UE)"),
    ("L47", "pl", "State", "Województwo / stan"),
    ("L48", "pl", "Currently saved", "Obecnie zapisane"),
    ("L49", "pl", "Prices shown to visitors.", "Ceny tej grupy widzą osoby niezalogowane."),
    (
        "L50",
        "pl",
        "Of the invitation, and of the pages until changed.",
        "Język zaproszenia i panelu (można później zmienić).",
    ),
    ("L52", "pl", "Remove tag", "Usuń tag od klientów"),
    ("L53", "pl", "How did they consent?", "Podaj źródło zgody"),
    ("L53", "fr", "How did they consent?", "Indiquer l’origine du consentement"),
    ("L53", "ro", "How did they consent?", "Precizați sursa acordului"),
    (
        "L54",
        "fr",
        "This address cannot be opened directly",
        "Cette adresse ne s’ouvre pas directement",
    ),
    ("L59", "ro", "Open the page again", "Deschide din nou pagina"),
    ("L59", "ro", "Choose…", "Alege…"),
    ("L61", "pl", "E-mail", "Adres e-mail"),
    ("L61", "pl", "of a customer|E-mail address", "E-mail"),
    ("L63", "pl", "risk|None", "Żaden/na"),
    ("L64", "pl", "heading|Customer", "Dane na temat klienta"),
    ("L66", "fr", "title of the page|Help", "Gérer les clients"),
    ("L67", "fr", "group|Add New", "Ajouter"),
]

# Finding, language, what no text of that language says any more.
GONE = [
    ("L7", "ro", "Un cont de client fără cont"),
    ("L9", "fr", "restaurer les clients|retrouver et de le rétablir"),
    ("L9", "ro", "clienții pot fi recuperați|aduce înapoi"),
    ("L14", "pl", "zadziałasz"),
    ("L13", "pl", "[Nn]otatk"),
    ("L19", "fr", "clients? (est|sont) de retour"),
    ("L20", "ro", "sunt din nou aici\\."),
    ("L21", "fr", "l[’']étai(t|ent)"),
    ("L24", "fr", "[Ss]econd facteur"),
    ("L25", "ro", "doilea factor"),
    ("L26", "pl", "[Dd]rugi składnik"),
    ("L28", "fr", "^(Supprime|Masque) "),
    ("L29", "pl", "^Usuwa "),
    ("L30", "ro", "^Șterge %\\(n\\)s"),
    ("L37", "ro", "companie"),
    ("L39", "ro", "autentificările"),
    ("L40", "ro", "^(Scurtături|Taste)$"),
    ("L44", "ro", "coduri a rămas"),
    ("L51", "pl", "najkrótsze hasło"),
    ("L52", "pl", "Zdejmij"),
    ("L53", "fr", "base légale"),
    ("L53", "ro", "temeiul"),
    ("L55", "fr", "Ce qui est entré"),
    ("L56", "fr", "Regardez d"),
    ("L57", "ro", "Ceva din ea"),
    ("L70", "en", "Where to"),
    ("L71", "en", "Lately"),
    ("L72", "en", "State the ground|on what ground"),
    ("L73", "en", "[Ss]hortest password"),
    ("L74", "en", "the field is on no form"),
    ("L75", "en", "Whose prices"),
    ("L76", "en", "Reference elsewhere"),
    ("L77", "en", "[Nn]o mail arrives"),
    ("L78", "en", "Nobody signed in"),
    ("L79", "en", "Work the figures out"),
    ("L80", "en", "Mend it"),
    ("L81", "en", "What you ticked"),
    ("L82", "en", "shall stand"),
    ("L83", "en", "w(as|ere) so already"),
    ("L84", "en", "Take a tag off"),
    ("L85", "en", "is new in"),
    ("L86", "en", "Look after"),
    ("L87", "en", "Look into"),
    ("L88", "en", "not less than nothing"),
    ("L89", "en", "Somebody failed"),
    ("L90", "en", "^Keys$"),
    ("L91", "en", "Narrow the menu"),
    ("L92", "en", "Select nothing"),
    ("L93", "en", "How tall"),
    ("L94", "en", "How shall"),
    ("L95", "en", "Invite somebody"),
    ("L96", "en", "longer and freer"),
    ("L97", "en", "Everything but"),
    ("L98", "en", "lie in the future"),
    ("L99", "en", "is not before 1900"),
    ("L100", "en", "birthday (does|is) not"),
    ("L104", "en", "360 minutes"),
    ("L106", "en", "^Groups made"),
    ("L107", "en", "field larger than field limit"),
    ("L108", "en", "malformed or too large"),
    ("L109", "en", "cannot be changed so"),
    ("L110", "en", "This is no e-mail"),
    ("as the status “Canceled”", "en", "ancell"),
    ("one word for a tag", "pl", "znacznik"),
    ("one word for an endpoint", "pl", "punk(t|tu) dostępu"),
    ("one word for a voucher", "ro", "[Cc]upo(n|an)"),
    ("one word for a carrier", "ro", "[Tt]ransportator"),
    ("one word for what is not valid", "ro", "[Cc]omenzi invalide"),
    ("a guest is no visitor", "ro", "[Cc]ont de vizitator|Mai mulți vizitatori|este vizitatorul"),
    ("one way to say what will be deleted", "ro", "^Se (va|vor) șterge"),
    ("the status of an order, as the seeds say it", "fr", "[Ll]’état ne compte|^(Changer|Rétablir) l’état"),
    ("invalid orders, as the seeds say it", "fr", "^Non valides|[Cc]ommandes .*non valides"),
    ("valid orders, as the seeds say it", "fr", "[Cc]ommandes valides"),
    ("a noun has its article or quotes", "fr", r"^Supprimer (définitivement )?%\(name\)s"),
    ("one wording for what is listed by something", "pl", "po adresie IP"),
    ("a visitor is no guest", "pl", "koszyk gościa"),
    ("a number of days after “po” has no fitting form", "pl", r"po %\(after\)s"),
    ("a token is none of the feminine words", "ro", "^Folosită ultima dată"),
]


@cache
def _catalogue(language: str) -> polib.POFile:
    return polib.pofile(ROOT / "locale" / language / "LC_MESSAGES" / "django.po")


def _texts(language: str) -> list[str]:
    if language == "en":
        return [text for one in _catalogue("fr") for text in (one.msgid, one.msgid_plural) if text]
    return [text for one in _catalogue(language) for text in (one.msgstr, *one.msgstr_plural.values())]


@pytest.mark.parametrize(("finding", "language", "text", "said"), TOLD)
def test_the_word_of_the_trade_is_said(finding, language, text, said):
    """L4 to L67: the finding stands beside the word."""
    context, _bar, msgid = text.rpartition("|")
    entry = _catalogue(language).find(msgid, msgctxt=context or False)
    assert said in (entry.msgstr, *entry.msgstr_plural.values()), finding


@pytest.mark.parametrize(("finding", "language", "gone"), GONE)
def test_the_odd_word_is_gone(finding, language, gone):
    """L7 to L110: in no text of that language, whatever it is about."""
    assert [text for text in _texts(language) if re.search(gone, text)] == [], finding


def test_newsletters_are_activated_in_romanian_for_one_and_for_many():
    """L38: "pornit/oprit" for one, "activat/dezactivat" for many."""
    about = [
        text
        for one in _catalogue("ro")
        for text in (one.msgstr, *one.msgstr_plural.values())
        if "ewsletter" in text
    ]
    assert len(about) > 5
    assert [text for text in about if re.search(r"porni|opri", text)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT / "templates").as_posix())
def test_no_colon_stands_behind_a_text_of_the_catalogue(page):
    """L60: "Identifiant de l’erreur:" — where a blank stands before a colon, only the translation knows."""
    assert re.findall(r"\{% translate [^%]*%\}:", page.read_text()) == []


def test_the_two_buttons_of_the_filters_on_a_phone_have_names_of_their_own():
    """L105: both were called Filter."""
    page = (ROOT / "templates" / "backoffice" / "list.html").read_text()
    assert page.count('{% translate "Filter" %}') == 1
    assert page.count('{% translate "Filters" %}') == 1
