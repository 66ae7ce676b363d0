import ArgumentParser
import Audit
import EventSourcing

/// Proves that an event is in its log, or that a log begins with what was signed of it before.
struct AuditProve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prove", abstract: "Proves that an event is in its log, or that a log extends an older checkpoint.",
        discussion: """
            Examples:
              primary-conect audit prove --log RH5 --position 1284311
              primary-conect audit prove --log RH5 --from 1200000

            Prints leaf, hashes (RFC 6962) and the newest signed checkpoint; checks its own proof first.
            """)

    @OptionGroup var installation: InstallationOptions
    @Option(help: "The log (ODS code).")
    var log: String
    @Option(help: "The position of the event.")
    var position: Int64?
    @Option(help: "The size of the older checkpoint, instead of a position.")
    var from: Int64?
    @Flag(help: "One JSON object.")
    var json = false

    func run() async throws {
        try await reporting {
            let log = try OperatorInput.log(log)
            guard (position == nil) != (from == nil) else {
                throw CommandFailure(.badData, "Give either --position or --from.")
            }
            try await AuditCommand.working(in: try await Installation(options: installation)) { pool in
                let reader = ProofReader(pool: pool)
                if let position {
                    let answer = try await reader.inclusion(of: Position(position), in: log)
                    guard answer.proof.proves(answer.leaf, in: answer.checkpoint.root) else { throw Self.unproved }
                    tell(answer.proof.hashes, answer.checkpoint, leaf: answer.leaf, place: position)
                } else if let from {
                    let answer = try await reader.consistency(from: from, in: log)
                    tell(answer.proof.hashes, answer.checkpoint, leaf: nil, place: from)
                }
            }
        }
    }

    private static let unproved = CommandFailure(
        .problemsFound, "The leaves do not give the signed root.", next: "primary-conect audit verify")

    private func tell(_ hashes: [Digest], _ checkpoint: SignedCheckpoint, leaf: Digest?, place: Int64) {
        let texts = hashes.map { Base64.encode($0.bytes) }
        guard json else {
            if let leaf { Console.out("leaf \(place)  \(Base64.encode(leaf.bytes))") }
            for text in texts { Console.out("hash  \(text)") }
            Console.out("\n" + checkpoint.note)
            return
        }
        var json = JSONWriter()
        json.beginObject()
        json.key("checkpoint")
        json.string(checkpoint.note)
        if leaf == nil {
            json.key("from")
            json.integer(place)
        }
        json.key("hashes")
        json.beginArray()
        for text in texts { json.string(text) }
        json.endArray()
        if let leaf {
            json.key("leaf_hash")
            json.string(Base64.encode(leaf.bytes))
        }
        json.key("log")
        json.string(checkpoint.log.rawValue)
        if leaf != nil {
            json.key("position")
            json.integer(place)
        }
        json.key("schema")
        json.string("audit-proof/1")
        json.key("size")
        json.integer(checkpoint.size)
        json.endObject()
        Console.out(String(decoding: json.bytes, as: UTF8.self))
    }
}
