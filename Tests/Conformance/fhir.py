#!/usr/bin/env python3
"""Holds a running service's FHIR facade against FHIR R4 as PyPI's fhirclient has it. Not part of CI; see README.md.

Reads metadata, walks all encounters page by page, reads every encounter, patient, place, organisation and flag that is
served or referred to, and parses each strictly: an unknown member, a wrong type or a missing required member fails.
Prints no patient data.
"""

import argparse
import os
import re
import sys

import requests
from fhirclient import client
from fhirclient.models import (
    auditevent, bundle, capabilitystatement, encounter, flag, location, operationoutcome, organization, patient)

MODELS = {
    "AuditEvent": auditevent.AuditEvent,
    "Bundle": bundle.Bundle, "CapabilityStatement": capabilitystatement.CapabilityStatement,
    "Encounter": encounter.Encounter, "Flag": flag.Flag, "Location": location.Location,
    "OperationOutcome": operationoutcome.OperationOutcome, "Organization": organization.Organization,
    "Patient": patient.Patient,
}
NHS_NUMBER = "https://fhir.nhs.uk/Id/nhs-number"
ID = re.compile(r"^[A-Za-z0-9\-.]{1,64}$")
INSTANT = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")
failures = []
counts = {}


def check(holds, words):
    if not holds:
        failures.append(words)


