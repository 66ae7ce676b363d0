package import Admissions
import EventSourcing

/// A journey as JSON: a contract, described by `primary-conect journey --help`.
///
/// `{"encounters":[…],"patients":[…],"quarantined":[…],"refused":[…]}`: every key is always there, what is not known is
/// `null`, instants are RFC 3339 in UTC. Patients, encounters and messages stand in the order of their keys, which does not
/// hang on the order of arrival.
package struct JourneyReport: Sendable {
    private let reading: LogReading
    private let quarantined: [Journey.Unread]
    private let refused: [Journey.Unread]
    private let succession: PracticeSuccession
    private let day: LondonDay

    package init(_ journey: Journey) {
        self.init(journey, succession: PracticeSuccession(), at: LondonDay(number: 0))
    }

    /// The report with each practice that closed as its successor.
    ///
    /// - Parameter day: which practices have closed by then.
    package init(_ journey: Journey, succession: PracticeSuccession, at day: LondonDay) {
        reading = journey.fold.reading
        let cycles = reading.workItems.filter { $0.code == .mergeCycle }.compactMap(\.telling).map { telling in
            Journey.Unread(
                controlID: telling.controlID, trigger: telling.trigger,
                reason: LogReading.WorkItem.Code.mergeCycle.rawValue, place: "MRG-1")
        }
        quarantined = Self.sorted(journey.quarantined.union(cycles))
        refused = Self.sorted(journey.refused)
        self.succession = succession
        self.day = day
    }

    /// The report of what a log tells, without the messages that gave no event.
    package init(_ fold: LogFold) {
        reading = fold.reading
        quarantined = []
        refused = []
        succession = PracticeSuccession()
        day = LondonDay(number: 0)
    }

    private static func sorted(_ messages: Set<Journey.Unread>) -> [Journey.Unread] {
        messages.sorted { ($0.controlID, $0.trigger, $0.reason) < ($1.controlID, $1.trigger, $1.reason) }
    }

    /// The report as bytes of JSON.
    package var json: [UInt8] {
        var json = JSONWriter(reservingCapacity: 4_096)
        json.beginObject()
        json.array("encounters", reading.visits) { $0.write(to: &$1) }
        json.array("patients", reading.people) { person, json in
            person.write(to: &json, practice: person.patient.practice.map { succession.current($0, at: day) })
        }
        json.array("quarantined", quarantined) { message, json in
            json.beginObject()
            json.value("control_id", message.controlID)
            json.value("reason", message.reason)
            json.value("trigger", message.trigger)
            json.value("where", message.place)
            json.endObject()
        }
        json.array("refused", refused) { message, json in
            json.beginObject()
            json.value("control_id", message.controlID)
            json.value("reason", message.reason)
            json.endObject()
        }
        json.endObject()
        return json.bytes
    }
}

extension LogReading.Person {
    fileprivate func write(to json: inout JSONWriter, practice: ODSPracticeCode?) {
        json.beginObject()
        json.value("born", patient.born)
        json.key("deceased")
        json.bool(isDeceased)
        json.value("died_at", diedAt.map(\.instant))
        json.value("family", patient.name?.family)
        json.value("gender", patient.gender?.rawValue)
        json.value("given", patient.name.map { $0.given.joined(separator: " ") })
        json.array("identifiers", identifiers) { identifier, json in
            json.beginObject()
            json.key("active")
            json.bool(identifier.isActive)
            json.value("issuer", identifier.issuer)
            json.value("value", identifier.value)
            json.endObject()
        }
        json.value("merged_into", mergedInto?.rawValue)
        json.value("nhs_number", patient.nhsNumber?.digits)
        json.value("nhs_number_status", patient.nhsNumberStatus)
        json.value("practice", practice?.rawValue)
        json.value("prefix", patient.name?.prefix)
        json.value("ref", key.rawValue)
        json.endObject()
    }

    /// The person's own, then those of joined identities.
    private var identifiers: [(issuer: String, value: String, isActive: Bool)] {
        let isActive = mergedInto == nil && !patient.isRemoved
        var own = patient.identifiers.filter { !$0.isNHSNumber }.map { (issuer: $0.issuer, value: $0.value, isActive: isActive) }
        if own.isEmpty, !key.isNHSNumber { own = [(issuer: key.issuer, value: key.value, isActive: isActive)] }
        let before = joined.filter { key in
            !key.isNHSNumber && !own.contains { $0.issuer == key.issuer && $0.value == key.value }
        }
        return own + before.map { (issuer: $0.issuer, value: $0.value, isActive: false) }
    }
}

extension LogReading.Visit {
    fileprivate func write(to json: inout JSONWriter) {
        json.beginObject()
        json.value("admission_method", reading.admissionMethod)
        json.value("admission_source", reading.admissionSource)
        json.value("admitted_at", reading.admitted?.moment.map(\.instant))
        json.value("arrived_at", reading.arrived?.moment.map(\.instant))
        json.value("class", reading.encounterClass?.rawValue)
        json.value("consultant", reading.consultant.flatMap { $0.code ?? $0.name })
        json.value("discharge_destination", reading.dischargeDestination)
        json.value("discharge_method", reading.dischargeMethod)
        json.value("discharged_at", reading.discharged?.moment.map(\.shownEnd))
        json.value("expected_discharge", reading.expectedDischarge)
        json.array("flags", flags) { $1.string($0) }
        json.value("issuer", reading.key.issuer)
        json.value("linked_to", linkedTo?.number)
        json.value("number", reading.key.number)
        json.value("patient", patient?.rawValue)
        json.value("reason", reading.reason)
        json.value("specialty", reading.specialty)
        json.value("status", reading.status.rawValue)
        json.array("stays", reading.stays) { stay, json in
            json.beginObject()
            json.value("bed", stay.location?.bed)
            json.value("from", stay.from.instant)
            json.value("room", stay.location?.bay)
            json.value("site", stay.location?.site)
            json.value("to", stay.to.map(\.shownEnd))
            json.value("ward", stay.location?.ward)
            json.endObject()
        }
        json.endObject()
    }
}

extension Identifier {
    /// Whether it was told as an NHS number (one that fails its check is kept among the others).
    fileprivate var isNHSNumber: Bool {
        [issuer.uppercased(), type.uppercased()].contains { $0 == "NHS" || $0 == "NH" || $0.hasPrefix("NHSN") }
    }
}

extension Moment {
    /// An end as it is shown: where only the day is known, the last second of it.
    fileprivate var shownEnd: Instant {
        let end = asEnd
        return end == instant ? end : Instant(microseconds: end.microseconds - end.microseconds % 1_000_000)
    }
}

extension JSONWriter {
    /// Writes a field; `null` where nothing is known.
    fileprivate mutating func value(_ name: StaticString, _ text: String?) {
        key(name)
        if let text { string(text) } else { null() }
    }

    fileprivate mutating func value(_ name: StaticString, _ time: Instant?) {
        key(name)
        if let time { instant(time) } else { null() }
    }

    fileprivate mutating func array<Element>(
        _ name: StaticString, _ elements: [Element], _ write: (Element, inout JSONWriter) -> Void
    ) {
        key(name)
        beginArray()
        for element in elements { write(element, &self) }
        endArray()
    }
}
