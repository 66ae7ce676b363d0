import Admissions
import EventSourcing

/// An event of a log, read as what it says about an encounter and a patient.
struct AdmissionFact: Sendable {
    let event: AdmissionEvent
    /// Key of the encounter as stored; `nil` if the event is about a patient alone.
    let encounter: StateKey?
    /// Key of the patient as stored; `nil` if nobody is named.
    let patient: StateKey?
    /// When we learned it.
    let told: Instant
    let position: Position
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
        do {
            let admission = try AdmissionEvent(event)
            facts.append(
                AdmissionFact(
                    event: admission, encounter: admission.encounterKey.map { StateKey($0) },
                    patient: admission.patientKey.map { StateKey($0) }, told: event.recordedAt,
                    position: event.position))
        } catch {
            poison.append(
                PoisonEvent(
                    position: event.position, stream: event.stream, type: event.type, reason: "\(error)",
                    recordedAt: event.recordedAt))
        }
    }
}
