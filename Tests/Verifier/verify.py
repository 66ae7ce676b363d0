#!/usr/bin/env python3
"""Verifies a log of Primary Conect that somebody else gave you, with nothing of ours but this file.

    primary-conect audit dump --log RH5 > rh5.ndjson
    verify.py rh5.ndjson --key primary-conect/3f9a12c4/RH5+1a2b3c4d+AWs... --against checkpoints.log
    verify.py pack.zip --key keys --against checkpoints.log

Of a log it reads the lines that `primary-conect audit dump` writes (Sources/Audit/LogDump.swift), recomputes each leaf from payload,
message bytes and salts (Sources/Audit/HashedBytes.md), the tree (RFC 6962) from the leaves, and holds it against the head
row, the checkpoints in the dump, and the signed checkpoints (C2SP tlog-checkpoint, Ed25519) that you kept yourself. Prints
one line for each thing that is wrong, with its position. Of an evidence pack (a zip, or the folder it was taken apart in; its
README.txt says what is in it) it checks the manifest, each leaf, and the proof of each event. Ends with 0 if nothing is, 3 if something is, 65 if the file
cannot be read. Needs Python 3.9 and, for signatures, the package `cryptography`.
"""
import argparse
import base64
import datetime
import hashlib
import json
import os
import re
import struct
import sys
import zipfile

HEADER = b"primary-conect leaf 1\n"
ORDER = ["position-missing", "tail-missing", "position-swapped", "message-changed", "message-missing", "message-misplaced",
         "time-changed", "event-changed", "redaction-untold", "beyond-head", "head-changed", "log-rewritten",
         "checkpoint-unsigned"]


def sha256(*parts):
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return digest.digest()


def text(value):
    value = value.encode()
    return struct.pack(">I", len(value)) + value


def leaf_hash(log, position, event, payload_digest, message):
    data = HEADER + text(log) + struct.pack(">q", position) + text(event["stream"]) + text(event["type"])
    occurred = event["occurred_at"]
    data += b"\x00" if occurred is None else b"\x01" + struct.pack(">q", occurred)
    data += struct.pack(">q", event["recorded_at"]) + payload_digest
    data += b"\x00" if message is None else b"\x01" + struct.pack(">q", message[0]) + message[1]
    return sha256(b"\x00", data)


class Tree:
    """The roots of the perfect subtrees, greatest first: one for each bit set in the size."""

    def __init__(self):
        self.size, self.hashes = 0, []

    def append(self, leaf):
        carry = self.size
        while carry & 1:
            leaf = sha256(b"\x01", self.hashes.pop(), leaf)
            carry >>= 1
        self.hashes.append(leaf)
        self.size += 1

    def root(self):
        if not self.hashes:
            return sha256(b"")
        root = self.hashes[-1]
        for left in reversed(self.hashes[:-1]):
            root = sha256(b"\x01", left, root)
        return root


class Key:
    """name+id+base64(0x01 || public key): C2SP signed-note."""

    def __init__(self, key):
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
        self.name, identifier, encoded = key.strip().split("+", 2)
        public = base64.b64decode(encoded, validate=True)
        self.identifier = sha256(self.name.encode(), b"\n", public)[:4]
        if public[0] != 1 or self.identifier.hex() != identifier:
            raise ValueError("not a verifier key")
        self.public = Ed25519PublicKey.from_public_bytes(public[1:])

    def checkpoint(self, note):
        """Size and root of a note that this key signed; None for any other."""
        from cryptography.exceptions import InvalidSignature
        body, _, signatures = note.rpartition("\n\n")
        body += "\n"
        for line in signatures.splitlines():
            dash, name, encoded = line.split(" ")
            signature = base64.b64decode(encoded, validate=True)
            if dash != "\u2014" or name != self.name or signature[:4] != self.identifier:
                continue
            try:
                self.public.verify(signature[4:], body.encode())
            except InvalidSignature:
                continue
            origin, size, root = body.split("\n")[:3]
            if origin == self.name:
                return int(size), base64.b64decode(root, validate=True)
        return None


def notes(path):
    """Notes one after the other, an empty line behind each."""
    lines, signed = [], False
    for line in open(path, encoding="utf-8"):
        if line == "\n" and signed:
            yield "".join(lines)
            lines, signed = [], False
        elif line != "\n" or lines:
            lines.append(line)
            signed = line.startswith("\u2014 ")
    if signed:
        yield "".join(lines)


