"""Asks a running installation for everything it answers, and keeps all of it."""

import collections, concurrent.futures, datetime, http.client, json, re, threading, time, urllib.parse
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


class Walk:
    def __init__(self, daemon, web, say):
        self.daemon, self.web, self.say = daemon, web, say
        # The scenarios' own people are of Z99001.
        self.practices = [row[0] for row in daemon.rows(
            "select practice from practice.encounter where practice ~ '^Z[0-9]{5}$' group by 1 "
            "order by practice <> 'Z99001', count(*) desc")]
        self.hospitals = [row[0] for row in daemon.rows("select hospital from practice.feed order by 1")]
        self.halfway = daemon.rows(
            "select to_char(percentile_disc(0.5) within group (order by recorded_at) at time zone 'UTC', "
            "'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') from event_log.event")[0][0]
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
        for practice in self.practices[:2]:
            self.auditor(self.caller("auditor", practice), practice)
        self.say("other roles read")

    def practice(self, caller, practice, details=None):
        ask, old = self.web.ask, time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - 8 * 86400))
        for name in self.lists:
            target = "/api/v1/practices/{ods}/lists/{list}"
            ask(caller, target, ods=practice, list=name)
            for query in ({"include": ["patient", "why"], "since": old, "limit": 20}, {"sort": "-told", "limit": 200},
                          {"as_of": old}, {"as_of": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - 12 * 3600))},
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
        for form in ("application/json", "image/svg+xml", "text/html"):
            self.each(lambda ref: ask(caller, "/api/v1/encounters/{ref}/history", ref=ref, meant=False, headers={"Accept": form}),
                      encounters)
        # As it stood behind the first half of what was told.
        self.each(lambda ref: ask(caller, "/api/v1/encounters/{ref}/history", ref=ref, meant=False, query={"as_of": self.halfway}),
                  encounters)
        for path in ("/api/v1/patients/{ref}", "/api/v1/patients/{ref}/timeline", "/api/v1/patients/{ref}/history"):
            self.each(lambda ref: ask(caller, path, ref=ref), patients)
        self.each(lambda ref: ask(caller, "/fhir/R4/Patient/{id}", id=ref.replace("_", "-")), patients)

    def auditor(self, caller, practice):
        ask, looks = self.web.ask, {"practice": practice, "limit": 500}
        for _ in range(20):
            status, _, answer = ask(caller, "/api/v1/audit/access", query=looks)
            if status != 200 or not answer.get("next_cursor"):
                break
            looks["cursor"] = answer["next_cursor"]
        for ref in list(self.patients[practice])[:20]:
            ask(caller, "/api/v1/audit/access", "POST", body={"patient": ref, "practice": practice, "reason": "complaint 17, who looked"})
        for hours in (1, 20, 70):
            moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - hours * 3600))
            for name in self.lists:
                # Lists of patients, for whoever audits them.
                ask(caller, "/api/v1/audit/board", meant=True,
                    query={"practice": practice, "list": name, "at": moment, "case": "CRAWL-1"})
        for entry in ask(caller, "/fhir/R4/AuditEvent", query={"_count": 50})[2].get("entry", [])[:20]:
            ask(caller, "/fhir/R4/AuditEvent/{id}", id=entry["resource"]["id"])
        ask(caller, "/api/v1/log/checkpoint")
        for feed in ask(caller, "/api/v1/feeds")[2].get("feeds", []):
            log = feed["hospital"]
            ask(caller, "/api/v1/log/key", query={"log": log})
            ask(caller, "/api/v1/log/checkpoint", query={"log": log})
            ask(caller, "/api/v1/log/proof/inclusion", query={"log": log, "position": 1})
            # To the newest checkpoint: while it is crawled the log is ahead of what is signed of it.
            ask(caller, "/api/v1/log/proof/consistency", query={"log": log, "from": 1})

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
