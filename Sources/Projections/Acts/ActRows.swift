import EventSourcing
import Postgres

/// What the views show of acts of one practice, and the statements that write it.
struct ActRows: Sendable, Equatable {
    let practice: String
    var concerns: [ConcernRow] = []
    var actions: [ActionRow] = []
    var huddles: [HuddleRow] = []
    var scores: [SymphonyRow] = []
    /// Refs of patients of whom no score counts any more.
    var scoresGone: [String] = []

    init(practice: String) {
        self.practice = practice
    }

    /// How many rows there are, of all tables.
    var count: Int64 {
        Int64(concerns.count + actions.count + huddles.count + scores.count)
            + huddles.reduce(0) { $0 + Int64($1.discussions.count) }
    }

    /// The statements that write them, some rows each.
    func statements(in tables: ProjectionTables) -> [SQL] {
        let size = Rebuild.chunkRowsMax
        var statements = concerns.chunks(of: size).map { ConcernRow.upsert($0, into: tables.concern) }
        statements += actions.chunks(of: size).map { ActionRow.upsert($0, into: tables.action) }
        // A huddle brings its marks along, some dozens.
        statements += huddles.chunks(of: size / 50).flatMap { HuddleRow.write($0, to: tables) }
        if !scoresGone.isEmpty {
            statements.append(SymphonyRow.delete(scoresGone, of: practice, from: tables.symphony))
        }
        statements += scores.chunks(of: size).map { SymphonyRow.upsert($0, into: tables.symphony) }
        return statements
    }

    /// Whole streams as they stood at a position.
    static func select(_ streams: Set<StreamName>, of log: LogName, through position: Position) -> SQL {
        """
        select position, stream, type, payload, occurred_at, recorded_at, message_position from event_log.event
        where log = \(log) and stream = any (\(streams.sorted())) and position <= \(position)
          and payload <> ''
        order by position
        """
    }
}