class Verifier:
    def __init__(self, key, against):
        self.key, self.found, self.others = key, {}, []
        self.roots = set()
        for path in against:
            for note in notes(path):
                checkpoint = key.checkpoint(note)
                if checkpoint:
                    self.roots.add(checkpoint)
        self.tree, self.messages, self.wrong, self.leaves = Tree(), {}, [], {}
        self.expected, self.recorded, self.covering, self.told = 1, None, None, {}
        self.whole, self.redactions, self.kept = True, 0, []

    def note(self, code, position):
        known = self.found.get(position)
        if known is None or ORDER.index(code) < ORDER.index(known):
            self.found[position] = code

    def note_range(self, code, first, last):
        self.others.append((first, code, last))

    @staticmethod
    def content(row, name):
        """Salted digest of what a row holds, or what a redaction kept of it; None and why not."""
        salt, content = base64.b64decode(row["salt"]), base64.b64decode(row[name])
        if not salt and not content:
            kept = row.get("salted_digest")
            return (base64.b64decode(kept), None) if kept else (None, "redaction-untold")
        if len(salt) != 16:
            return None, None
        return sha256(salt, content), None

    def message(self, row):
        position = row["position"]
        salted, fault = self.content(row, "bytes")
        if row["salt"] and sha256(base64.b64decode(row["bytes"])) != base64.b64decode(row["digest"]):
            salted = None
        if salted is None:
            self.note(fault or "message-changed", position)
        if row["event_count"] < 1:
            self.note("message-misplaced", position)
        self.messages[position] = (salted, row["recorded_at"], row["event_count"], row["disposition"] == "quarantined")

    def event(self, row):
        position, teller = row["position"], row["message"]
        while self.expected < position:
            self.note("position-missing", self.expected)
            self.expected, self.whole = self.expected + 1, False
        self.expected += 1
        leaf = base64.b64decode(row["leaf"])
        if self.whole:
            self.leaves[position] = leaf
        if row["type"] == "log.redacted.v1" and row["payload"]:
            self.redactions += 1
            self.told[position] = set(json.loads(base64.b64decode(row["payload"]))["positions"])
        if "redacted_at" in row:
            self.kept.append((position, row["redacted_at"]))
        message = self.messages.get(teller) if teller is not None else None
        cover = self.messages.get(self.covering) if self.covering else None
        if cover and self.covering <= position < self.covering + cover[2]:
            if teller != self.covering:
                self.note("message-misplaced", position)
        elif message and (not message[3] or teller > position):
            self.note("message-misplaced", position)
        before, self.recorded = self.recorded, row["recorded_at"]
        if teller is not None and message is None:
            self.note("message-missing", position)
            return
        if message is not None and message[0] is None:
            return
        told = (teller, message[0]) if message is not None else None
        payload, fault = self.content(row, "payload")
        if payload is None or leaf_hash(self.log, position, row, payload, told) != leaf:
            self.wrong.append((position, row, payload, told, leaf, fault))
        at_once = message is not None and teller <= position < teller + message[2]
        if (at_once and message[1] != row["recorded_at"]) or (before is not None and before > row["recorded_at"]):
            self.note("time-changed", position)

    def judge(self):
        places = [wrong[0] for wrong in self.wrong]
        for position, row, payload, told, leaf, fault in self.wrong:
            home = next((p for p in places if p != position and payload is not None
                         and leaf_hash(self.log, p, row, payload, told) == leaf), None)
            if home in self.leaves:
                self.leaves[home] = leaf
            self.note(fault or ("position-swapped" if home else "event-changed"), position)
        for position, code in list(self.found.items()):
            if code == "time-changed" and position not in places and position - 1 in places:
                del self.found[position]
        for position, told_at in self.kept:
            if position not in self.told.get(told_at, ()) and position not in self.found:
                self.note("redaction-untold", position)

    @staticmethod
    def rows(path):
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)

    def run(self, path):
        head, checkpoints, ended = None, [], False
        # Twice: events that somebody moved may stand before their messages.
        for row in self.rows(path):
            if row["kind"] == "message":
                self.message(row)
        for row in self.rows(path):
            kind = row["kind"]
            if kind == "log":
                head, self.log = row, row["log"]
            elif kind == "message":
                self.covering = row["position"]
            elif kind == "event":
                self.event(row)
            elif kind == "checkpoint":
                checkpoints.append(row)
            elif kind == "end":
                ended = True
        if head is None or not ended:
            raise ValueError("the dump is cut off")
        end = head["position"]
        while self.expected <= end:
            self.note("position-missing", self.expected)
            self.expected, self.whole = self.expected + 1, False
        self.judge()
        for row in checkpoints:
            size, root = row["size"], base64.b64decode(row["root"])
            if self.key and self.key.checkpoint(row["note"]) != (size, root):
                self.note("checkpoint-unsigned", size)
            else:
                self.roots.add((size, root))
        beyond = [size for size, _ in self.roots if size > end]
        if beyond:
            self.note_range("tail-missing", end + 1, min(beyond))
        good, rewritten = 0, False
        roots = sorted(root for root in self.roots if root[0] <= end)
        for position in sorted(self.leaves):
            self.tree.append(self.leaves[position])
            while roots and roots[0][0] == self.tree.size:
                size, root = roots.pop(0)
                if root == self.tree.root():
                    good = size
                elif not rewritten:
                    rewritten = True
                    self.note_range("log-rewritten", good + 1, size)
        if head["last_row"] > end:
            self.note_range("beyond-head", end + 1, head["last_row"])
        if self.tree.size == end and b"".join(self.tree.hashes) != base64.b64decode(head["range"]):
            self.note("head-changed", end)
        elif self.recorded is not None and self.recorded != head["recorded_at"] and not any(p >= end for p in self.found):
            self.note("head-changed", end)
        found = sorted([(p, code, p) for p, code in self.found.items()] + self.others)
        for first, code, last in found:
            where = f"at position {first}" if first == last else f"at or before position {last}, behind {first - 1}"
            print(f"{code} {where}")
        print(f"{self.log}: {end} events, {self.redactions} redactions, checkpoints fit up to {good}, {len(found)} findings",
              file=sys.stderr)
        return 3 if found else 0


