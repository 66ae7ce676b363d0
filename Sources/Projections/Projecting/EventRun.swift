import Admissions
import EventSourcing

/// That a feed fell silent or was heard again, and when the log was told.
struct FeedNews: Sendable, Equatable {
    let event: FeedEvent
    let toldAt: Instant
}

/// A run of events of one log, read for the projection.
///
/// What is of another kind (a message without effect, an act of a practice) is passed over; what should be readable and
/// is not becomes poison.
struct EventRun: Sendable {
    private(set) var facts: [ToldEvent] = []
    private(set) var poison: [PoisonEvent] = []
    /// The steps of hot onboarding cases.
    private(set) var onboarding: [RecordedEvent] = []
    /// What became of the feed, and when it was told.
    private(set) var feedNews: [FeedNews] = []

    init(_ events: some Sequence<RecordedEvent>) {
        for event in events { read(event) }
    }

    private mutating func read(_ event: RecordedEvent) {
        do throws(JSONError) {
            if let news = try FeedEvent(event) { feedNews.append(FeedNews(event: news, toldAt: event.recordedAt)) }
            if event.isOfOnboarding {
                onboarding.append(event)
                _ = try StaffEvent<HotOnboardingFact>(event)
            } else if event.isAboutSomebody {
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
