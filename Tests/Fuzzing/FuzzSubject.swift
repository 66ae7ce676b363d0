package import ADT
import Admissions
import EventSourcing
import HL7v2

/// What is fuzzed: parser, acknowledgement, reader by each profile, payloads and folds, and the rules they must keep.
///
/// Executions come in rounds. The events of a round are folded together, so that merges, cancels and repeats meet; at
/// its end the folds are made once more the other way round, and then forgotten, so that memory does not grow.
package struct FuzzSubject {
    /// The profiles we ship.
    package static let profiles: [SenderProfile] = [.ukDefault, .itk]
    /// Executions in a round.
    package static let roundLength = 256
    /// How often the dear checks are made.
    private static let dearInterval = 16

    /// What became of the inputs so far.
    package struct Tally: Sendable {
        package var executions = 0
        /// Inputs without a usable header.
        package var unparsed = 0
        package var byDisposition: [String: Int] = [:]
        package var events = 0
    }

    package private(set) var tally = Tally()
    private let readers: [ADTReader]
    private var round: [ToldEvent] = []
    private var fold = LogFold()

    package init(profiles: [SenderProfile] = Self.profiles) {
        readers = profiles.map { ADTReader(profile: $0) }
    }

    /// Does with one input all that we would do with a message. Call `endRound()` after it when `isRoundOver`.
    package mutating func execute(_ bytes: [UInt8]) throws(FuzzFinding) {
        tally.executions += 1
        let isDear = tally.executions.isMultiple(of: Self.dearInterval)
        if isDear { try Self.checkPieces(of: bytes) }
        if let message = try? HL7Message(bytes) {
            if isDear { Accessors.touch(message) }
            try Self.checkAnswer(to: message)
            let folded = tally.executions / Self.roundLength % readers.count
            for (number, reader) in readers.enumerated() {
                let reading = reader.read(message)
                let events = try Self.check(reading, reader.profile.name)
                if isDear, reader.read(message) != reading { throw FuzzFinding(.twice, reader.profile.name) }
                if number == folded { try take(events, reading) }
            }
        } else {
            tally.unparsed += 1
        }
    }

    /// Whether it is time for `endRound()`.
    package var isRoundOver: Bool { tally.executions.isMultiple(of: Self.roundLength) }

    // MARK: Messages

    private static func checkPieces(of bytes: [UInt8]) throws(FuzzFinding) {
        var end = 0
        for piece in HL7Batch.split(bytes) {
            guard piece.range.lowerBound >= end, piece.range.upperBound <= bytes.count,
                piece.bytes == Array(bytes[piece.range])
            else { throw FuzzFinding(.batch, "range") }
            end = piece.range.upperBound
            guard piece.kind == .message else { continue }
            let again = HL7Batch.split(piece.bytes)
            guard again.count == 1, again[0].kind == .message, again[0].bytes == piece.bytes else {
                throw FuzzFinding(.batch, "again")
            }
            guard (try? HL7Message(piece.bytes)) != nil else { throw FuzzFinding(.batch, "header") }
        }
    }

    private static func checkAnswer(to message: HL7Message) throws(FuzzFinding) {
        let header = message.header
        for outcome in HL7Outcome.allCases {
            let code = header.acknowledgementMode.code(for: outcome) ?? AckCode(application: outcome)
            let errors = [
                HL7ErrorLocation(segment: "PV1", field: 19, code: .requiredFieldMissing, text: "visit number")
            ]
            let answer = HL7Acknowledgement(
                code: code, to: header, controlID: "1", at: 1_767_225_600_000_000,
                text: outcome == .accepted ? nil : "text", errors: outcome == .accepted ? [] : errors)
            guard answer.bytes.allSatisfy({ $0 >= 0x20 || $0 == 0x0D }) else {
                throw FuzzFinding(.acknowledgement, "control byte")
            }
            guard let back = try? HL7Message(answer.bytes) else { throw FuzzFinding(.acknowledgement, "header") }
            guard back.segment("MSA")?.field(1).string == code.rawValue else {
                throw FuzzFinding(.acknowledgement, "MSA-1")
            }
        }
    }

    // MARK: Events

    /// The events of a reading, read back from their payloads.
    private static func check(_ reading: Reading, _ profile: String) throws(FuzzFinding) -> [AdmissionEvent] {
        guard !reading.events.isEmpty else { throw FuzzFinding(.reading, "\(profile): no event") }
        switch (reading.disposition, reading.answer) {
        case (.read, .accept), (.kept, .accept), (.quarantined, .accept), (.refused, .reject): break
        // An acknowledgement is never answered: two systems would answer each other for ever.
        case (.kept, .silence): break
        default: throw FuzzFinding(.reading, "\(profile): \(reading.disposition.rawValue)")
        }
        let isUnread = reading.disposition == .quarantined || reading.disposition == .refused
        guard !isUnread || reading.reason != nil, reading.disposition != .read || reading.reason == nil else {
            throw FuzzFinding(.reading, "\(profile): reason")
        }
        var events: [AdmissionEvent] = []
        for event in reading.events {
            guard let back = try? AdmissionEvent(type: event.type, payload: event.payload) else {
                throw FuzzFinding(.payload, "\(profile): \(event.type) cannot be read")
            }
            guard back.payload == event.payload else { throw FuzzFinding(.payload, "\(profile): \(event.type)") }
            guard back.newEvent == event else {
                throw FuzzFinding(.payload, "\(profile): \(event.type), stream or time")
            }
            // Control bytes would be escaped: a raw one, or one that is not UTF-8, no text column takes.
            guard event.payload.allSatisfy({ $0 >= 0x20 }), String(validating: event.payload, as: UTF8.self) != nil,
                !event.stream.rawValue.utf8.contains(0), event.stream.rawValue.utf8.count <= StreamName.bytesMax
            else { throw FuzzFinding(.storable, "\(profile): \(event.type)") }
            events.append(back)
        }
        return events
    }

    // MARK: Folds

    private mutating func take(_ events: [AdmissionEvent], _ reading: Reading) throws(FuzzFinding) {
        tally.byDisposition[reading.disposition.rawValue, default: 0] += 1
        tally.events += events.count
        for event in events {
            let position = Int64(round.count + 1)
            let told = ToldEvent(
                event, toldAt: Instant(microseconds: position * 1_000_000), position: Position(position))
            round.append(told)
            fold.apply(told)
            if let key = event.encounterKey, let encounter = fold.encounters[key] { _ = encounter.reading }
        }
    }

    /// Holds what the events of the round come to against what they come to in another order.
    package mutating func endRound() throws(FuzzFinding) {
        defer {
            round.removeAll(keepingCapacity: true)
            fold = LogFold()
        }
        var other = LogFold()
        for told in round.reversed() { other.apply(told) }
        guard other == fold else { throw FuzzFinding(.order, "the round reversed") }
        for told in round { other.apply(told) }
        guard other == fold else { throw FuzzFinding(.order, "the round again") }
        let reading = fold.reading
        let mirrored = other.reading
        guard reading.people.map(\.key) == mirrored.people.map(\.key),
            reading.visits.map(\.reading) == mirrored.visits.map(\.reading), reading.workItems == mirrored.workItems
        else { throw FuzzFinding(.order, "what the round means") }
        for encounter in fold.encounters.values { try Self.checkStored(encounter) }
        for patient in fold.patients.values { try Self.checkStored(patient) }
    }

    private static func checkStored(_ encounter: Encounter) throws(FuzzFinding) {
        var writer = JSONWriter()
        encounter.encode(into: &writer)
        var reader = JSONReader(writer.bytes)
        guard let back = try? Encounter(reading: &reader), back == encounter else {
            throw FuzzFinding(.state, "encounter")
        }
    }

    private static func checkStored(_ patient: Patient) throws(FuzzFinding) {
        var writer = JSONWriter()
        patient.encode(into: &writer)
        var reader = JSONReader(writer.bytes)
        guard let back = try? Patient(reading: &reader), back == patient else { throw FuzzFinding(.state, "patient") }
    }
}
