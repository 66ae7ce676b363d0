package import EventSourcing
import Postgres

/// The events of a log as they come: see `EventReader.subscribe`.
package struct EventSubscription: AsyncSequence, Sendable {
    package typealias Element = [RecordedEvent]

    let reader: EventReader
    let wakes: LogWakes
    let log: LogName
    let position: Position

    /// Begins to follow; each iteration is its own.
    package func makeAsyncIterator() -> Iterator {
        // Woken from here on: what is committed after the first look is not missed.
        Iterator(reader: reader, log: log, position: position, wakes: wakes.wakes(of: log).makeAsyncIterator())
    }

    /// One reader's place in the log.
    package struct Iterator: AsyncIteratorProtocol {
        let reader: EventReader
        let log: LogName
        var position: Position
        var wakes: AsyncStream<Void>.AsyncIterator

        /// The next events, at least one; `nil` when the task is cancelled.
        package mutating func next() async throws -> [RecordedEvent]? {
            while !Task.isCancelled {
                let events: [RecordedEvent]
                do {
                    events = try await reader.events(in: log, after: position, limit: Self.eventsMax)
                } catch {
                    // Cancelled between two looks: the end, not a failure.
                    guard Task.isCancelled else { throw error }
                    return nil
                }
                if let last = events.last {
                    position = last.position
                    return events
                }
                guard await wakes.next() != nil else { return nil }
            }
            return nil
        }

        /// Events in one element; small enough that the first is dealt with soon.
        private static let eventsMax = 1_000
    }
}
