import EventSourcing

/// What stands in the README of an evidence pack, for somebody who does not trust us.
enum EvidenceReadme {
    /// - Parameter logs: those whose events are in the pack.
    static func text(_ question: EvidenceQuestion, logs: [LogName], madeAt: Instant) -> String {
        let patient = question.patient.map { "\nPatient: \($0) (all looks at them, whenever)" } ?? ""
        let ofPatient = question.patient.map { " --patient \($0)" } ?? ""
        let minutes = question.window.components.seconds / 60
        let window = question.patient == nil ? " (\(minutes) minutes around the moment)" : ""
        let keys = logs.map { "           primary-conect audit key --log \($0) >> keys\n" }.joined()
        return """
            EVIDENCE PACK                                  OFFICIAL-SENSITIVE, patient-identifiable

            Practice: \(question.practice)
            Moment:   \(question.at.iso8601)\(patient)
            Made:     \(madeAt.iso8601)

            lists/            what the practice could see at the moment: folded from what had been told by then
            access.ndjson     who looked, for whom and why\(window)
            events.ndjson     what the logs had told by the moment of the patients in it, one event a line
            messages.ndjson   the messages that told it; "bytes" is the message byte for byte, in base64
            proofs/           for each log its newest signed checkpoint, and for each event that it signs for the proof
                              that the event is in the log; not there where nothing had been signed yet
            MANIFEST.sha256   SHA-256 of every other file

            HOW TO CHECK IT

            With Python 3.9 (signatures need its package cryptography) and one file, Tests/Verifier/verify.py of the
            source of Primary Conect. Take it from where the source is published, not from who gave you the pack: it
            shares no line with the program that made it.

                   python3 verify.py pack.zip --key keys --against checkpoints.log

            keys              a file with the verifier key of each log, one a line; from who keeps the logs, by another
                              way than the pack:
            \(keys)checkpoints.log   signed checkpoints that you, or any practice, kept, as GET /api/v1/log/checkpoint
                              gives them

            Without --key nothing says who signed, and without --against nothing says that the log was not written
            anew before it was signed. It ends with 0 if all is as it should be, else with 3 and says what is not, and
            where. It checks that

            1. no file is other than when the pack was made, and none is missing or added: MANIFEST.sha256. By hand:
                   sha256sum --check MANIFEST.sha256
            2. every event's message is there: message_position of the event is position of the message.
            3. every event and message is the one that was recorded: leaf_hash of an event commits to its fields and,
               by the salts, to its payload and to the bytes of its message. The bytes that are hashed:

                   "primary-conect leaf 1" 0x0A                ASCII
                   u32 length, log   i64 position              big-endian, like all that follow
                   u32 length, stream   u32 length, type       UTF-8
                   0x00 | 0x01 i64 occurred_at                 microseconds since 1970-01-01T00:00:00Z
                   i64 recorded_at                             the same
                   SHA-256(salt || payload)                    of the event; payload is a string, hashed as it stands
                   0x00 | 0x01 i64 message_position, and SHA-256(salt || bytes) of the message

               leaf_hash is SHA-256(0x00 || these). What was erased by order has no payload or bytes, and in their
               place the digest that the leaf commits to, salted_digest.
            4. every event is in the log: its proof (RFC 6962 section 2.1.1) leads from leaf_hash to the root of the
               checkpoint, which is signed (C2SP signed-note). What was told after the newest checkpoint has no proof
               yet, and is counted.
            5. the log is the one that was signed before: a checkpoint of the same size that you kept has the same
               root. For one of another size ask for the proof of consistency: GET /api/v1/log/proof/consistency, or
                   primary-conect audit prove --log … --from SIZE

            That the lists say what the events mean is checked by making the pack again from the same logs:
                   primary-conect export evidence --practice \(question.practice)
                       --at \(question.at.iso8601)\(ofPatient) …
            The lists, events and messages are the same; access.ndjson has this making of the pack, too.

            """
    }
}