class Pack:
    """An evidence pack: what is said in it, held against what is proved in it."""

    def __init__(self, path, keys, against):
        self.files = dict(self.read(path))
        self.keys, self.found = {key.name.rsplit("/", 1)[-1]: key for key in keys}, []
        self.kept = {}
        for note in (note for path in against for note in notes(path)):
            for log, key in self.keys.items():
                checkpoint = key.checkpoint(note)
                if checkpoint:
                    self.kept.setdefault(log, set()).add(checkpoint)

    @staticmethod
    def read(path):
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as pack:
                for name in pack.namelist():
                    yield name, pack.read(name)
            return
        for folder, _, names in os.walk(path):
            for name in names:
                whole = os.path.join(folder, name)
                with open(whole, "rb") as file:
                    yield os.path.relpath(whole, path).replace(os.sep, "/"), file.read()

    def note(self, code, where):
        self.found.append(f"{code} {where}")

    def lines(self, name):
        return [json.loads(line) for line in self.files.get(name, b"").splitlines()]

    def manifest(self):
        sums = dict(reversed(line.split("  ", 1)) for line in self.files["MANIFEST.sha256"].decode().splitlines())
        for name in sorted(set(sums) | set(self.files) - {"MANIFEST.sha256"}):
            if name not in self.files:
                self.note("file-missing", name)
            elif name not in sums:
                self.note("file-unlisted", name)
            elif sha256(self.files[name]).hex() != sums[name]:
                self.note("file-changed", name)

    @staticmethod
    def microseconds(text):
        """2026-03-02T10:00:00.5+00:00, exactly."""
        if text is None:
            return None
        day, part, zone = re.fullmatch(r"([^.]*?)(?:\.(\d{1,6}))?([+-]\d\d:\d\d|Z)", text).groups()
        whole = datetime.datetime.fromisoformat(day + zone.replace("Z", "+00:00"))
        since = whole - datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
        return (since.days * 86_400 + since.seconds) * 1_000_000 + int((part or "").ljust(6, "0"))

    @staticmethod
    def content(row, content):
        """Salted digest of what a row holds, or what an erasure kept of it; None for neither."""
        salt = bytes.fromhex(row["salt"])
        if not salt and not content:
            return bytes.fromhex(row["salted_digest"]) if row.get("salted_digest") else None
        return sha256(salt, content) if len(salt) == 16 else None

    def leaves(self):
        messages = {}
        for row in self.lines("messages.ndjson"):
            data = base64.b64decode(row["bytes"])
            digest = self.content(row, data)
            if digest is None or (row["salt"] and sha256(data).hex() != row["digest"]):
                self.note("message-changed", f"at {row['log']} {row['position']}")
            messages[row["log"], row["position"]] = digest
        leaves, told = {}, set()
        for row in self.lines("events.ndjson"):
            place, teller = (row["log"], row["position"]), row["message_position"]
            where = f"at {place[0]} {place[1]}"
            if teller is not None and (row["log"], teller) not in messages:
                self.note("message-missing", where)
                continue
            told.add((row["log"], teller))
            message = None if teller is None else (teller, messages[row["log"], teller])
            payload = self.content(row, row["payload"].encode())
            times = {name: self.microseconds(row[name]) for name in ("occurred_at", "recorded_at")}
            if message is not None and message[1] is None:
                continue
            if payload is None or leaf_hash(*place, {**row, **times}, payload, message).hex() != row["leaf_hash"]:
                self.note("event-changed", where)
            if place in leaves:
                self.note("event-twice", where)
            leaves[place] = bytes.fromhex(row["leaf_hash"])
        for log, position in sorted(set(messages) - told):
            self.note("message-untold", f"at {log} {position}")
        return leaves

    @staticmethod
    def root(leaf, index, size, hashes):
        """RFC 9162 section 2.1.3.2, which says of RFC 6962's proofs how they are checked; None for what is no proof."""
        node, last, root = index, size - 1, leaf
        for other in hashes:
            if last == 0:
                return None
            if node & 1 or node == last:
                root = sha256(b"\x01", other, root)
                while not node & 1 and node:
                    node, last = node >> 1, last >> 1
            else:
                root = sha256(b"\x01", root, other)
            node, last = node >> 1, last >> 1
        return root if last == 0 else None

    def checkpoint(self, log):
        """Size and root of the log's checkpoint, signed if there is a key to say so; None for none."""
        note = self.files.get(f"proofs/{log}.checkpoint")
        if note is None:
            return None
        if self.keys:
            key = self.keys.get(log)
            checkpoint = key and key.checkpoint(note.decode())
            if not checkpoint:
                self.note("checkpoint-unsigned" if key else "key-missing", f"of {log}")
                return None
        else:
            size, root = note.decode().split("\n")[1:3]
            checkpoint = int(size), base64.b64decode(root, validate=True)
        if any(size == checkpoint[0] and root != checkpoint[1] for size, root in self.kept.get(log, ())):
            self.note("log-rewritten", f"at or before {log} {checkpoint[0]}")
        return checkpoint

    def run(self):
        if "MANIFEST.sha256" not in self.files or "events.ndjson" not in self.files:
            raise ValueError("not an evidence pack")
        self.manifest()
        leaves = self.leaves()
        proved = kept = 0
        for log in sorted({log for log, _ in leaves}):
            checkpoint = self.checkpoint(log)
            if checkpoint is None:
                continue
            kept += checkpoint in self.kept.get(log, ())
            proofs = {row["position"]: row for row in self.lines(f"proofs/{log}.ndjson")}
            for position in sorted(place[1] for place in leaves if place[0] == log and place[1] <= checkpoint[0]):
                proof = proofs.get(position)
                if proof is None:
                    self.note("proof-missing", f"at {log} {position}")
                    continue
                hashes = [base64.b64decode(text, validate=True) for text in proof["hashes"]]
                if self.root(leaves[log, position], position - 1, checkpoint[0], hashes) == checkpoint[1]:
                    proved += 1
                else:
                    self.note("event-unproved", f"at {log} {position}")
        for line in self.found:
            print(line)
        signed = "signed" if self.keys else "signatures not looked at (no --key)"
        print(f"{len(self.files)} files, {len(leaves)} events, {proved} proved, {len(leaves) - proved} without proof, {signed}, "
              f"{kept} checkpoints as kept, {len(self.found)} findings", file=sys.stderr)
        return 3 if self.found else 0


def main():
    parser = argparse.ArgumentParser(
        description="Verifies a log that `primary-conect audit dump` wrote, or a pack that `export evidence` made.")
    parser.add_argument("dump", help="the dump, or the pack: a zip or the folder it was taken apart in")
    parser.add_argument("--key", help="verifier key of the log, or a file with it; of a pack's logs one a line")
    parser.add_argument("--against", action="append", default=[], help="file of signed checkpoints kept elsewhere")
    options = parser.parse_args()
    if options.against and not options.key:
        parser.error("--against needs --key")
    try:
        keys = []
        if options.key:
            is_text = options.key.count("+") >= 2
            lines = [options.key] if is_text else open(options.key, encoding="utf-8").read().split()
            keys = [Key(line) for line in lines]
        if os.path.isdir(options.dump) or zipfile.is_zipfile(options.dump):
            return Pack(options.dump, keys, options.against).run()
        if len(keys) > 1:
            parser.error("a dump is of one log, and has one key")
        return Verifier(keys[0] if keys else None, options.against).run(options.dump)
    except (OSError, ValueError, KeyError, AttributeError) as error:
        print(f"cannot be read: {type(error).__name__}", file=sys.stderr)
        return 65


if __name__ == "__main__":
    sys.exit(main())
