"""What sixty countries ask of an address: postcodes, states, numbers (facts 1.5, 6.3). Written by hand, from the posts
of those countries; the product's own rules come from a library."""

import pytest

from addresses.models import Country

pytestmark = [pytest.mark.django_db, pytest.mark.alike]

# Country | good postcodes (as stored where typed otherwise) | not of that country | a state where one is needed
TABLE = """
FR | 75002, 98000, 75 002              | 7500, 750021, ABCDE, W1A 4ZZ |
DE | 10115, 26133                      | 1011, D10115, 00-950         |
PL | 00-950, 00950=00-950, 05 470=05-470 | 0095, 000-50, 7500         |
RO | 010011, 357068                    | 01001, 0100111               |
ES | 28013, 08001                      | 2801, AD500                  | ES-M
IT | 00187, 47037                      | 0187, 001877                 | IT-RM
GB | EC1Y 8SY, ec1y8sy=EC1Y8SY, GIR 0AA | W11, 12345, EC1Y             |
IE | A65 F4E2, d02x285=D02X285         | 12345, D2                    |
US | 95014, 22162-1010                 | 9501, 950145, H2X 1Y4        | US-CA
CA | H3Z 2Y7, h2x1y4=H2X1Y4            | 12345, H2X 1YY               | CA-QC
NL | 1234 AB, 1234ab=1234AB            | 1234, 12345, AB 1234         |
BE | 1000, 4000                        | 100, 10000                   |
CH | 8001, 2544                        | 800, 80011                   |
AT | 1010, 3741                        | 101, A-101                   |
PT | 2725-079, 2725079=2725-079        | 2725, 27250799               |
SE | 11455, 114 55                     | 1145, 114555                 |
NO | 0025, 6631                        | 25, 00255                    |
DK | 8660, 1566                        | 866, 86600                   |
FI | 00550, 00200                      | 0055, 005500                 |
IS | 320, 121                          | 32, 3200                     |
CZ | 100 00, 10000                     | 1000, 1000000                |
SK | 010 01, 01001                     | 0101, 010011                 |
HU | 1037, 2380                        | 103, 10377                   |
SI | 4000, 1001                        | 400, 40000                   |
HR | 10000, 21001                      | 1000, 100000                 |
BG | 1000, 1700                        | 100, 10001                   |
GR | 151 24, 15124                     | 1512, 151245                 |
CY | 2008, 3304                        | 200, 20080                   |
MT | NXR 01, GPO 01                    | 1234, NXR                    |
EE | 69501, 11212                      | 6950, 695011                 |
LV | LV-1073, lv1073=LV-1073           | 107, 10733                   |
LT | 04340, 03500                      | 0434, 043400                 |
UA | 15432, 01055                      | 1543, 154322                 |
RS | 106314, 11000                     | 1063, 1063144                |
TR | 01960, 06101                      | 0196, 019600                 |
IL | 9614303                           | 961, 96143033                |
AU | 2060, 3171                        | 206, 20600                   | AU-NSW
NZ | 6001, 6015                        | 600, 60011                   |
JP | 154-0023, 1540023                 | 154, 154-00233               | JP-13
KR | 03051, 47286                      | 0305, 030511                 | KR-11
CN | 266033, 317204                    | 26603, 2660333               | CN-37
TW | 104, 106                          | 10                           | TW-TPE
IN | 110034, 110001                    | 11003, 1100344               | IN-DL
SG | 546080, 308125                    | 54608, 5460800               |
MY | 43000, 50754                      | 4300, 430000                 |
TH | 10150, 10210                      | 1015, 101500                 |
ID | 40115                             | 4011, 401155                 | ID-JB
PH | 1008, 1050                        | 100, 10080                   |
VN | 70010, 55999                      | 7001                         |
BR | 40301-110, 40301110               | 40301, 4030111               | BR-BA
AR | C1070AAM, X5187XAB, c1070aam=C1070AAM | 107, C107A               |
CL | 8340457, 8720019                  | 834, 83404577                |
CO | 111221, 130001                    | 11122, 1112211               | CO-DC
ZA | 0083, 1451                        | 83, 00833                    |
EG | 12411, 11599                      | 1241, 124111                 |
MA | 53000, 10000                      | 5300, 530000                 |
KY | KY1-1100, ky11702=KY1-1702        | 2101, KY-1100                |
RU | 247112, 103375                    | 24711, 2471122               | RU-MOW
"""