def parse(resource, where):
    """Strictly, and for what fhirclient does not look at: ids, empty members, instants."""
    kind = resource.get("resourceType")
    counts[kind] = counts.get(kind, 0) + 1
    if kind not in MODELS:
        return check(False, f"{where}: a resource of type {kind}")
    try:
        MODELS[kind](resource, strict=True)
    except Exception as error:  # Its words hold values: the kind of error and the members are enough.
        check(False, f"{where}: {kind} does not parse: {type(error).__name__} {re.findall(r'[a-z]+[A-Z][A-Za-z.]+', str(error))[:5]}")

    def walk(value, path):
        if isinstance(value, dict):
            check(value, f"{where}: {path} is an empty object")
            for name, member in value.items():
                walk(member, f"{path}.{name}")
        elif isinstance(value, list):
            check(value, f"{where}: {path} is an empty array")
            for member in value:
                walk(member, path)
        else:
            check(value is not None and value != "", f"{where}: {path} is empty")

    walk(resource, kind)
    if "id" in resource:
        check(ID.match(resource["id"]), f"{where}: {kind}.id is none")
    meta = resource.get("meta", {})
    if "lastUpdated" in meta:
        check(INSTANT.match(meta["lastUpdated"]), f"{where}: {kind}.meta.lastUpdated is no instant")
    if any(coding["code"] == "R" for coding in meta.get("security", [])) and kind == "Encounter":
        for name in ("location", "serviceProvider", "reasonCode", "participant", "serviceType"):
            check(name not in resource, f"{where}: a restricted encounter has {name}")


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("base", help="http://127.0.0.1:8080/fhir/R4")
    arguments.add_argument("--auditor-token", default=os.environ.get("AUDITOR_TOKEN"), help="of an auditor of one practice")
    arguments.add_argument("--token", default=os.environ.get("TOKEN"), help="of one practice; else TOKEN of the environment")
    options = arguments.parse_args()
    base = options.base.rstrip("/")
    session = requests.Session()
    session.headers["Authorization"] = f"Bearer {options.token}"

    def get(path, expected=200, **more):
        answer = session.get(path if path.startswith("http") else f"{base}/{path}", **more)
        where = re.sub(r"[?=].*", "", answer.url.replace(base, ""))
        check(answer.status_code == expected, f"{where}: {answer.status_code}, not {expected}")
        if answer.content:
            check(answer.headers["Content-Type"].startswith("application/fhir+json"), f"{where}: {answer.headers['Content-Type']}")
            parse(answer.json(), where)
        return answer

    def walk(path):
        """The entries of all pages."""
        entries = []
        while path:
            page = get(path).json()
            entries += page.get("entry", [])
            links = {link["relation"]: link["url"] for link in page["link"]}
            check("self" in links, f"{path}: no self link")
            path = links.get("next")
        for entry in entries:
            parse(entry["resource"], "entry")
        return entries

    def resources(entries, mode):
        return [entry["resource"] for entry in entries if entry["search"]["mode"] == mode]

    bare = requests.get(f"{base}/metadata")
    check(bare.status_code == 200, "metadata wants a token")
    parse(bare.json(), "metadata")

    entries = walk("Encounter?_count=7&_include=Encounter:patient")
    encounters = {resource["id"]: resource for resource in resources(entries, "match")}
    check(encounters, "the practice has no encounter: ask for one that has")
    check(len(encounters) == len(resources(entries, "match")), "an encounter stands on two pages")
    whole = resources(walk("Encounter?_count=200&_sort=date"), "match")
    check([r["id"] for r in whole] == list(reversed(list(encounters))), "the pages do not give what the whole gives")
    for status in ("in-progress", "finished"):
        found = resources(walk(f"Encounter?status={status}"), "match")
        check({r["id"] for r in found} == {i for i, r in encounters.items() if r["status"] == status}, f"status={status}")

    references = set()
    for identifier, resource in encounters.items():
        read = get(f"Encounter/{identifier}")
        check(read.json() == resource, "a read differs from the search")
        tag = read.headers["ETag"]
        check(tag == f'W/"{resource["meta"]["versionId"]}"', "the ETag is not the version")
        references.add(resource["subject"]["reference"])
        references |= {place["location"]["reference"] for place in resource.get("location", []) if "reference" in place["location"]}
        references |= {resource["serviceProvider"]["reference"]} if "serviceProvider" in resource else set()
        references |= {e["valueReference"]["reference"] for e in resource.get("extension", []) if "valueReference" in e}
    patients = {}
    for reference in sorted(references):
        read = get(reference)
        if reference.startswith("Patient/") and read.ok:
            patients[reference] = read.json()
        check(get(reference, expected=304, headers={"If-None-Match": read.headers["ETag"]}).content == b"", "a 304 has content")

    for reference, resource in list(patients.items())[:50]:
        for practitioner in resource.get("generalPractitioner", []):
            get(practitioner["reference"])
        # Who has moved on can be read still, and is not found any more.
        is_here = "generalPractitioner" in resource
        for number in (i["value"] for i in resource.get("identifier", []) if i.get("system") == NHS_NUMBER and is_here):
            answer = session.post(f"{base}/Patient/_search", data={"identifier": f"{NHS_NUMBER}|{number}"})
            found = answer.json()
            parse(found, "Patient/_search")
            check(number not in found["link"][0]["url"], "an address holds an NHS number")
            check(resource["id"] in [r["id"] for r in resources(found.get("entry", []), "match")], "Patient/_search does not find a patient")

    for resource in resources(walk("Flag?status=active&_count=3"), "match"):
        check(get(f"Flag/{resource['id']}").json() == resource, "a read flag differs from the search")
        get(resource["subject"]["reference"])

    for path, status in (
        ("Encounter/enc-0000000000000", 404), ("Observation", 404), ("Encounter?colour=red", 400),
        ("Patient?identifier=x", 400), ("Encounter?_cursor=x", 400)):
        get(path, expected=status)
    refused = requests.get(f"{base}/Encounter")
    check(refused.status_code == 401, "no token is needed")
    parse(refused.json(), "401")

    if options.auditor_token:
        session.headers["Authorization"] = f"Bearer {options.auditor_token}"
        page = get("AuditEvent?date=ge2000-01-01&_count=20").json()
        following = [link["url"] for link in page["link"] if link["relation"] == "next"]
        entries = page["entry"] + (get(following[0]).json()["entry"] if following else [])
        for resource in resources(entries, "match"):
            check(get(f"AuditEvent/{resource['id']}").json() == resource, "a read audit event differs from the search")
        session.headers["Authorization"] = f"Bearer {options.token}"

    # The library's own way: the server object, a search, its pages.
    smart = client.FHIRClient(settings={"app_id": "conformance", "api_base": base + "/"})
    smart.server.session.headers["Authorization"] = f"Bearer {options.token}"
    listed = encounter.Encounter.where(struct={"class": "IMP", "_count": "5"}).perform_resources_iter(smart.server)
    expected = {i for i, r in encounters.items() if r["class"]["code"] == "IMP"}
    check({resource.id for resource in listed if resource.resource_type == "Encounter"} == expected, "fhirclient's own pages")

    print(", ".join(f"{count} {kind}" for kind, count in sorted(counts.items())))
    for failure in sorted(set(failures))[:40]:
        print("FAIL", failure)
    print(f"{len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
