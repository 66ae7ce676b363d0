import Admissions
import EventSourcing

/// A run of events of one log, read for the projection.
///
/// What is of another kind (a message without effect, an act of a practice) is passed over; what should be readable and
/// is not becomes poison.
struct EventRun: Sendable {
    private(set) var facts: [ToldEvent] = []
    private(set) var poison: [PoisonEvent] = []
    /// The steps of hot onboarding cases.
    private(set) var onboarding: [RecordedEvent] = []
    /// What the run says of the feed itself.
    private(set) var heard = FeedHearing()

    init(_ events: some Sequence<RecordedEvent>) {
        for event in events { read(event) }
    }

    private mutating func read(_ event: RecordedEvent) {
        heard.take(event)
        guard event.isAboutSomebody || event.isOfOnboarding else { return }
        do throws(JSONError) {
            if event.isOfOnboarding {
                onboarding.append(event)
                _ = try StaffEvent<HotOnboardingFact>(event)
            } else {
                facts.append(try ToldEvent(event))
            }
        } catch {
            poison.append(
                PoisonEvent(
                    position: event.position, stream: event.stream, type: event.type, reason: "\(error)",
                    recordedAt: event.recordedAt))
        }
    }
}
