import Admissions
import EventSourcing
import Postgres
import Projections

/// A practice of invented people on Tuesday 3 March 2026 at 08:00; the last huddle is taken to have ended at 18:00 the
/// day before. Each is there for one list, and is named like a bird.
struct HuddleStory {
    static let since = "2026-03-02T18:00:00Z"
    static let now = "2026-03-03T08:00:00Z"

    static var settings: HuddleSettings {
        var settings = HuddleSettings()
        settings.virtualWards = ["VW1"]
        return settings
    }

    let world: World
    private var count = 0

    init(_ world: World) {
        self.world = world
    }

    /// Tells all of it, in the order of the telling.
    static func tell(to world: World) async throws {
        var story = HuddleStory(world)
        story.write()
        for (told, event) in story.events.sorted(by: { $0.told < $1.told }) {
            try await world.tell(event, told: told)
        }
        try await world.project()
    }

    private var events: [(told: String, event: AdmissionEvent)] = []

    private mutating func write() {
        // In hospital.
        stay("Bell", "2026-02-09T09:00:00Z")
        stay("Crane", "2026-02-23T09:00:00Z")
        let kite = stay("Kite", "2026-02-27T09:00:00Z")
        stay("Owl", "2026-03-01T09:00:00Z", source: "54")
        stay("Robin", "2026-03-01T10:00:00Z", isRestricted: true) { $0.specialty = "430" }
        stay("Swift", "2026-03-01T11:00:00Z") { $0.expectedDischarge = "2026-03-04" }
        stay("Teal", "2026-03-01T12:00:00Z") { $0.expectedDischarge = "2026-03-06" }
        stay("Quail", "2026-03-01T13:00:00Z") { $0.specialty = "430" }
        stay("Adder", "2026-03-01T14:00:00Z", given: "Alf")
        stay("Yaffle", "2026-03-01T15:00:00Z") {
            $0.location = .value(HospitalLocation(site: "ZX901", ward: "VW1"))
        }
        // Thirty days after a discharge is no readmission; five are one.
        let lark = stay("Lark", "2026-01-28T09:00:00Z", "2026-01-31T09:00:00Z")
        stay("Lark", "2026-03-02T12:00:00Z", of: lark)
        let jay = stay("Jay", "2026-02-20T09:00:00Z", "2026-02-25T09:00:00Z")
        stay("Jay", "2026-03-02T19:00:00Z", of: jay)
        stay("Adder", "2026-03-02T21:00:00Z", given: "Ann")
        // By A&E: one line in the huddle.
        let gull = attendance("Gull", "2026-03-02T20:00:00Z", "2026-03-02T23:00:00Z", disposal: "1")
        stay("Gull", "2026-03-02T23:00:00Z", of: gull)
        // The death is told, and told again with the next message.
        for told in ["2026-03-03T06:00:00Z", "2026-03-03T07:00:00Z"] {
            var details = kite.details
            details.deceased = .value(true)
            tell(
                AdmissionEvent(
                    kind: .patientUpdated, telling: Telling(trigger: "A31", recorded: Moment(instant(told))),
                    patient: details), at: told)
        }
        // Gone home.
        stay("Drake", "2026-02-27T10:00:00Z", "2026-03-02T20:00:00Z", method: "11")
        stay("Fulmar", "2026-02-27T11:00:00Z", "2026-03-01T10:00:00Z", told: "2026-03-03T07:00:00Z", method: "11")
        stay("Mallard", "2026-02-27T08:00:00Z", "2026-03-01T11:00:00Z", method: "11") { $0.dischargeMethod = "6" }
        stay("Nuthatch", "2026-02-26T08:00:00Z", "2026-03-01T12:00:00Z", method: "11", source: "19") {
            $0.dischargeDestination = "85"
        }
        stay("Dunlin", "2026-02-20T08:00:00Z", "2026-02-26T08:00:00Z", method: "11")
        stay("Egret", "2025-12-01T08:00:00Z", "2025-12-03T08:00:00Z", method: "11")
        stay("Cuckoo", "2025-12-05T08:00:00Z", "2025-12-07T08:00:00Z", method: "11")
        // A&E.
        attendance("Eagle", "2026-03-02T23:00:00Z", "2026-03-03T02:00:00Z", disposal: "3")
        let finch = stay("Finch", "2026-02-15T08:00:00Z", "2026-02-20T08:00:00Z", method: "11")
        attendance("Finch", "2026-03-03T05:00:00Z", nil, of: finch)
        let pipit = attendance("Pipit", "2026-02-20T09:00:00Z", "2026-02-20T11:00:00Z", disposal: "12")
        attendance("Pipit", "2026-02-25T09:00:00Z", "2026-02-25T11:00:00Z", disposal: "12", of: pipit)
        var ibis: Person?
        for month in ["2025-10", "2025-11", "2025-12", "2026-01", "2026-02"] {
            ibis = attendance("Ibis", "\(month)-10T09:00:00Z", "\(month)-10T11:00:00Z", disposal: "3", of: ibis)
        }
        // Admissions of a year: three, and two beside a third that was cancelled.
        var goose: Person?
        for (start, end) in [("2025-06-01", "2025-06-03"), ("2025-10-01", "2025-10-04"), ("2026-02-15", "2026-02-19")] {
            goose = stay("Goose", "\(start)T09:00:00Z", "\(end)T09:00:00Z", of: goose)
        }
        var heron: Person?
        for (start, end) in [("2025-07-01", "2025-07-03"), ("2025-11-01", "2025-11-04")] {
            heron = stay("Heron", "\(start)T09:00:00Z", "\(end)T09:00:00Z", of: heron)
        }
        stay("Heron", "2026-02-08T09:00:00Z", of: heron)
        cancelLast("2026-02-08T12:00:00Z")
        // No longer so.
        stay("Umber", "2026-03-02T10:00:00Z")
        cancelLast("2026-03-03T01:00:00Z")
        let vireo = stay("Vireo", "2026-03-01T16:00:00Z")
        tell(vireo.registered(at: "Z99002").updated("2026-03-03T02:00:00Z"), at: "2026-03-03T02:00:00Z")
        let wren = stay("Wren", "2025-11-01T16:00:00Z", "2025-11-04T16:00:00Z")
        tell(wren.registered(at: "Z99002").updated("2026-03-03T02:30:00Z"), at: "2026-03-03T02:30:00Z")
        stay("Xantus", "2026-03-01T17:00:00Z", practice: nil)
        stay("Zorilla", "2026-03-02T22:00:00Z", practice: "Z99002")
    }

