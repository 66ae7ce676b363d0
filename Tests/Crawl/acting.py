"""Does what staff and systems do: each answer is kept, and each makes changes, frames and calls."""

import datetime, time, uuid
from walk import REVEAL


def act(walk, receiver):
    """At two practices and a hospital; `receiver` takes what the practices' webhooks send."""
    practice, other = walk.practices[0], walk.practices[1]
    clinician = walk.caller("practice-clinician", practice)
    today = datetime.date.today()
    patients = list(walk.patients[practice])

    def post(caller, path, body, method="POST", headers=None, key=None, **values):
        return walk.web.ask(caller, path, method, body=body, headers={
            "Idempotency-Key": key or str(uuid.uuid4()), **(headers or {})}, **values)

    for home in (practice, other):
        walk.web.ask(walk.caller("integration", home), "/api/v1/webhooks", "POST",
                     body={"practice": home, "url": f"http://127.0.0.1:{receiver.port}/hook"})
    # The day of a huddle is London's: this service's clock is near ours.
    for ref in patients[:6]:
        post(clinician, "/api/v1/huddles/{ods}/{date}/discussions", {"patient": ref}, ods=practice, date=today.isoformat())
        post(clinician, "/api/v1/concerns", {"patient": ref, "kind": "housing", "note": "stairs"})
        post(clinician, "/api/v1/actions", {
            "patient": ref, "kind": "call", "due": today.isoformat(), "assignee": {"role": "practice-coach"}})
        post(clinician, "/api/v1/patients/{ref}/symphony-score", {"score": 9, "scored_on": today.isoformat()}, ref=ref)
    post(clinician, "/api/v1/huddles/{ods}/{date}/discussions", {"patient": patients[0]}, ods=practice, date=today.isoformat())
    post(clinician, "/api/v1/huddles/{ods}/{date}/discussions/{patient}", None, "DELETE", {"If-Match": '"1"'},
         ods=practice, date=today.isoformat(), patient=patients[1])
    for concern in walk.web.ask(clinician, "/api/v1/practices/{ods}/concerns", ods=practice)[2]["items"][:2]:
        post(clinician, "/api/v1/concerns/{id}/close", {"reason": "settled"}, id=concern["id"])
    post(clinician, "/api/v1/huddles/{ods}/{date}/close", {"not_discussed": 3}, ods=practice, date=today.isoformat())
    for action in walk.web.ask(clinician, "/api/v1/practices/{ods}/actions", ods=practice)[2]["items"][:2]:
        post(clinician, "/api/v1/actions/{id}", {"state": "done"}, "PATCH", {"If-Match": f'"{action["version"]}"'}, id=action["id"])
    restricted = walk.daemon.rows(f"select distinct patient_ref from practice.encounter where restricted and practice = '{practice}'")
    for (ref,) in restricted:
        for role in ("practice-clinician", "practice-coach"):
            walk.web.ask(walk.caller(role, practice), REVEAL, "POST", body={"reason": "rings and asks to be visited"}, ref=ref)
    for ref in patients[:20] + [ref for (ref,) in restricted]:
        walk.web.ask(walk.caller("auditor", practice), "/api/v1/audit/history", "POST",
                     query={"segments": "true"}, body={"ref": ref, "reason": "complaint 17, who was told"})
    onboard(walk)
    rows = walk.daemon.rows(f"select distinct nhs_number, born, family from practice.encounter "
                            f"where practice = '{other}' and nhs_number is not null and length(born) = 10 and status <> 'withdrawn'")
    roster = "NHS number,Date of birth,Surname,Usual GP,Symphony score\n" + "".join(
        f'{number},{born},"{family}",Dr Who,7\n' for number, born, family in rows)
    for query in ({"dry_run": "true"}, {}, {}):
        walk.web.ask(walk.caller("practice-admin", other), "/api/v1/practices/{ods}/roster", "PUT", ods=other, query=query,
                     body=roster.encode(), headers={"Content-Type": "text/csv"})
    for number, born, _ in rows[:10]:
        walk.web.ask(walk.caller("integration", other), "/api/v1/patients/$match", "POST", body={"nhs_number": number, "born": born})
        walk.web.ask(walk.caller("integration", other), "/fhir/R4/Patient/_search", "POST", body=f"identifier={number}",
                     headers={"Content-Type": "application/x-www-form-urlencoded"})
    for role, home in (("operator", []), ("practice-clinician", [practice])):
        breaker = walk.caller(role, *home)
        for opened in (other, "UNKNOWN")[:2 if role == "operator" else 1]:
            grant = walk.web.ask(breaker, "/api/v1/break-glass", "POST", body={
                "practice": opened, "reason": "in front of me, visiting from elsewhere"})[2].get("grant")
            for name in walk.lists:
                walk.web.ask(breaker, "/api/v1/practices/{ods}/lists/{list}", ods=opened, list=name,
                             headers={"X-Break-Glass": grant or ""}, query={"since": "2020-01-01T00:00:00Z"})
    walk.say("acts done")


def onboard(walk):
    hospital = walk.hospitals[0]
    staff = walk.caller("hospital-onboarding", hospital)
    found = walk.web.ask(staff, "/api/v1/hospitals/{ods}/inpatients", ods=hospital, query={"limit": 200})[2]["items"]
    hidden = [item for item in found if item["stay"]["patient"]["restricted"]]
    for item in hidden[:4] + found[:4]:
        status, head, case = walk.web.ask(
            staff, "/api/v1/onboarding-cases", "POST", headers={"Idempotency-Key": str(uuid.uuid4())},
            body={"encounter": item["stay"]["encounter"], "reasons": ["lives-alone"], "note": "seen on the round"})
        if status != 201:
            continue
        for step in ({"to": "triaged", "priority": "soon"}, {"to": "visit-planned", "visit_at": soon()}, {"to": "visit-offered"},
                     {"to": "consented", "consent": {"version": "2", "given_on": soon()[:10], "capacity": "has it"}}):
            status, head, answer = walk.web.ask(
                staff, "/api/v1/onboarding-cases/{id}/transitions", "POST", id=case["case"], body=step,
                headers={"Idempotency-Key": str(uuid.uuid4()), "If-Match": head.get("etag", "*")})
            if status != 200:
                break
        for home in (walk.caller("practice-clinician", item["practice"]), walk.caller("complex-care", hospital)):
            walk.web.ask(home, "/api/v1/onboarding-cases/{id}", id=case["case"])
            walk.web.ask(home, "/api/v1/onboarding-cases", query={
                "hospital" if home.role == "complex-care" else "practice": home.organisations[0]})


def tend_webhooks(walk):
    for practice in walk.practices[:2]:
        system = walk.caller("integration", practice)
        for hook in walk.web.ask(system, "/api/v1/webhooks")[2]["webhooks"]:
            for method, part, body in (("GET", "", None), ("GET", "/deliveries", None), ("POST", "/redeliver", {}), ("POST", "/secret", None),
                                       ("DELETE", "", None)):
                walk.web.ask(system, "/api/v1/webhooks/{id}" + part, method, body=body, id=hook["id"])


def soon():
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 7200))
