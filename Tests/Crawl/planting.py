"""Shows that the crawl can fail: plants each kind of leak in a copy of what was captured, and looks for it."""

import json
from leaks import Capture, Leaks, parsed
from truth import Truth, is_number


def missed(captures, truth):
    """The planted leaks that were not found, and how many were planted; `captures` are left as they are."""
    leaks = Leaks(truth)
    number = next(iter(truth.numbers))
    name = next(name for name in truth.names if not truth.is_ordinary(name) and len(name) > 4)
    ordinary = next((name for name in truth.spelled if truth.is_ordinary(name.lower()) and " " not in name), None)
    phrase = next((phrase for phrase in truth.phrases if not all(map(truth.is_ordinary, phrase.split()))), None)
    born = max(truth.births)
    ref = next(ref for ref in truth.restricted if ref.startswith("enc_"))
    place = max(truth.restricted[ref], key=len)
    veiled = min(truth.veiled_wards)
    year, month, day = born.split("-")
    spaced = f"{number[:3]} {number[3:6]} {number[6:]}"
    # Which channel, what is said there, and as what it should be found.
    plants = [
        ("log", f"patient {number} read", "NHS number"), ("log", f"key=ZX901/{number}", "NHS number"),
        ("header", f"Location: /api/v1/patients/{number}", "NHS number"), ("sse", {"id": spaced}, "NHS number"),
        ("webhook", {"subject": number}, "NHS number"), ("error", {"detail": f"There is no {spaced.replace(' ', '%20')}."}, "NHS number"),
        ("log", {"event": "read", "patient": name.upper()}, "name"), ("error", {"detail": f"No {name.title()} here."}, "name"),
        ("header", f"Link: </api/v1/patients?family={name}>", "name"),
        ("log", {"event": ordinary}, "name") if ordinary else None,
        ("webhook", f"subject: {phrase}", "name") if phrase else None,
        ("sse", {"born": born}, "birth date"), ("log", f"born {year}{month}{day}", "birth date"),
        ("command", f"{day}/{month}/{year}", "birth date"),
        ("body", {"items": [{"encounter": ref, "location": {"ward": "7C"}}]}, "place of a restricted patient"),
        ("body", {"resourceType": "Encounter", "id": ref.replace("_", "-"), "note": f"seen in {place}"}, "place of a restricted patient"),
        ("log", f"{ref} moved to {place}", "place of a restricted patient"),
        ("body", {"items": [{"encounter": "enc_0", "location": {"ward": veiled}}]}, "sensitive ward"),
        ("body", {"nhs_number": min(truth.withheld_numbers)}, "withheld patient") if truth.withheld_numbers else None,
    ]
    found = []
    for channel, said, kind in filter(None, plants):
        capture = next((capture for capture in captures if capture.channel == channel), None)
        if capture is None:
            found.append(f"{kind} in {channel}: nothing was captured there")
            continue
        copy = capture._replace(text=planted(capture.text, said), is_meant=capture.is_meant and channel == "body")
        if kind not in {finding.kind for finding in leaks.of(copy)}:
            found.append(f"{kind} in {channel}")
    return found, sum(plant is not None for plant in plants)


def planted(text, said):
    """The text with the leak in it: among the members of an object, else behind what is there."""
    value = parsed(text)
    if isinstance(said, dict) and isinstance(value, dict):
        return json.dumps({**value, "planted": said})
    return json.dumps(said) if isinstance(said, dict) else f"{text} {said}"


def made_up():
    """A capture of each channel, and a truth of one restricted and one withheld patient."""
    truth = Truth()
    truth.ordinary = {"day", "list"}
    numbers = [text for text in map(str, range(9990000000, 9990000100)) if is_number(text)]
    truth.add(numbers[0], ["BLANCHFLOWER", "Day", "van der Berg"], "1931-12-25")
    truth.add(numbers[1], ["OKAFOR"], "1950-01-02")
    truth.restricted = {"enc_abc123": {"ZX901", "MAT", "Maternity"}}
    truth.withheld_numbers = {numbers[1]}
    said = '{"list":"in-hospital","items":[]}'
    return [Capture(channel, "", "", (), 0, False, said if channel in ("body", "error", "sse", "webhook", "log") else "Server: none")
            for channel in ("body", "header", "error", "log", "sse", "webhook", "command")], truth
