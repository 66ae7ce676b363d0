package import EventSourcing

/// One stream of acts as it stands, held until the transaction ends: nobody else appends to its log meanwhile.
///
/// Made by `StaffLog.load`, taken by `StaffLog.append`.
package struct StaffStream: Sendable {
    /// A command that the log has carried out before.
    package struct Known: Sendable, Equatable {
        /// Where the log stood after it: its last event, if it came to any.
        package let position: Position
        /// What was asked for then.
        package let digest: Digest
    }

    package let log: LogName
    package let name: StreamName
    /// All of the stream, in order.
    package let events: [RecordedEvent]
    /// Not `nil` if the command in hand was carried out before: then there is nothing to append.
    package let known: Known?
    let command: StaffLog.Command?
    /// `nil` where the command is known.
    let head: LogHead?

    /// How many events the stream holds: what a resource made of it is versioned by.
    package var version: Int64 { Int64(events.count) }

    /// The newest event's position; the origin for a stream without events.
    package var last: Position { events.last?.position ?? .origin }
}
