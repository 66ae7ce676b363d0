import Crypto
package import EventSourcing
package import Postgres

/// What an evidence pack is about.
package struct EvidenceQuestion: Sendable, Hashable {
    package var practice: String
    /// The moment that the lists are of.
    package var at: Instant
    /// Looks so long before and behind the moment are in the pack.
    package var window: Duration
    /// One patient alone: then all looks at them, and what the logs tell of them.
    package var patient: String?

    package init(practice: String, at: Instant, window: Duration = .seconds(3_600), patient: String? = nil) {
        self.practice = practice
        self.at = at
        self.window = window
        self.patient = patient
    }
}

/// A file of a pack that is made elsewhere: a list as it was shown, a checkpoint, a proof.
package struct EvidenceFile: Sendable {
    package var name: String
    package var bytes: [UInt8]

    package init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }
}

/// An event of a pack: what proofs are made of.
package struct EvidenceEvent: Sendable, Hashable {
    package let log: LogName
    package let position: Position
}

/// Writes all that is known of what a practice could see at a moment into one zip.
///
/// ```
/// README.txt        what it is, and how to check it
/// lists/*.json      the lists, as shown
/// access.ndjson     who looked
/// events.ndjson     what the logs had told by then of the patients in it, with salts and leaves
/// messages.ndjson   the messages that told it, byte for byte
/// proofs/*          checkpoints, and a proof for each event
/// MANIFEST.sha256   SHA-256 of every file, as `sha256sum --check` reads it
/// ```
///
/// One transaction with an access record of its own; patients whom it shows stand in the record. What does not come from
/// the log and the access records is handed in: lists before, proofs once it is known of which events.
package struct EvidencePack: Sendable {
    /// Events in one pack; a pack of more is refused rather than cut.
    package static let eventsMax = 100_000

    /// Why no pack is made.
    package enum Refusal: Error, Sendable {
        case tooManyEvents
    }

    private let pool: PostgresPool

    /// The pool logs in as `primary_conect_auditor`.
    package init(pool: PostgresPool) {
        self.pool = pool
    }

    /// Writes the zip.
    ///
    /// - Parameters:
    ///   - refs: patients in the lists; only what was told of them is in the pack.
    ///   - proofs: makes the proofs of events.
    ///   - write: takes the next bytes.
    package func write(
        _ question: EvidenceQuestion, lists: [EvidenceFile], refs: [String], look: AuditLook, madeAt: Instant,
        proofs: ([EvidenceEvent]) async throws -> [EvidenceFile],
        to write: @escaping ([UInt8]) throws -> Void
    ) async throws {
        var pack = Pack(zip: ZipWriter(write))
        try await pool.transaction(.repeatableRead) { transaction in
            let own = try await look.open(in: transaction)
            try await transaction.query("set local timezone to 'UTC'")
            for list in lists { try pack.file("lists/\(list.name)", list.bytes) }
            var shown = Set(refs)
            try await looks(question, own.id, &pack, &shown, transaction)
            let streams = try await streams(of: question.patient.map { [$0] } ?? refs, question, transaction)
            let events = try await events(in: streams, until: question.at, &pack, transaction)
            try await messages(of: events, &pack, transaction)
            for proof in try await proofs(events.map { EvidenceEvent(log: $0.log, position: $0.position) }) {
                try pack.file("proofs/\(proof.name)", proof.bytes)
            }
            let logs = Set(events.map(\.log)).sorted()
            try pack.file("README.txt", Array(EvidenceReadme.text(question, logs: logs, madeAt: madeAt).utf8))
            try await AuditLook.record(shown: Array(shown), in: transaction)
            try pack.finish()
        }
    }

    // MARK: Parts

    private struct Stream: Hashable {
        let log: String
        let name: String
    }

    private struct Told {
        let log: LogName
        let position: Position
        let message: Position?
    }

    /// Who looked in the hours around the moment, or at the patient at all.
    private func looks(
        _ question: EvidenceQuestion, _ own: String, _ pack: inout Pack, _ shown: inout Set<String>,
        _ transaction: PostgresTransaction
    ) async throws {
        var asked = AccessQuestion(practice: question.practice)
        if let patient = question.patient {
            asked.person = .ref(patient)
        } else {
            let span = Int64(question.window.components.seconds) * 1_000_000
            asked.since = Instant(microseconds: question.at.microseconds - span)
            asked.until = Instant(microseconds: question.at.microseconds + span)
        }
        try pack.begin("access.ndjson")
        var place: AccessPlace?
        repeat {
            let page = try await AccessReader.page(asked, after: place, limit: 500, own: own, in: transaction)
            for line in page.lines {
                shown.formUnion(line.refs)
                try pack.add(ExportRow(line).json + [UInt8(ascii: "\n")])
            }
            place = page.next
        } while place != nil
    }

    /// The streams of the logs that tell of patients, by their refs: their stays, and what was told of them alone.
    private func streams(
        of refs: [String], _ question: EvidenceQuestion, _ transaction: PostgresTransaction
    ) async throws -> Set<Stream> {
        guard !refs.isEmpty else { return [] }
        let result = try await transaction.query(
            """
            select distinct e.hospital, e.encounter_key, e.patient_key from practice.encounter e
            where e.practice = \(question.practice) and e.patient_ref = any (\(refs))
            """)
        var streams: Set<Stream> = []
        for row in result {
            let (hospital, encounter, patient) = try row.decode(String.self, String.self, String.self)
            streams.insert(Stream(log: hospital, name: StreamName("encounter:" + encounter).rawValue))
            if !patient.isEmpty {
                streams.insert(Stream(log: hospital, name: StreamName("patient:" + patient).rawValue))
            }
        }
        return streams
    }

    private func events(
        in streams: Set<Stream>, until moment: Instant, _ pack: inout Pack, _ transaction: PostgresTransaction
    ) async throws -> [Told] {
        var told: [Told] = []
        try pack.begin("events.ndjson")
        let streams = streams.sorted { ($0.log, $0.name) < ($1.log, $1.name) }
        for group in stride(from: 0, to: streams.count, by: 100).map({ Array(streams[$0..<min($0 + 100, streams.count)]) }) {
            let result = try await transaction.query(
                """
                select e.log, e.position, e.message_position, json_build_object(
                    'log', e.log, 'position', e.position, 'stream', e.stream, 'type', e.type,
                    'recorded_at', e.recorded_at, 'occurred_at', e.occurred_at, 'message_position', e.message_position,
                    'salt', encode(e.salt, 'hex'), 'leaf_hash', encode(e.leaf_hash, 'hex'), 'payload', e.payload,
                    'salted_digest', encode(r.payload_digest, 'hex'))::text
                from unnest(\(group.map(\.log)), \(group.map(\.name))) as s (log, stream)
                join event_log.event e on e.log = s.log and e.stream = s.stream and e.recorded_at <= \(moment)
                left join event_log.redaction r on r.log = e.log and r.position = e.position
                order by e.log, e.position
                """)
            for row in result {
                told.append(
                    Told(log: try row.decode(0), position: try row.decode(1), message: try row.decode(2)))
                try pack.add(Array(try row.decode(3, as: String.self).utf8) + [UInt8(ascii: "\n")])
            }
            guard told.count <= Self.eventsMax else { throw Refusal.tooManyEvents }
        }
        return told
    }

    private func messages(of events: [Told], _ pack: inout Pack, _ transaction: PostgresTransaction) async throws {
        try pack.begin("messages.ndjson")
        for (log, events) in Dictionary(grouping: events, by: \.log).sorted(by: { $0.key < $1.key }) {
            let positions = Set(events.compactMap(\.message)).sorted()
            for start in stride(from: 0, to: positions.count, by: 200) {
                let wanted = Array(positions[start..<min(start + 200, positions.count)]).map(\.rawValue)
                let result = try await transaction.query(
                    """
                    select json_build_object(
                        'log', m.log, 'position', m.position, 'recorded_at', m.recorded_at,
                        'event_count', m.event_count, 'sender', m.sender, 'control_id', m.control_id, 'trigger', m.trigger,
                        'disposition', m.disposition, 'answer', m.answer, 'reason', m.reason,
                        'received_from', m.received_from, 'digest', encode(m.digest, 'hex'),
                        'salt', encode(m.salt, 'hex'), 'bytes', replace(encode(m.bytes, 'base64'), chr(10), ''),
                        'salted_digest', encode(r.message_digest, 'hex'))::text
                    from event_log.message m
                    left join event_log.redaction r on r.log = m.log and r.position = m.position
                    where m.log = \(log) and m.position = any (\(wanted)) order by m.position
                    """)
                for row in result {
                    try pack.add(Array(try row.decode(0, as: String.self).utf8) + [UInt8(ascii: "\n")])
                }
            }
        }
    }

    // MARK: The zip with its manifest

    private struct Pack {
        var zip: ZipWriter
        private var sums: [(name: String, hash: SHA256)] = []

        init(zip: ZipWriter) {
            self.zip = zip
        }

        mutating func begin(_ name: String) throws {
            sums.append((name, SHA256()))
            try zip.begin(name)
        }

        mutating func add(_ bytes: [UInt8]) throws {
            if let last = sums.indices.last { sums[last].hash.update(data: bytes) }
            try zip.add(bytes)
        }

        mutating func file(_ name: String, _ bytes: [UInt8]) throws {
            try begin(name)
            try add(bytes)
        }

        mutating func finish() throws {
            let lines = sums.sorted { $0.name < $1.name }.map { sum in
                "\(Digest(bytes: Array(sum.hash.finalize()))?.hexadecimal ?? "")  \(sum.name)\n"
            }
            try zip.begin("MANIFEST.sha256")
            try zip.add(Array(lines.joined().utf8))
            try zip.finish()
        }
    }
}
