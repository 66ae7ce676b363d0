import EventSourcing

/// Makes the proofs of an evidence pack: for each log its newest signed checkpoint, and for each event that it signs for
/// the proof that the event is in the log.
///
/// ```
/// <log>.checkpoint     the signed note
/// <log>.ndjson         {"hashes":["…"],"leaf_hash":"…","position":9,"size":12}   base64, RFC 6962 section 2.1.1
/// ```
///
/// All proofs of a log are in the tree of its one checkpoint. An event that no checkpoint signs for yet has none, and a
/// log without a checkpoint has no file.
package struct EvidenceProofs: Sendable {
    private let reader: ProofReader

    package init(reader: ProofReader) {
        self.reader = reader
    }

    /// Throws `AuditError`, `PostgresError`.
    package func files(for events: [EvidenceEvent]) async throws -> [EvidenceFile] {
        var files: [EvidenceFile] = []
        let checkpoints = try await reader.checkpoints()
        for (log, events) in Dictionary(grouping: events, by: \.log).sorted(by: { $0.key < $1.key }) {
            guard let checkpoint = checkpoints.first(where: { $0.log == log }) else { continue }
            var lines: [UInt8] = []
            for position in events.map(\.position).sorted() where position.rawValue <= checkpoint.size {
                let answer = try await reader.inclusion(of: position, in: log, size: checkpoint.size)
                var json = JSONWriter()
                json.beginObject()
                json.key("hashes")
                json.beginArray()
                for hash in answer.proof.hashes { json.string(Base64.encode(hash.bytes)) }
                json.endArray()
                json.field("leaf_hash", Base64.encode(answer.leaf.bytes))
                json.field("position", position.rawValue)
                json.field("size", checkpoint.size)
                json.endObject()
                lines += json.bytes + [UInt8(ascii: "\n")]
            }
            files.append(EvidenceFile(name: "\(log).checkpoint", bytes: Array(checkpoint.note.utf8)))
            files.append(EvidenceFile(name: "\(log).ndjson", bytes: lines))
        }
        return files
    }
}
