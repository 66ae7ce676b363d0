"""Finds in what was captured what must not be seen."""

import base64, collections, json, re, urllib.parse
from truth import WORD

Capture = collections.namedtuple("Capture", "channel route role organisations status is_meant text")
# channel: body, header, error, log, sse, webhook, command. is_meant: identifiers of patients belong in it.
Finding = collections.namedtuple("Finding", "kind channel route role where index")

TEN_DIGITS = re.compile(r"(?<!\d)(\d{3})(?:[ \-.+\u00a0\u2009]|%20)?(\d{3})(?:[ \-.+\u00a0\u2009]|%20)?(\d{4})(?!\d)")
DAYS = [re.compile(r"(?<!\d)(?P<y>\d{4})([-/.]?)(?P<m>\d\d)\2(?P<d>\d\d)(?!\d)"),
        re.compile(r"(?<!\d)(?P<d>\d{1,2})([-/. ])(?P<m>\d{1,2}|[A-Za-z]{3,9})\2(?P<y>\d{4})(?!\d)"),
        re.compile(r"(?<!\d)(?P<m>\d{1,2})([-/.])(?P<d>\d{1,2})\2(?P<y>\d{4})(?!\d)")]
MONTHS = {month: index + 1 for index, month in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split())}
# What is random or a code, in which any short word may stand by chance.
OPAQUE = re.compile(
    r"[0-9a-fA-F]{8}-[0-9a-fA-F-]{27}|\b[a-z]1\.[\w-]+|\bv1,[\w+/=]{44}|\bwhsec_[\w+/=]+|\b(?:enc|pt|evt|case|wh|hoc)[_-][0-9a-z]{8,}"
    r"|\beyJ[\w-]+\.[\w-]+\.[\w-]+|W?/?\"[^\"\s]{6,}\"")
CURSOR = re.compile(r"\b[a-z]1\.([\w-]{12,})")
ALPHABET = {letter: value for value, letter in enumerate("0123456789abcdefghjkmnpqrstvwxyz")}
REF_KEYS = ("encounter", "patient", "ref", "id", "href", "dataref", "subject", "reference")
# Members that say where somebody is, or would give it away, in an object that is about a restricted encounter.
PLACE_KEYS = {"site", "site_name", "ward", "bay", "bed", "visit_ward", "hospital", "hospital_name", "feed", "local_issuer",
              "specialty", "consultant", "serviceProvider", "participant", "serviceType", "reasonCode"}
ADDRESS_KEYS = {"href", "url", "fullUrl", "dataref", "reference", "next_cursor", "next", "cursor"}


def leaves(value, path="$", key=None):
    """Every text and number of a JSON value, with its path (indexes left out) and the member it stands in."""
    if isinstance(value, dict):
        for name, member in value.items():
            yield f"{path}.{{}}", None, name
            yield from leaves(member, f"{path}.{name}", name)
    elif isinstance(value, list):
        for member in value:
            yield from leaves(member, f"{path}[]", key)
    elif value is not None and not isinstance(value, bool):
        yield path, key, str(value)


def unpacked(text):
    """What a cursor holds, as far as it can be read by anybody."""
    for match in CURSOR.finditer(text):
        word = match.group(1)
        inner = base64.urlsafe_b64decode(word + "=" * (-len(word) % 4)) if len(word) % 4 != 1 else b""
        yield inner.decode("latin-1")
        for packed in [word.lower(), *re.findall(r"[0-9a-z]{16,}", inner.decode("latin-1"))]:
            bits = value = 0
            out = bytearray()
            for letter in packed:
                value, bits = value << 5 | ALPHABET.get(letter, 0), bits + 5
                if bits >= 8:
                    bits -= 8
                    out.append(value >> bits & 255)
                    value &= (1 << bits) - 1
            yield out.decode("latin-1")


