"""Asks a running installation for everything it answers, and keeps all of it."""

import collections, concurrent.futures, datetime, http.client, http.server, json, re, socket, threading, time, urllib.parse, uuid
from leaks import Capture

# Answers in which patients are identified to those who may read them (product.md 5.2, 5.8); all others name them by ref.
MEANT = re.compile(
    r"^/api/v1/practices/\{ods\}/lists/|^/api/v1/encounters/|^/api/v1/patients/\{ref\}$|^/api/v1/hospitals/"
    r"|^/api/v1/onboarding-cases|^/fhir/R4/(Encounter|Patient)")
# Roles that see no patient's name, whatever they ask; an operator only under a grant.
NEVER = {"auditor", "none"}
# Pages made when the service starts, from its source alone.
STATIC = re.compile(r"^/(docs|openapi|problems)")
REVEAL = "/api/v1/patients/{ref}/reveal"
WORKERS = 3
# Never answered well: there is no client to get a token for, patients are not searched by GET, a stream is read by `Stream`.
NEVER_WELL = {("POST", "/oauth2/token"), ("GET", "/fhir/R4/Patient"), ("GET", "/api/v1/practices/{ods}/stream")}


class Caller:
    def __init__(self, role, organisations, token):
        self.role, self.organisations, self.token = role, tuple(organisations), token


class Web:
    """Keeps every answer: its head, its content, and what it was asked."""

    def __init__(self, port):
        self.port, self.captures, self.answered = port, [], collections.Counter()
        self.local, self.lock = threading.local(), threading.Lock()

    def ask(self, caller, template, method="GET", query=None, body=None, headers=None, meant=None, **values):
        """Status, head and JSON of an answer; `template` is the route as the description has it."""
        path = re.sub(r"\{(\w+)\}", lambda match: urllib.parse.quote(values[match.group(1)], safe="$"), template)
        path += "?" + urllib.parse.urlencode(query, doseq=True) if query else ""
        return self.send(caller, template, method, path, body, headers, meant)

    def send(self, caller, template, method, path, body=None, headers=None, meant=None):
        head = {"Authorization": f"Bearer {caller.token}"} if caller and caller.token else {}
        if isinstance(body, (dict, list)):
            head["Content-Type"] = "application/json"
            body = json.dumps(body)
        head.update(headers or {})
        for attempt in (1, 2):
            link = getattr(self.local, "link", None)
            if link is None:
                link = self.local.link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
            try:
                link.request(method, path, body=body, headers=head)
                answer = link.getresponse()
                content = answer.read()
                break
            except (http.client.HTTPException, OSError):
                link.close()
                self.local.link = None
                if attempt == 2:
                    raise
        if answer.will_close:
            link.close()
            self.local.link = None
        text = content.decode("utf-8", "replace")
        self.answered[method, template, answer.status < 300] += 1
        self.keep(caller, template, answer.status, answer.getheaders(), text, meant)
        try:
            value = json.loads(text) if text else {}
        except ValueError:
            value = {}
        return answer.status, dict((name.lower(), word) for name, word in answer.getheaders()), value

    def keep(self, caller, template, status, head, text, meant):
        role = caller.role if caller else "none"
        organisations = caller.organisations if caller else ()
        is_meant = meant if meant is not None else bool(MEANT.match(template)) and role not in NEVER and status < 300
        channel = "body" if status < 400 else "error"
        with self.lock:
            for name, word in head:
                self.captures.append(Capture("header", template, role, organisations, status, False, f"{name}: {word}"))
            if text and not STATIC.match(template) and not (template == REVEAL and status == 200):
                self.captures.append(Capture(channel, template, role, organisations, status, is_meant, text))


class Receiver:
    """Takes what webhooks send."""

    def __init__(self, captures):
        receiver = self
        self.count = 0

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                text = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode("utf-8", "replace")
                receiver.count += 1
                for name, word in [("address", self.path), *self.headers.items()]:
                    captures.append(Capture("webhook", "head", "receiver", (), 0, False, f"{name}: {word}"))
                captures.append(Capture("webhook", "content", "receiver", (), 0, False, text))
                self.send_response(204)
                self.end_headers()

            def log_message(self, *words):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


