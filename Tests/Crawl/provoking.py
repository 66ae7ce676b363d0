"""Puts somebody's identifiers wherever a request has room for them; no answer may repeat them."""

import datetime, json, re, uuid
from walk import Caller


def provoke(walk, people):
    """With NHS number, family name and birth date of each."""
    clinician = walk.caller("practice-clinician", walk.practices[0])
    system = walk.caller("integration", walk.practices[0])
    all_of_them = walk.caller("practice-clinician", *walk.practices)
    paths = list(walk.description["paths"].items())
    for number, family, born in people:
        for word in (number, f"{number[:3]} {number[3:6]} {number[6:]}", family, born):
            for path, methods in paths:
                names = re.findall(r"\{(\w+)\}", path)
                for method in sorted(set(methods) & {"get", "post", "put", "patch", "delete"}):
                    if names and word == number:
                        walk.web.ask(system, path, method.upper(), meant=False, **dict.fromkeys(names, word))
                    elif names and method == "get":
                        walk.web.ask(clinician, path, "GET", meant=False, **dict.fromkeys(names, word))
            for query in ({word: "x"}, {"since": word}, {"cursor": word}, {"site": word}, {"flag": word}, {"practice": word},
                          {"nhs_number": word}, {"sort": word}, {"as_of": word}):
                walk.web.ask(clinician, "/api/v1/practices/{ods}/lists/{list}", meant=False, ods=walk.practices[0],
                             list="in-hospital", query=query)
                walk.web.ask(clinician, "/api/v1/practices/{ods}/changes", meant=False, ods=walk.practices[0], query=query)
            # A search names its dates in its address, as FHIR has it; any day of events may be somebody's birthday.
            for query in ({"identifier": word}, {"patient": word}, {"date": word if word != born else "x"}, {"_id": word},
                          {"category": word}, {"service-provider:identifier": word}, {word: "x"}):
                for kind in ("Encounter", "Patient", "Flag"):
                    for prefer in ("handling=strict", "handling=lenient"):
                        walk.web.ask(system, f"/fhir/R4/{kind}", query=query, headers={"Prefer": prefer})
            # A correlation id is the caller's own word and comes back (product.md 5.6), unless it holds an NHS number.
            own = ["X-Correlation-ID"] if word not in (family, born) else []
            for name in ["If-None-Match", "X-Request-ID", "X-Break-Glass", "NHSD-End-User-Organisation-ODS", "Last-Event-ID",
                         "Host", "Authorization", "Origin", "Accept"] + own:
                walk.web.ask(clinician, "/api/v1/practices/{ods}/lists/{list}", meant=False, ods=walk.practices[1],
                             list="in-hospital", headers={name: word.encode("ascii", "replace")})
            bodies(walk, clinician, system, word)
        walk.web.ask(system, "/fhir/R4/Patient/_search", "POST", meant=False, body=f"identifier={number}&{family}=x".encode(),
                     headers={"Content-Type": "application/x-www-form-urlencoded"})
        bad = f"NHS number,Date of birth,Surname\n{number[:-1]}x,{born},{family}\n{number},{born[::-1]},{family}\n".encode()
        for query in ({"dry_run": "true"}, {}):
            walk.web.ask(system, "/api/v1/practices/{ods}/roster", "PUT", body=bad, ods=walk.practices[0], query=query)
    for token in ("", "x.y.z", all_of_them.token[:-4] + "AAAA"):
        walk.web.ask(Caller("none", [], token), "/api/v1/feeds", meant=False)
    walk.web.ask(all_of_them, "/fhir/R4/Encounter", meant=False)


def bodies(walk, clinician, system, word):
    patient = next(iter(walk.patients[walk.practices[0]]))
    today, key = datetime.date.today().isoformat(), str(uuid.uuid4())
    contents = ({"patient": word}, {"patient": patient, "kind": word}, {word: word}, {"encounter": word, "reasons": [word]},
                {"practice": word, "url": word}, {"practice": walk.practices[0], "reason": word[:9]}, {"nhs_number": word, "born": word},
                {"patient": patient, "kind": "call", "due": word, "assignee": {"person": word}}, {"score": 99, "scored_on": word}, word)
    for path in ("/api/v1/concerns", "/api/v1/actions", "/api/v1/onboarding-cases", "/api/v1/break-glass", "/api/v1/webhooks",
                 "/api/v1/patients/$match", "/api/v1/patients/{ref}/symphony-score", "/api/v1/patients/{ref}/reveal",
                 "/api/v1/huddles/{ods}/{date}/discussions", "/oauth2/token"):
        for content in contents:
            for caller in (clinician, system):
                # The same key for other content: 422.
                walk.web.ask(caller, path, "POST", body=json.dumps(content).encode(), meant=False, ods=walk.practices[0],
                             date=today, ref=patient, headers={"Idempotency-Key": key, "If-Match": '"999"'})
    walk.web.ask(clinician, "/api/v1/concerns", "POST", body={"patient": patient, "kind": "housing"}, meant=False,
                 headers={"Idempotency-Key": word.encode("ascii", "replace").decode()})
