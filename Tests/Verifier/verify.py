#!/usr/bin/env python3
"""Verifies a log of Primary Conect that somebody else gave you, with nothing of ours but this file.

    primary-conect audit dump --log RH5 > rh5.ndjson
    verify.py rh5.ndjson --key primary-conect/3f9a12c4/RH5+1a2b3c4d+AWs... --against checkpoints.log

Reads the lines that `primary-conect audit dump` writes (Sources/Audit/LogDump.swift), recomputes each leaf from payload,
message bytes and salts (Sources/Audit/HashedBytes.md), the tree (RFC 6962) from the leaves, and holds it against the head
row, the checkpoints in the dump, and the signed checkpoints (C2SP tlog-checkpoint, Ed25519) that you kept yourself. Prints
one line for each thing that is wrong, with its position. Ends with 0 if nothing is, 3 if something is, 65 if the file
cannot be read. Needs Python 3.9 and, for signatures, the package `cryptography`.
"""
import argparse
import base64
import hashlib
import json
import struct
import sys

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


def main():
    parser = argparse.ArgumentParser(description="Verifies a log that `primary-conect audit dump` wrote.")
    parser.add_argument("dump")
    parser.add_argument("--key", help="verifier key of the log, or a file with it")
    parser.add_argument("--against", action="append", default=[], help="file of signed checkpoints kept elsewhere")
    options = parser.parse_args()
    if options.against and not options.key:
        parser.error("--against needs --key")
    try:
        key = None
        if options.key:
            is_text = options.key.count("+") >= 2
            key = Key(options.key if is_text else open(options.key, encoding="utf-8").read())
        return Verifier(key, options.against).run(options.dump)
    except (OSError, ValueError, KeyError) as error:
        print(f"cannot be read: {type(error).__name__}", file=sys.stderr)
        return 65


if __name__ == "__main__":
    sys.exit(main())