class Leaks:
    def __init__(self, truth):
        self.truth = truth
        longer = sorted(truth.phrases, key=len, reverse=True)
        self.phrase = re.compile(r"(?<!\w)(?:%s)(?!\w)" % "|".join(map(re.escape, longer))) if longer else None

    def of(self, capture):
        """The findings in one capture, each kind once for each place."""
        found = set()
        value = parsed(capture.text)

        def note(kind, where, index):
            found.add(Finding(kind, capture.channel, capture.route, capture.role, where, index))

        texts = [("$", None, capture.text)] if value is None else list(leaves(value))
        for where, key, text in texts:
            is_address = key in ADDRESS_KEYS or text.startswith(("/api/", "/fhir/", "http://", "https://"))
            if not capture.is_meant or is_address:
                self.identifiers(text, where, note, is_whole=value is not None)
                if "%" in text:
                    self.identifiers(urllib.parse.unquote_plus(text), where, note, is_whole=False)
            for inner in unpacked(text):
                self.identifiers(inner, f"{where} unpacked", note, is_whole=False, has_names=False)
            for number in ten_digits(text):
                if number in self.truth.withheld_numbers:
                    note("withheld patient", where, self.truth.numbers.get(number, -1))
            if key in ("ward", "visit_ward") and text in self.truth.veiled_wards:
                note("sensitive ward", where, 0)
        if value is not None:
            self.places(value, "$", capture, note)
        elif self.truth.restricted:
            for line in capture.text.splitlines():
                for ref in re.findall(r"\b(?:enc|pt)[_-][0-9a-z]{6,}", line):
                    self.place_words(line, "$", ref.replace("-", "_"), capture, note)
        return found

    # Who somebody is

    def identifiers(self, text, where, note, is_whole, has_names=True):
        truth = self.truth
        for number in ten_digits(text):
            if number in truth.numbers:
                note("NHS number", where, truth.numbers[number])
        for day in days(text):
            if day in truth.births:
                note("birth date", where, truth.births[day])
        if not has_names:
            return
        if is_whole and text in truth.spelled and text not in truth.codes:
            note("name", where, truth.spelled[text])
        plain = OPAQUE.sub(" ", text)
        for match in WORD.finditer(plain):
            around = plain[max(0, match.start() - 1):match.start()] + plain[match.end():match.end() + 1]
            if any(letter.isdigit() or letter == "_" for letter in around):
                continue
            word = match.group().lower().replace("’", "'")
            for part in {word, *word.split("-")}:
                if part in truth.names and not truth.is_ordinary(part):
                    note("name", where, truth.names[part])
        if self.phrase:
            for match in self.phrase.finditer(plain.lower()):
                if not all(truth.is_ordinary(word) for word in match.group().split()):
                    note("name", where, truth.phrases[match.group()])

    # Where somebody is

    def places(self, value, path, capture, note):
        if isinstance(value, list):
            for member in value:
                self.places(member, f"{path}[]", capture, note)
        if not isinstance(value, dict):
            return
        ref = next((ref for ref in refs_of(value) if ref in self.truth.restricted), None)
        if ref:
            self.about(value, path, ref, capture, note)
        for key, member in value.items():
            self.places(member, f"{path}.{key}", capture, note)

    def about(self, value, path, ref, capture, note):
        for key, member in value.items():
            where = f"{path}.{key}"
            # What is of all feeds is of nobody; what is of another encounter is looked at for itself.
            if key == "feeds":
                continue
            is_place = key in PLACE_KEYS or (key == "location" and isinstance(member, list))
            if is_place and member and not (isinstance(member, str) and member in capture.organisations):
                note("place of a restricted patient", where, 0)
            if key == "reason" and member and path.rsplit(".", 1)[-1] not in ("corrected", "outcome"):
                note("reason of a restricted patient", where, 0)
            for inner in member if isinstance(member, list) else [member]:
                if isinstance(inner, dict):
                    if not self.truth.open_refs & set(refs_of(inner)):
                        self.about(inner, where, ref, capture, note)
                elif isinstance(inner, str):
                    self.place_words(inner, where, ref, capture, note)

    def place_words(self, text, where, ref, capture, note):
        for place in self.truth.restricted.get(ref, ()):
            if place in capture.organisations:
                continue
            # A code of one or two letters is only told from other words where it stands alone.
            if text == place or (len(place) > 3 and re.search(rf"(?<!\w){re.escape(place)}(?!\w)", text)):
                note("place of a restricted patient", where, 0)


def parsed(text):
    if text[:1] not in "{[":
        return None
    try:
        return json.loads(text)
    except ValueError:
        return None


def refs_of(value):
    """Whom an object is about: its own refs, and those of the patient and the references in it."""
    for key in REF_KEYS:
        member = value.get(key)
        if isinstance(member, dict):
            member = member.get("ref") or member.get("reference")
        if isinstance(member, str):
            yield member.rsplit("/", 1)[-1].replace("-", "_", 1)


def ten_digits(text):
    return ["".join(match.groups()) for match in TEN_DIGITS.finditer(text)]


def days(text):
    for shape in DAYS:
        for match in shape.finditer(text):
            month = match["m"]
            month = int(month) if month.isdigit() else MONTHS.get(month[:3].lower(), 0)
            yield f"{match['y']}-{month:02}-{int(match['d']):02}"