    @discardableResult
    private mutating func stay(
        _ family: String, _ start: String, _ end: String? = nil, told: String? = nil, method: String = "21",
        source: String? = nil, given: String = "Pat", practice: String? = "Z99001", isRestricted: Bool = false,
        of known: Person? = nil, _ change: @escaping (inout EncounterDetails) -> Void = { _ in }
    ) -> Person {
        let person = known ?? invent(family, given, practice, isRestricted)
        let visit = Visit(number: "V\(events.count)", person: person)
        let all = { (details: inout EncounterDetails) in
            details.specialty = "300"
            details.admissionSource = Told(source)
        }
        tell(visit.admitted(start, method: method).changed(all, change), at: start)
        if let end { tell(visit.discharged(end, recorded: told).changed(all, change), at: told ?? end) }
        last = visit
        return person
    }

    @discardableResult
    private mutating func attendance(
        _ family: String, _ start: String, _ end: String?, disposal: String? = nil, of known: Person? = nil
    ) -> Person {
        let person = known ?? invent(family, "Pat", "Z99001", false)
        let visit = Visit(number: "V\(events.count)", person: person, encounterClass: .emergency, ward: "ED")
        tell(visit.registered(start), at: start)
        if let end { tell(visit.discharged(end, disposal: disposal), at: end) }
        return person
    }

    private var last: Visit?

    private mutating func cancelLast(_ told: String) {
        if let last { tell(last.admissionCancelled(told), at: told) }
    }

    private mutating func tell(_ event: AdmissionEvent, at told: String) {
        events.append((told, event))
    }

    private mutating func invent(
        _ family: String, _ given: String, _ practice: String?, _ isRestricted: Bool
    ) -> Person {
        var numbers: [NHSNumber] = []
        // Some nine digits have no check digit.
        while numbers.isEmpty {
            count += 1
            numbers = (0..<10).compactMap { NHSNumber("99900\(1_000 + count)\($0)") }
        }
        var person = Person(
            number: "B\(count)", nhsNumber: numbers.first?.digits ?? "", family: family, given: given,
            practice: practice)
        person.isRestricted = isRestricted
        return person
    }
}

extension AdmissionEvent {
    fileprivate func changed(_ changes: (inout EncounterDetails) -> Void...) -> AdmissionEvent {
        guard var details = encounter else { return self }
        for change in changes { change(&details) }
        return AdmissionEvent(kind: kind, telling: telling, patient: patient, encounter: details)
    }
}
