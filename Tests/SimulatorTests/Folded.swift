import ADT
import Admissions
import EventSourcing
import HL7v2
import Simulator
import Testing

/// What comes of messages when they are read and folded, in whatever order they are given.
struct Folded {
    private(set) var encounters: [String: Encounter] = [:]
    private(set) var patients: [String: Patient] = [:]
    private(set) var dispositions: [Disposition: Int] = [:]
    private var heard: Int64 = 0

    private let reader = ADTReader(profile: .ukDefault)

    init(_ messages: some Sequence<SimulatedMessage> = [SimulatedMessage]()) throws {
        try hear(messages)
    }

    /// Reads and folds some more.
    mutating func hear(_ messages: some Sequence<SimulatedMessage>) throws {
        for message in messages {
            heard += 1
            guard let parsed = try? HL7Message(message.bytes) else {
                dispositions[.quarantined, default: 0] += 1
                continue
            }
            let reading = reader.read(parsed)
            dispositions[reading.disposition, default: 0] += 1
            guard reading.disposition == .read, let event = reading.events.first else { continue }
            try take(event, of: message, at: Position(heard))
        }
    }

    private mutating func take(_ event: NewEvent, of message: SimulatedMessage, at position: Position) throws {
        let log = try #require(LogName(message.hospital))
        let told = try ToldEvent(
            RecordedEvent(
                log: log, position: position, stream: event.stream, type: event.type, payload: event.payload,
                occurredAt: event.occurredAt, recordedAt: message.sendAt, message: position))
        if let key = told.event.encounterKey {
            encounters[message.hospital + " " + key.rawValue, default: Encounter(key)]
                .apply(told.event, toldAt: told.toldAt, position: told.position)
        }
        if let key = told.event.patientKey {
            patients[message.hospital + " " + key.rawValue, default: Patient(key)].apply(told.event)
        }
    }

    func encounter(of stay: Truth.Stay) -> EncounterReading? {
        encounters[stay.hospital + " " + EncounterKey(issuer: stay.hospital, number: stay.number).rawValue]?.reading
    }

    func patient(of stay: Truth.Stay) -> Patient? {
        patients[stay.hospital + " " + stay.hospital + "|" + stay.localIdentifier]
    }

    /// Visit numbers, with their hospitals, of all who are in a bed.
    var inHospital: Set<String> {
        Set(
            encounters.compactMap { key, encounter in
                let reading = encounter.reading
                return reading.isOpen && reading.encounterClass?.isAdmission == true ? key : nil
            })
    }
}
