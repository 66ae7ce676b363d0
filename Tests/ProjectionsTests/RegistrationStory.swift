import Admissions
import EventLog
import EventSourcing
import Projections
import TestSupport

/// A few people, three practices and two hospitals that tell this and that, and projectors that come when they come.
struct RegistrationStory {
    private var generator: SeededGenerator
    private var seconds = 0
    private(set) var steps: [String] = []

    private static let practices = ["Z99001", "Z99002", "Z99003"]
    private static let people: [Person] = [.billie, .kit, .mo]
    private static let days: [String?] = [nil, "2001-05-01", "2026-02-01", "2026-03-01"]

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
    }

    /// Something happens: three times of four somebody tells something, else a projector looks at one log; whether it
    /// did.
    mutating func step(in world: World) async throws -> Bool {
        switch Int.random(in: 0..<12, using: &generator) {
        case 0..<5: try await tell(fact(), of: [World.hospital, World.other].randomElement(using: &generator), in: world)
        case 5..<9: try await tellList(in: world)
        default:
            let logs = try await world.reader.logs()
            guard let log = logs.randomElement(using: &generator) else { return false }
            steps.append("project \(log)")
            try await world.projector.catchUp(log)
            return true
        }
        return false
    }

    private mutating func tell(_ event: AdmissionEvent, of hospital: LogName?, in world: World) async throws {
        guard let hospital else { return }
        tick(world)
        steps.append("\(seconds) \(hospital) \(event.kind)")
        try await world.tell(event, by: hospital)
    }

    private mutating func tellList(in world: World) async throws {
        var listing = Listing(practice: any(Self.practices), person: any(Self.people))
        if Int.random(in: 0..<5, using: &generator) == 0 { listing.born = "1951-12-25" }
        tick(world)
        let event =
            switch Int.random(in: 0..<8, using: &generator) {
            case 0..<4: try listing.joined(on: any(Self.days))
            case 4..<6: try listing.left()
            case 6: try listing.corrected(joined: any(Self.days))
            default: try listing.scored(7)
            }
        steps.append("\(seconds) \(listing.practice) \(event.type) \(listing.person.family)")
        try await world.tell(event, by: listing.log)
    }

    /// Often the clock stands still: equal times are the hard ones.
    private mutating func tick(_ world: World) {
        seconds += Int.random(in: 0..<3, using: &generator)
        world.clock.set(instant("2026-03-03T01:00:00Z") + .seconds(seconds))
    }

    private mutating func any<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: elements.indices, using: &generator)]
    }

    private mutating func fact() -> AdmissionEvent {
        var person = any(Self.people)
        if Bool.random(using: &generator) { person.practice = any(Self.practices + [""]) }
        switch Int.random(in: 0..<8, using: &generator) {
        case 0: person = person.byNHSNumberAlone
        // A number told wrongly, and so another person's for a while.
        case 1: person.nhsNumber = any(Self.people).nhsNumber
        default: break
        }
        // What the hospital recorded when is of no order at all.
        let recorded = "2026-03-02T\(10 + Int.random(in: 0..<10, using: &generator)):00:00Z"
        var visit = Visit(number: "SP\(Int.random(in: 0..<4, using: &generator))", person: person)
        switch Int.random(in: 0..<8, using: &generator) {
        case 0..<3: return visit.admitted(recorded)
        case 3: return visit.moved(to: "5A", recorded)
        case 4: return visit.taken(from: any(Self.people), recorded)
        case 5: return person.merged(any(Self.people), recorded)
        case 6:
            visit.encounterClass = .emergency
            return visit.registered(recorded)
        default: return person.updated(recorded)
        }
    }
}

extension Person {
    /// The other's record is this person's (A40), or no longer.
    func merged(_ other: Person, _ at: String, isUndo: Bool = false) -> AdmissionEvent {
        AdmissionEvent(
            kind: isUndo ? .patientUnmerged : .patientMerged,
            telling: Telling(trigger: isUndo ? "" : "A40", recorded: Moment(instant(at))), patient: details,
            prior: PriorIdentity(identifiers: [other.identifier].compactMap(\.self)))
    }
}
