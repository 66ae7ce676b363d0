import Admissions
import EventSourcing

/// A run of events of one log, read for the projection.
///
/// What is of another kind (a message without effect, an act of a practice) is passed over; what should be readable and
/// is not becomes poison.
struct EventRun: Sendable {
    private(set) var facts: [ToldEvent] = []
    private(set) var poison: [PoisonEvent] = []

    init(_ events: some Sequence<RecordedEvent>) {
        for event in events { read(event) }
    }

    private mutating func read(_ event: RecordedEvent) {
        guard event.isAboutSomebody else { return }
        do throws(JSONError) {
            facts.append(try ToldEvent(event))
        } catch {
            poison.append(
                PoisonEvent(
                    position: event.position, stream: event.stream, type: event.type, reason: "\(error)",
                    recordedAt: event.recordedAt))
        }
    }
}
