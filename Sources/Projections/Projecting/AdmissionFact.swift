import Admissions
import EventSourcing

/// An event of a log, read as what it says about an encounter and a patient.
struct AdmissionFact: Sendable {
    let event: AdmissionEvent
    /// The encounter; `nil` if the event is about a patient alone.
    let encounter: Subject<EncounterKey>?
    /// The patient; `nil` if nobody is named.
    let patient: Subject<PatientKey>?
    /// Patients whose encounter it turned out not to be (A44, A45).
    let losers: [Subject<PatientKey>]
    /// When we learned it.
    let toldAt: Instant
    let position: Position

    /// A key as told and as stored.
    struct Subject<Key: Sendable>: Sendable {
        let key: Key
        let stored: StateKey
    }

    init(_ event: AdmissionEvent, toldAt: Instant, position: Position) {
        self.event = event
        encounter = event.encounterKey.map { Subject(key: $0, stored: StateKey($0)) }
        patient = event.patientKey.map { Subject(key: $0, stored: StateKey($0)) }
        losers = event.kind == .moved ? (event.prior?.patients ?? []).map { Subject(key: $0, stored: StateKey($0)) } : []
        self.toldAt = toldAt
        self.position = position
    }

    /// All patients of whom it says something.
    var patients: [Subject<PatientKey>] { [patient].compactMap(\.self) + losers }
}

/// A run of events of one log, read for the projection.
///
/// What is of another kind (a message without effect, an act of a practice) is passed over; what should be readable and
/// is not becomes poison.
struct EventRun: Sendable {
    private(set) var facts: [AdmissionFact] = []
    private(set) var poison: [PoisonEvent] = []
    /// What the run says of the feed itself.
    private(set) var heard = FeedHearing()

    init(_ events: some Sequence<RecordedEvent>) {
        for event in events { read(event) }
    }

    private mutating func read(_ event: RecordedEvent) {
        heard.take(event)
        guard event.type.hasPrefix("encounter.") || event.type.hasPrefix("patient.") else { return }
        do throws(JSONError) {
            let admission = try AdmissionEvent(event)
            facts.append(AdmissionFact(admission, toldAt: event.recordedAt, position: event.position))
        } catch {
            poison.append(
                PoisonEvent(
                    position: event.position, stream: event.stream, type: event.type, reason: "\(error)",
                    recordedAt: event.recordedAt))
        }
    }
}
