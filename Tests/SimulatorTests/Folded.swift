import ADT
import Admissions
import EventSourcing
import HL7v2
import Simulator
import Testing

/// What comes of messages when they are read and folded, in whatever order they are given.
struct Folded {
    private var logs: [String: LogFold] = [:]
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
        logs[message.hospital, default: LogFold()].apply(told)
    }

    func encounter(of stay: Truth.Stay) -> EncounterReading? {
        let key = EncounterKey(issuer: stay.hospital, number: stay.number)
        guard let log = logs[stay.hospital], log.encounters[key] != nil else { return nil }
        return log.whole(log.root(of: key)).reading
    }

    func patient(of stay: Truth.Stay) -> LogReading.Person? {
        let key = PatientKey(stay.hospital + "|" + stay.localIdentifier)
        guard let log = logs[stay.hospital], log.patients[key] != nil else { return nil }
        let root = log.root(of: key)
        return log.person(root, visits: log.visits(of: root))
    }

    /// Visit numbers, with their hospitals, of all who are in a bed.
    var inHospital: Set<String> {
        Set(
            logs.flatMap { hospital, log in
                log.encounters.values.map(\.reading).filter { $0.isOpen && $0.encounterClass?.isAdmission == true }
                    .map { hospital + " " + $0.key.rawValue }
            })
    }
}
