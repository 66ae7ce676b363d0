import EventSourcing

/// What stands in the README of an evidence pack, for somebody who does not trust us.
enum EvidenceReadme {
    static func text(_ question: EvidenceQuestion, madeAt: Instant) -> String {
        let patient = question.patient.map { "\nPatient: \($0) (all looks at them, whenever)" } ?? ""
        let window = question.patient == nil ? " (\(question.window.components.seconds / 60) minutes around the moment)" : ""
        return """
            EVIDENCE PACK                                  OFFICIAL-SENSITIVE, patient-identifiable

            Practice: \(question.practice)
            Moment:   \(question.at.iso8601)\(patient)
            Made:     \(madeAt.iso8601)

            lists/            what the practice could see at the moment: the lists folded from what had been told by then
            access.ndjson     who looked, for whom and why\(window)
            events.ndjson     what the logs had told by the moment of the patients in it, one event a line
            messages.ndjson   the messages that told it; "bytes" is the message byte for byte, in base64
            proofs/           signed checkpoints, and for each event the proof that it is in the log they are of
            MANIFEST.sha256   SHA-256 of every file

            HOW TO CHECK IT

            1. No file has been changed since the pack was made:
                   sha256sum --check MANIFEST.sha256
            2. A message is the one that an event points at: message_position of the event is position of the message.
            3. An event is the one that was recorded: its leaf commits to its fields and, by the salt, to its payload. Which
               bytes are hashed is written in Sources/EventSourcing/LeafEncoding.swift; leaf_hash is the result.
               "payload" is a string: hash it as it stands.
            4. The event is in the log, and the log has not been rewritten: with the proof and a checkpoint that you, or any
               practice, kept from before. The signature is a C2SP signed note, the proofs are those of RFC 6962.
               What was told after the newest checkpoint has no proof yet.
            5. The same pack, from the same logs:
                   primary-conect export evidence --practice \(question.practice) --at \(question.at.iso8601) …
               The lists, events and messages are the same; access.ndjson has this making of the pack, too.

            """
    }
}
