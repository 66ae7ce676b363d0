"""What must not be seen: read from the crawled installation's own database, never printed."""

import collections, datetime, re

# Two wards of the simulated hospital that the crawl declares sensitive, beside what messages tell (deploy/README.md).
POLICY = {"wards": {"CHW": "restricted", "8B": "withheld"}}
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
SUFFIX = {"PID": (3, 5, 7), "MRG": (1, 1, None)}


class Truth:
    """The identifiers of everybody the installation was told of, and where those are who must not be found.

    Whoever is found is named by a number: their place among those of a kind, which only this run knows.
    """

    def __init__(self):
        self.numbers, self.names, self.spelled, self.phrases, self.births = {}, {}, {}, {}, {}
        self.ordinary, self.codes = set(), set()
        # Refs of restricted encounters, and of patients all of whose encounters are; each with the places to hide.
        self.restricted = {}
        self.open_refs = set()
        self.withheld_numbers = set()
        self.veiled_wards = set(POLICY["wards"])
        self.organisations = set()

    @staticmethod
    def read(daemon, vocabulary):
        truth = Truth()
        truth.ordinary = vocabulary
        told = Told(daemon, truth)
        rows = daemon.rows("select nhs_number, family, preferred, born, array_to_string(given, chr(28)) from practice.encounter")
        for number, family, preferred, born, given in rows:
            truth.add(number, [family, preferred, *(given or "").split("\x1c")], born)
        truth.leave_out_recent_births(told.first_day)
        truth.read_places(daemon, told)
        return truth

    def add(self, number, names, born):
        if number:
            self.numbers.setdefault(number, len(self.numbers))
        for name in filter(None, names):
            self.spelled.setdefault(name, len(self.spelled))
            words = name.lower().replace("’", "'")
            if " " in words:
                self.phrases.setdefault(words, len(self.phrases))
                continue
            self.names.setdefault(words, len(self.names))
        if born and re.fullmatch(r"\d{4}-\d\d-\d\d", born):
            self.births.setdefault(born, len(self.births))

    def leave_out_recent_births(self, first_day):
        """The birthday of a newborn cannot be told from the day of an event."""
        edge = (datetime.date.fromisoformat(first_day) - datetime.timedelta(days=60)).isoformat()
        self.recent_births = sum(born >= edge for born in self.births)
        self.births = {born: index for born, index in self.births.items() if born < edge and born not in self.ordinary}

    def read_places(self, daemon, told):
        self.codes = {word for row in daemon.rows("select distinct site, ward, bay, bed from practice.encounter") for word in row if word}
        by_patient = collections.defaultdict(list)
        for row in daemon.rows("""
                select encounter_ref, patient_ref, restricted, hospital, site, ward, location_text, local_number
                from practice.encounter"""):
            encounter, patient, restricted, hospital, *places, local = row
            is_restricted = restricted == "t"
            by_patient[patient].append(is_restricted)
            if not is_restricted:
                self.open_refs.add(encounter)
                continue
            words = {place for place in [hospital, *places] if place} | told.places[hospital, local]
            for ref in (encounter, patient):
                self.restricted.setdefault(ref, set()).update(words)
        for patient, each in by_patient.items():
            if not all(each):
                self.restricted.pop(patient, None)
        self.hospitals = {row[0] for row in daemon.rows("select distinct hospital from practice.feed")}
        self.withheld_numbers = told.withheld_throughout(POLICY)

    def is_ordinary(self, word):
        return len(word) < 3 or word in self.ordinary


class Told:
    """What the messages say: PID and MRG of each, and where each visit was."""

    def __init__(self, daemon, truth):
        self.places = collections.defaultdict(set)
        self.visits = collections.defaultdict(lambda: collections.defaultdict(set))
        self.first_day = "9999-12-31"
        for log, day, text in daemon.rows("select log, recorded_at::date, encode(bytes, 'hex') from event_log.message"):
            self.first_day = min(self.first_day, day)
            raw = bytes.fromhex(text)
            message = raw.decode("latin-1" if b"8859" in raw[:300] else "utf-8", "replace")
            segments = {}
            for line in re.split(r"[\r\n]+", message):
                segments.setdefault(line[:3], line.split("|"))
            self.read(log, segments, truth)

    def read(self, log, segments, truth):
        def field(segment, number):
            fields = segments.get(segment, [])
            text = fields[number] if number < len(fields) else ""
            return [re.sub(r"\\.*?\\", " ", repetition).split("^") for repetition in text.split("~") if repetition]

        numbers, local = [], None
        for parts in field("PID", 3) + field("MRG", 1):
            digits = parts[0].replace(" ", "")
            if is_number(digits):
                numbers.append(digits)
            else:
                local = local or parts[0]
        names = []
        for parts in field("PID", 5):
            names += [part.strip() for part in parts[:3]]
            names += [word for part in parts[1:3] for word in part.split()]
        born = (field("PID", 7) or [[""]])[0][0][:8]
        born = f"{born[:4]}-{born[4:6]}-{born[6:]}" if re.fullmatch(r"\d{8}", born) else None
        for number in numbers or [None]:
            truth.add(number, names, born)
        visit = (field("PV1", 19) or [[""]])[0][0]
        for place in field("PV1", 3) + field("PV1", 6):
            self.places[log, local].update(part for index, part in enumerate(place) if part and index in (0, 3, 8))
            for number in numbers:
                self.visits[number][visit].add(place[0])

    def withheld_throughout(self, policy):
        """NHS numbers of those who were only ever told of in wards that are withheld."""
        hidden = {ward for ward, level in policy["wards"].items() if level == "withheld"}
        return {number for number, visits in self.visits.items() if all(wards <= hidden for wards in visits.values())}


def is_number(text):
    """Whether these are ten digits with the check digit of an NHS number."""
    if not re.fullmatch(r"\d{10}", text):
        return False
    check = 11 - sum(int(digit) * (10 - place) for place, digit in enumerate(text[:9])) % 11
    return check != 10 and check % 11 == int(text[9])


def words_of(text):
    """The words of a text, and the days that stand in it as examples."""
    return {word.lower() for word in WORD.findall(text)} | set(re.findall(r"\b\d{4}-\d\d-\d\d\b", text))


def vocabulary(root, description):
    """Words and days that the program may say of itself: those of its own texts, of its description, and of invented places."""
    words = set()
    for file in (root / "Sources").rglob("*.swift"):
        text = file.read_text()
        if "Simulator" in file.parts and file.name not in ("Practice.swift", "Hospital.swift", "Places.swift"):
            continue
        for literal in re.findall(r'"((?:[^"\\\n]|\\.)*)"', text):
            words |= words_of(literal)

    def walk(value):
        if isinstance(value, dict):
            for key, member in value.items():
                if key not in ("example", "examples"):
                    walk(member)
        elif isinstance(value, list):
            for member in value:
                walk(member)
        elif isinstance(value, str):
            words.update(words_of(value))

    walk(description)
    return words | {part for word in words for part in word.split("-")}
