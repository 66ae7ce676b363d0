#!/usr/bin/env python3
"""Asks a running service what its description allows and what it does not, with PyPI's schemathesis. Not part of CI.

One run a role, and one without a token; every check that schemathesis has. It writes, and prints answers that are not as
described: only for an installation with invented patients. See README.md.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request

HERE = pathlib.Path(__file__).parent
ROLES = {
    # What is a role's own; the first is asked everything. `None`: nobody.
    "practice-clinician": None,
    "integration": "/webhooks|/roster|/fhir/",
    "hospital-onboarding": "/onboarding-cases|/hospitals/",
    "complex-care": "/onboarding-cases|/hospitals/|match",
    "practice-coach": "/concerns|/actions|/huddles|/patients",
    "practice-admin": "/roster|/lists/|/concerns|/actions|/huddles",
    "operator": "/roster|/status|/feeds|break-glass|/lists/",
    "auditor": "/status|/feeds|/lists/",
    "none": None,
}
# These work for a hospital and not for a practice.
ACROSS = {"hospital-onboarding", "complex-care"}


def learn(base, token, path):
    """An answer, or nothing where the role may not ask."""
    request = urllib.request.Request(base + path, headers={"Authorization": f"Bearer {token}"})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)
    except urllib.error.HTTPError:
        return {}


def dictionaries(base, token, practice, hospital, role):
    """Real refs, so that a request can be about somebody: as TOML."""
    home = hospital if role in ACROSS else practice
    lists = [learn(base, token, f"/api/v1/practices/{practice}/lists/{name}?limit=5") for name in ("in-hospital", "attendances")]
    stays = [item for answer in lists for item in answer.get("items", [])]
    stays += [item["stay"] for item in learn(base, token, f"/api/v1/hospitals/{hospital}/inpatients?limit=5").get("items", [])]
    encounters = [stay["encounter"] for stay in stays]
    patients = [stay["patient"]["ref"] for stay in stays]
    cases = [item["case"] for item in learn(base, token, "/api/v1/onboarding-cases?limit=5").get("items", [])]
    webhooks = [item["id"] for item in learn(base, token, "/api/v1/webhooks").get("webhooks", [])]
    parts = []

    def bind(name, values, regex, parameter, probability=0.8):
        if values:
            parts.append(f'[dictionaries.{name}]\nvalues = {json.dumps(sorted(set(values)))}\n')
            parts.append(
                f'[[operations]]\ninclude-path-regex = "{regex}"\n'
                f'parameters = {{ "{parameter}" = {{ dictionary = "{name}", probability = {probability} }} }}\n')

    bind("organisations", [home], "[{]ods[}]", "path.ods", 0.9)
    bind("encounters", encounters, "encounters/[{]ref[}]", "path.ref")
    bind("patients", patients, "patients/[{]ref[}]", "path.ref")
    bind("cases", cases, "onboarding-cases/[{]id[}]", "path.id")
    bind("webhooks", webhooks, "webhooks/[{]id[}]", "path.id")
    bind("fhir_encounters", [ref.replace("_", "-") for ref in encounters], "Encounter/[{]id[}]", "path.id")
    bind("fhir_patients", [ref.replace("_", "-") for ref in patients], "Patient/[{]id[}]", "path.id")
    bind("discussed", patients, "discussions$|/actions$|/concerns$", "body.patient")
    bind("flagged", encounters, "onboarding-cases$", "body.encounter")
    return "\n".join(parts)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("base", help="http://127.0.0.1:8080")
    arguments.add_argument("--command", default="primary-conect", help="issues the tokens")
    arguments.add_argument("--directory", default=".primary-conect", help="of the installation")
    arguments.add_argument("--practice", default="Z99001")
    arguments.add_argument("--hospital", default="ZX901")
    arguments.add_argument("--role", action="append", choices=list(ROLES), help="only this; may be given several times")
    arguments.epilog = "What follows -- goes to schemathesis."
    words, _, more = " ".join(sys.argv[1:]).partition(" -- ")
    options = arguments.parse_args(words.split())
    base = options.base.rstrip("/")
    failed = []
    for role in options.role or ROLES:
        environment = dict(os.environ)
        config = (HERE / "schemathesis.toml").read_text()
        if role != "none":
            home = options.hospital if role in ACROSS else options.practice
            token = subprocess.run(
                [options.command, "token", "--directory", options.directory, "--practice", home, "--role", role],
                check=True, capture_output=True, text=True).stdout.strip()
            environment["TOKEN"] = token
            config += '\n[auth.openapi.bearer]\nbearer = "${TOKEN}"\n\n'
            config += dictionaries(base, token, options.practice, options.hospital, role)
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder, "schemathesis.toml")
            file.write_text(config)
            line = [pathlib.Path(sys.executable).with_name("st"), "--config-file", file, "run", f"{base}/openapi.json"]
            if ROLES[role]:
                line += ["--include-path-regex", ROLES[role]]
            print(f"== {role}", flush=True)
            if subprocess.run(line + more.split(), env=environment, cwd=folder).returncode != 0:
                failed.append(role)
    print("failed: " + ", ".join(failed) if failed else "all as described")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
