import EventSourcing
import Foundation

/// Where a simulated district stands, so that the next run goes on from there.
///
/// The simulation is a function of seed and start: only how far it was sent needs to be kept. A message sent twice
/// after a crash is the same bytes and counts once.
struct DemoState: Codable {
    var seed: UInt64
    /// Microseconds since 1970 of the first simulated day.
    var start: Int64
    /// Microseconds since 1970: every message due up to here has been acknowledged.
    var sentThrough: Int64
    /// The scenario, and when its script begins, in microseconds since 1970; nil for an ordinary district.
    var scenario: String?
    var scriptStart: Int64?

    static func read(_ path: String) -> DemoState? {
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        return try? JSONDecoder().decode(DemoState.self, from: data)
    }

    /// Written beside and moved in place, so that a crash leaves the old state or the new one.
    func write(_ path: String) throws {
        try JSONEncoder().encode(self).write(to: URL(filePath: path), options: .atomic)
    }
}