class Stream:
    """One server-sent event stream, read until it is told to end."""

    def __init__(self, port, caller, practice, after=None):
        self.text, self.caller = "", caller
        self.link = socket.create_connection(("127.0.0.1", port))
        more = f"Last-Event-ID: {after}\r\n" if after else ""
        self.link.sendall(
            f"GET /api/v1/practices/{practice}/stream HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            f"Authorization: Bearer {caller.token}\r\n{more}\r\n".encode())
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        try:
            while part := self.link.recv(65536):
                self.text += part.decode("utf-8", "replace")
        except OSError:
            pass

    def end(self, captures):
        self.link.close()
        text = re.sub(r"\r\n[0-9a-f]+\r\n", "\r\n", self.text)
        for frame in re.split(r"\n\n|\r\n\r\n", text):
            for line in filter(None, frame.splitlines()):
                data = line.removeprefix("data: ")
                captures.append(Capture("sse", "/api/v1/practices/{ods}/stream", self.caller.role, (), 200, False, data))
        return text.count("event: ")


class Walk:
    def __init__(self, daemon, web, say):
        self.daemon, self.web, self.say = daemon, web, say
        # The scenarios' own people are of Z99001.
        self.practices = [row[0] for row in daemon.rows(
            "select practice from practice.encounter where practice ~ '^Z[0-9]{5}$' group by 1 "
            "order by practice <> 'Z99001', count(*) desc")]
        self.hospitals = [row[0] for row in daemon.rows("select hospital from practice.feed order by 1")]
        self.callers = {}
        self.encounters, self.patients = collections.defaultdict(dict), collections.defaultdict(dict)
        description = web.ask(None, "/openapi.json")[2]
        self.routes = {(method.upper(), path) for path, methods in description["paths"].items()
                       for method in methods if method in ("get", "post", "put", "patch", "delete")} - NEVER_WELL
        lists = description["paths"]["/api/v1/practices/{ods}/lists/{list}"]["get"]["parameters"]
        self.lists = next(each["schema"]["enum"] for each in lists if each.get("name") == "list")
        self.description = description

    def caller(self, role, *organisations):
        key = role, organisations
        if key not in self.callers:
            self.callers[key] = Caller(role, organisations, self.daemon.token(role, *organisations))
        return self.callers[key]

    def each(self, work, items):
        with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
            return list(pool.map(work, items))

    # Reading

    def read_all(self):
        for path in ("/docs", "/docs/changes", "/problems", "/openapi.yaml", "/fhir/R4/metadata"):
            self.web.ask(None, path)
        for practice in self.practices:
            self.practice(self.caller("practice-clinician", practice), practice)
        self.say(f"{len(self.practices)} practices read by clinicians")
        # The others see the same rows: two practices show whether they see them in another way.
        for role in ("practice-coach", "practice-admin", "integration"):
            for practice in self.practices[:2]:
                self.practice(self.caller(role, practice), practice, details=40)
        for role in ("hospital-onboarding", "complex-care"):
            for hospital in self.hospitals:
                self.hospital(self.caller(role, hospital), hospital)
        for role in ("auditor", "operator", "hospital-onboarding", "complex-care"):
            self.forbidden(self.caller(role, *([] if role == "operator" else [self.practices[0]])))
        self.say("other roles read")

    def practice(self, caller, practice, details=None):
        ask, old = self.web.ask, time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - 8 * 86400))
        for name in self.lists:
            target = "/api/v1/practices/{ods}/lists/{list}"
            ask(caller, target, ods=practice, list=name)
            for query in ({"include": ["patient", "why"], "since": old, "limit": 20}, {"sort": "-told", "limit": 200},
                          {"site": self.hospitals[0]}, {"min_symphony": 8}, {"flag": "readmitted", "discussed": "false"}):
                if name == "huddle":
                    query = {key: word for key, word in query.items() if key not in ("limit", "sort")}
                while True:
                    status, _, answer = ask(caller, target, ods=practice, list=name, query=query)
                    self.note(practice, answer)
                    if status != 200 or not answer.get("next_cursor"):
                        break
                    query = {**query, "cursor": answer["next_cursor"]}
        today = datetime.date.today()
        for day in (today, today - datetime.timedelta(days=1)):
            ask(caller, "/api/v1/huddles/{ods}/{date}", ods=practice, date=day.isoformat())
        for what in ("actions", "concerns"):
            ask(caller, "/api/v1/practices/{ods}/" + what, ods=practice, query={"state": "all"})
        for path in ("/api/v1/feeds", "/api/v1/status", "/api/v1/webhooks"):
            ask(caller, path)
        cases = ask(caller, "/api/v1/onboarding-cases", query={"practice": practice, "limit": 200})[2]
        for case in cases.get("items", []):
            ask(caller, "/api/v1/onboarding-cases/{id}", id=case["case"])
        self.changes(caller, practice)
        self.fhir(caller, practice)
        encounters, patients = (list(found[practice])[:details] for found in (self.encounters, self.patients))
        self.each(lambda ref: ask(caller, "/api/v1/encounters/{ref}", ref=ref), encounters)
        self.each(lambda ref: ask(caller, "/fhir/R4/Encounter/{id}", id=ref.replace("_", "-")), encounters)
        for path in ("/api/v1/patients/{ref}", "/api/v1/patients/{ref}/timeline"):
            self.each(lambda ref: ask(caller, path, ref=ref), patients)
        self.each(lambda ref: ask(caller, "/fhir/R4/Patient/{id}", id=ref.replace("_", "-")), patients)

    def note(self, practice, answer):
        """Refs, so that they can be asked for."""
        def walk(value):
            if isinstance(value, dict):
                for key, member in value.items():
                    if key in ("encounter", "came_from", "led_to") and isinstance(member, str):
                        self.encounters[practice][member] = True
                    if key in ("ref", "patient") and isinstance(member, str) and member.startswith("pt_"):
                        self.patients[practice][member] = True
                    walk(member)
            elif isinstance(value, list):
                for member in value:
                    walk(member)
        walk(answer)

    def changes(self, caller, practice):
        query = {"from": "oldest", "limit": 500}
        for _ in range(1000):
            status, _, answer = self.web.ask(caller, "/api/v1/practices/{ods}/changes", ods=practice, query=query)
            self.note(practice, answer)
            if status != 200 or answer["caught_up"]:
                break
            query = {"cursor": answer["next"], "limit": 500}

    def fhir(self, caller, practice):
        def pages(kind, query):
            path = f"/fhir/R4/{kind}?{urllib.parse.urlencode(query)}"
            while path:
                status, _, bundle = self.web.send(caller, f"/fhir/R4/{kind}", "GET", path)
                for entry in bundle.get("entry", []):
                    yield entry["resource"]
                after = next((link["url"] for link in bundle.get("link", []) if link["relation"] == "next"), None)
                path = after and urllib.parse.urlsplit(after)._replace(scheme="", netloc="").geturl()

        references = set()
        for query in ({"_count": 50, "_include": "Encounter:patient"}, {"_count": 200, "class": "IMP", "_sort": "-date"}):
            for resource in pages("Encounter", query):
                references |= set(re.findall(r'"((?:Location|Organization)/[^"]+)"', json.dumps(resource)))
        for resource in pages("Flag", {"_count": 200}):
            self.web.ask(caller, "/fhir/R4/Flag/{id}", id=resource["id"])
        for reference in sorted(references):
            kind, id = reference.split("/")
            self.web.ask(caller, f"/fhir/R4/{kind}/{{id}}", id=id)
        self.web.ask(caller, "/fhir/R4/Organization/{id}", id=practice)
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        self.web.ask(caller, "/fhir/R4/Encounter/_search", "POST", body="_count=20&status=in-progress", headers=form)
        self.web.ask(caller, "/fhir/R4/Flag/_search", "POST", body="_count=20", headers=form)

    def hospital(self, caller, hospital):
        for path, query in (("/api/v1/hospitals/{ods}/inpatients", {"limit": 50}),
                            ("/api/v1/onboarding-cases", {"hospital": hospital, "limit": 50})):
            query = dict(query)
            while True:
                status, _, answer = self.web.ask(caller, path, ods=hospital, query=query)
                for item in answer.get("items", []):
                    if "case" in item and isinstance(item["case"], str):
                        self.web.ask(caller, "/api/v1/onboarding-cases/{id}", id=item["case"])
                if status != 200 or not answer.get("next_cursor"):
                    break
                query["cursor"] = answer["next_cursor"]
        self.web.ask(caller, "/api/v1/feeds")
        self.web.ask(caller, "/api/v1/status")

    def forbidden(self, caller):
        practice = self.practices[0]
        for name in self.lists:
            self.web.ask(caller, "/api/v1/practices/{ods}/lists/{list}", ods=practice, list=name)
        for ref in list(self.encounters[practice])[:10]:
            self.web.ask(caller, "/api/v1/encounters/{ref}", ref=ref)
        for ref in list(self.patients[practice])[:10]:
            self.web.ask(caller, "/api/v1/patients/{ref}", ref=ref)
        for path in ("/api/v1/feeds", "/api/v1/status", "/fhir/R4/Encounter", "/api/v1/webhooks"):
            self.web.ask(caller, path)

    # Doing

    def act(self, receiver):
        """What staff and systems do: each answer is looked at, and each makes changes, frames and calls."""
        practice, other = self.practices[0], self.practices[1]
        clinician, system = self.caller("practice-clinician", practice), self.caller("integration", practice)
        today = datetime.date.today()
        patients = list(self.patients[practice])

        def post(caller, path, body, method="POST", headers=None, key=None, **values):
            return self.web.ask(caller, path, method, body=body, headers={
                "Idempotency-Key": key or str(uuid.uuid4()), **(headers or {})}, **values)

        for home in (practice, other):
            self.web.ask(self.caller("integration", home), "/api/v1/webhooks", "POST",
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
        for concern in self.web.ask(clinician, "/api/v1/practices/{ods}/concerns", ods=practice)[2]["items"][:2]:
            post(clinician, "/api/v1/concerns/{id}/close", {"reason": "settled"}, id=concern["id"])
        post(clinician, "/api/v1/huddles/{ods}/{date}/close", {"not_discussed": 3}, ods=practice, date=today.isoformat())
        for action in self.web.ask(clinician, "/api/v1/practices/{ods}/actions", ods=practice)[2]["items"][:2]:
            post(clinician, "/api/v1/actions/{id}", {"state": "done"}, "PATCH", {"If-Match": f'"{action["version"]}"'}, id=action["id"])
        restricted = self.daemon.rows(f"select distinct patient_ref from practice.encounter where restricted and practice = '{practice}'")
        for (ref,) in restricted:
            for role in ("practice-clinician", "practice-coach"):
                self.web.ask(self.caller(role, practice), REVEAL, "POST", body={"reason": "rings and asks to be visited"}, ref=ref)
        self.onboard()
        rows = self.daemon.rows(f"select distinct nhs_number, born, family from practice.encounter "
                                f"where practice = '{other}' and nhs_number is not null and length(born) = 10 and status <> 'withdrawn'")
        roster = "NHS number,Date of birth,Surname,Usual GP,Symphony score\n" + "".join(
            f'{number},{born},"{family}",Dr Who,7\n' for number, born, family in rows)
        for query in ({"dry_run": "true"}, {}, {}):
            self.web.ask(self.caller("practice-admin", other), "/api/v1/practices/{ods}/roster", "PUT", ods=other, query=query,
                         body=roster.encode(), headers={"Content-Type": "text/csv"})
        for number, born, _ in rows[:10]:
            self.web.ask(self.caller("integration", other), "/api/v1/patients/$match", "POST", body={"nhs_number": number, "born": born})
            self.web.ask(self.caller("integration", other), "/fhir/R4/Patient/_search", "POST", body=f"identifier={number}",
                         headers={"Content-Type": "application/x-www-form-urlencoded"})
        for role, home in (("operator", []), ("practice-clinician", [practice])):
            breaker = self.caller(role, *home)
            for opened in (other, "UNKNOWN")[:2 if role == "operator" else 1]:
                grant = self.web.ask(breaker, "/api/v1/break-glass", "POST", body={
                    "practice": opened, "reason": "in front of me, visiting from elsewhere"})[2].get("grant")
                for name in self.lists:
                    self.web.ask(breaker, "/api/v1/practices/{ods}/lists/{list}", ods=opened, list=name,
                                 headers={"X-Break-Glass": grant or ""}, query={"since": "2020-01-01T00:00:00Z"})
        self.say("acts done")

    def onboard(self):
        hospital = self.hospitals[0]
        staff = self.caller("hospital-onboarding", hospital)
        found = self.web.ask(staff, "/api/v1/hospitals/{ods}/inpatients", ods=hospital, query={"limit": 200})[2]["items"]
        hidden = [item for item in found if item["stay"]["patient"]["restricted"]]
        for item in hidden[:4] + found[:4]:
            status, head, case = self.web.ask(
                staff, "/api/v1/onboarding-cases", "POST", headers={"Idempotency-Key": str(uuid.uuid4())},
                body={"encounter": item["stay"]["encounter"], "reasons": ["lives-alone"], "note": "seen on the round"})
            if status != 201:
                continue
            for step in ({"to": "triaged", "priority": "soon"}, {"to": "visit-planned", "visit_at": soon()}, {"to": "visit-offered"},
                         {"to": "consented", "consent": {"version": "2", "given_on": soon()[:10], "capacity": "has it"}}):
                status, head, answer = self.web.ask(
                    staff, "/api/v1/onboarding-cases/{id}/transitions", "POST", id=case["case"], body=step,
                    headers={"Idempotency-Key": str(uuid.uuid4()), "If-Match": head.get("etag", "*")})
                if status != 200:
                    break
            for home in (self.caller("practice-clinician", item["practice"]), self.caller("complex-care", hospital)):
                self.web.ask(home, "/api/v1/onboarding-cases/{id}", id=case["case"])
                self.web.ask(home, "/api/v1/onboarding-cases", query={
                    "hospital" if home.role == "complex-care" else "practice": home.organisations[0]})

    def tend_webhooks(self):
        for practice in self.practices[:2]:
            system = self.caller("integration", practice)
            for hook in self.web.ask(system, "/api/v1/webhooks")[2]["webhooks"]:
                for method, part, body in (("GET", "/deliveries", None), ("POST", "/redeliver", {}), ("POST", "/secret", None),
                                           ("DELETE", "", None)):
                    self.web.ask(system, "/api/v1/webhooks/{id}" + part, method, body=body, id=hook["id"])

    # Provoking

    def provoke(self, people):
        """Puts somebody's identifiers wherever a request has room for them."""
        clinician = self.caller("practice-clinician", self.practices[0])
        system = self.caller("integration", self.practices[0])
        all_of_them = self.caller("practice-clinician", *self.practices)
        paths = list(self.description["paths"].items())
        for number, family, born in people:
            for word in (number, f"{number[:3]} {number[3:6]} {number[6:]}", family, born):
                for path, methods in paths:
                    names = re.findall(r"\{(\w+)\}", path)
                    for method in sorted(set(methods) & {"get", "post", "put", "patch", "delete"}):
                        if names and word == number:
                            self.web.ask(system, path, method.upper(), meant=False, **dict.fromkeys(names, word))
                        elif names and method == "get":
                            self.web.ask(clinician, path, "GET", meant=False, **dict.fromkeys(names, word))
                for query in ({word: "x"}, {"since": word}, {"cursor": word}, {"site": word}, {"flag": word}, {"practice": word},
                              {"nhs_number": word}, {"sort": word}, {"as_of": word}):
                    self.web.ask(clinician, "/api/v1/practices/{ods}/lists/{list}", meant=False, ods=self.practices[0],
                                 list="in-hospital", query=query)
                    self.web.ask(clinician, "/api/v1/practices/{ods}/changes", meant=False, ods=self.practices[0], query=query)
                # A search names its dates in its address, as FHIR has it; any day of events may be somebody's birthday.
                for query in ({"identifier": word}, {"patient": word}, {"date": word if word != born else "x"}, {"_id": word},
                              {"category": word}, {"service-provider:identifier": word}, {word: "x"}):
                    for kind in ("Encounter", "Patient", "Flag"):
                        for prefer in ("handling=strict", "handling=lenient"):
                            self.web.ask(system, f"/fhir/R4/{kind}", query=query, headers={"Prefer": prefer})
                for name in ("If-None-Match", "X-Request-ID", "X-Break-Glass", "NHSD-End-User-Organisation-ODS", "Last-Event-ID",
                             "Host", "Authorization", "Origin", "Accept", "X-Correlation-ID"):
                    self.web.ask(clinician, "/api/v1/practices/{ods}/lists/{list}", meant=False, ods=self.practices[1],
                                 list="in-hospital", headers={name: word.encode("ascii", "replace")})
                self.bodies(clinician, system, word)
            self.web.ask(system, "/fhir/R4/Patient/_search", "POST", meant=False, body=f"identifier={number}&{family}=x".encode(),
                         headers={"Content-Type": "application/x-www-form-urlencoded"})
            bad = f"NHS number,Date of birth,Surname\n{number[:-1]}x,{born},{family}\n{number},{born[::-1]},{family}\n".encode()
            for query in ({"dry_run": "true"}, {}):
                self.web.ask(system, "/api/v1/practices/{ods}/roster", "PUT", body=bad, ods=self.practices[0], query=query)
        for token in ("", "x.y.z", all_of_them.token[:-4] + "AAAA"):
            self.web.ask(Caller("none", [], token), "/api/v1/feeds", meant=False)
        self.web.ask(all_of_them, "/fhir/R4/Encounter", meant=False)

    def bodies(self, clinician, system, word):
        patient = next(iter(self.patients[self.practices[0]]))
        today, key = datetime.date.today().isoformat(), str(uuid.uuid4())
        contents = ({"patient": word}, {"patient": patient, "kind": word}, {word: word}, {"encounter": word, "reasons": [word]},
                    {"practice": word, "url": word}, {"practice": self.practices[0], "reason": word[:9]}, {"nhs_number": word, "born": word},
                    {"patient": patient, "kind": "call", "due": word, "assignee": {"person": word}}, {"score": 99, "scored_on": word}, word)
        for path in ("/api/v1/concerns", "/api/v1/actions", "/api/v1/onboarding-cases", "/api/v1/break-glass", "/api/v1/webhooks",
                     "/api/v1/patients/$match", "/api/v1/patients/{ref}/symphony-score", "/api/v1/patients/{ref}/reveal",
                     "/api/v1/huddles/{ods}/{date}/discussions", "/oauth2/token"):
            for content in contents:
                for caller in (clinician, system):
                    # The same key for other content: 422.
                    self.web.ask(caller, path, "POST", body=json.dumps(content).encode(), meant=False, ods=self.practices[0],
                                 date=today, ref=patient, headers={"Idempotency-Key": key, "If-Match": '"999"'})
        self.web.ask(clinician, "/api/v1/concerns", "POST", body={"patient": patient, "kind": "housing"}, meant=False,
                     headers={"Idempotency-Key": word.encode("ascii", "replace").decode()})


def soon():
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 7200))