def rows() -> list[tuple[str, list[tuple[str, str]], list[str], str]]:
    found = []
    for line in TABLE.strip().splitlines():
        code, good, bad, state = (cell.strip() for cell in line.split("|"))
        pairs = [
            (typed.strip(), (stored or typed).strip())
            for typed, _sign, stored in (one.partition("=") for one in good.split(","))
        ]
        found.append((code, pairs, [one.strip() for one in bad.split(",")], state))
    return found


ROWS = rows()
GOOD = [(code, typed, stored, state) for code, good, _bad, state in ROWS for typed, stored in good]
BAD = [(code, typed, state) for code, _good, bad, state in ROWS for typed in bad]
# What some countries ask of the buyer.
NUMBERS = {"ES": "12345678Z"}


def test_the_table_has_at_least_forty_countries():
    assert len({code for code, *_rest in ROWS}) >= 40


@pytest.mark.parametrize(("code", "typed", "stored", "state"), GOOD)
def test_a_postcode_of_the_country_is_taken_and_written_as_its_post_does(address, code, typed, stored, state):
    made = address(country=code, postcode=typed, state=state or None, dni=NUMBERS.get(code, ""))
    assert (made.postcode, made.state_id) == (stored, state or None)


@pytest.mark.parametrize(("code", "typed", "state"), BAD)
def test_a_postcode_of_another_country_is_refused_at_its_field(refused, country, code, typed, state):
    """Facts 6.3: the error shows what one looks like."""
    told = refused(country=code, postcode=typed, state=state or None, dni=NUMBERS.get(code, ""))
    example = country(code).postcode_example
    assert told == {"postcode": [f"Not a postcode of this country: write it like {example}."]}


@pytest.mark.parametrize(
    ("code", "name", "good"), [(code, "postcode", good[0][0]) for code, good, _bad, _state in ROWS]
)
def test_where_a_postcode_is_needed_none_is_refused(refused, address, country, code, name, good):
    state = next(state for row, _good, _bad, state in ROWS if row == code) or None
    values = {"country": code, "state": state, "dni": NUMBERS.get(code, "")}
    if not country(code).needs_postcode:
        assert address(**values, postcode="").postcode == ""
        return
    assert refused(**values, postcode="") == {"postcode": [f"{country(code).name} needs a postcode."]}


@pytest.mark.parametrize(
    ("code", "postcode"), [(code, good[0][0]) for code, good, _bad, state in ROWS if state]
)
def test_a_state_is_needed_and_one_of_another_country_is_refused(refused, country, code, postcode):
    values = {"country": code, "postcode": postcode, "dni": NUMBERS.get(code, "")}
    name = country(code).name
    assert refused(**values) == {"state": [f"Choose a state: {name} needs one."]}
    other, called = ("US-CA", "California") if code != "US" else ("CA-QC", "Quebec")
    assert refused(**values, state=other) == {"state": [f"{called} does not lie in {name}."]}


@pytest.mark.parametrize(("code", "postcode", "state"), [("ES", "28013", "ES-M"), ("MX", "02860", "MX-CMX")])
def test_an_identification_number_is_needed(refused, address, country, code, postcode, state):
    """Facts 1.5, 6.3."""
    values = {"country": code, "postcode": postcode, "state": state}
    assert refused(**values) == {"dni": [f"{country(code).name} needs an identification number."]}
    assert address(**values, dni="12345678Z").dni == "12345678Z"


@pytest.mark.parametrize("code", ["HK", "AO", "BZ", "BJ", "MO", "AE"])
def test_where_there_are_no_postcodes_none_is_asked(address, country, code):
    """Facts 1.5."""
    state = country(code).states.order_by("code").first() if country(code).needs_state else None
    assert address(country=code, postcode="", state=state and state.code).postcode == ""


def test_what_is_no_postcode_anywhere_is_refused(typed, client, new, customer):
    """Facts 6.3: letters, digits, spaces and hyphens."""
    answer = client.post("/addresses/add/", new(customer(), postcode="75#00"))
    assert answer.context["form"].errors["postcode"] == [
        "Postcodes can only contain letters, digits, spaces and hyphens."
    ]


def test_every_rule_of_the_table_is_one_of_the_shop(db):
    assert {code for code, *_rest in ROWS} <= set(Country.objects.values_list("code", flat=True))
