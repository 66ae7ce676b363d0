import Admissions
import EventSourcing
import Postgres

/// Up to where a hospital's rows stand by the lists of practices.
struct TakenLists: Sendable, Equatable {
    /// Of each practice, the position in its log.
    private(set) var positions: [ODSPracticeCode: Position] = [:]
    /// When the latest point among them was told.
    private(set) var toldThrough: Instant?

    /// None yet.
    init() {}

    /// Reads what `CheckpointTable.selectTaken` gives.
    init(_ result: PostgresResult) throws {
        for row in result {
            let (code, position, told) = try row.decode(String.self, Position.self, Instant?.self)
            if code.isEmpty {
                toldThrough = told
            } else if let practice = ODSPracticeCode(code) {
                positions[practice] = position
            }
        }
    }

    /// The sum of all positions: of two that one projector has gone through they are equal only if the sums are.
    var sum: Int64 { positions.values.reduce(0) { $0 + $1.rawValue } }

    /// Whether a point is among what was taken.
    func covers(_ point: RegistrationPoint) -> Bool {
        point.position <= positions[point.practice] ?? .origin
    }

    /// Goes on to a position of one list.
    mutating func advance(_ practice: ODSPracticeCode, to position: Position, with points: [RegistrationPoint]) {
        positions[practice] = position
        for point in points { toldThrough = max(toldThrough ?? point.toldAt, point.toldAt) }
    }
}
