import EventLog
import EventSourcing
import Postgres

/// `practice.feed` and `practice.feed_rhythm`, as they are read and written.
enum FeedTable {
    /// The one feed that a hospital's log has so far.
    static let feed = "adt"

    /// All feeds, in the order of their hospitals, with what is usual in the hour of `now` and what the views do not show
    /// yet: also feeds of which they show nothing.
    static func select(at now: Instant) -> SQL {
        """
        select hospital, feed, last_heard_at, position, messages, silence_told_at, usual, waiting, waiting_since
        from practice.feed_standing(\(Int32(LondonHour(of: now).ofWeek)))
        """
    }

    /// The same as far as the views go: for the projector, which makes them.
    static func selectShown(at now: Instant) -> SQL {
        """
        select f.hospital, f.feed, f.last_heard_at, f.position, f.messages, f.silence_told_at, r.usual,
               0::bigint as waiting, null::timestamptz as waiting_since
        from practice.feed f
        left join practice.feed_rhythm r on r.hospital = f.hospital and r.feed = f.feed
            and r.hour_of_week = \(Int32(LondonHour(of: now).ofWeek))
        order by f.hospital, f.feed
        """
    }

    /// Reads what `select` gives, with the state of each feed now; logs that are no feed are left out.
    static func decode(_ result: PostgresResult, rule: FreshnessRule, now: Instant) throws -> [FeedFreshness] {
        try result.compactMap { row in
            var columns = ColumnReader(row)
            let hospital: LogName = try columns.next()
            guard !rule.unwatched.contains(hospital) else { return nil }
            let feed: String = try columns.next()
            let lastHeard: Instant = try columns.next()
            let position: Position = try columns.next()
            let messages: Int64 = try columns.next()
            let silenceToldAt: Instant? = try columns.next()
            let usual = (try columns.next() as Int32?).map { Duration.seconds(Int64($0)) }
            let waiting: Int64 = try columns.next()
            let waitingSince: Instant? = try columns.next()
            return FeedFreshness(
                hospital: hospital, feed: feed, lastHeard: lastHeard, position: position, messages: messages,
                state: rule.state(
                    of: hospital, lastHeard: lastHeard, now: now, usual: usual, isToldSilent: silenceToldAt != nil),
                usual: usual, silenceToldAt: silenceToldAt,
                behind: waitingSince.map { now - $0 > FeedFreshness.behindAfter ? waiting : 0 } ?? 0)
        }
    }

    // MARK: The projector's own

    /// What is known of a hospital's feed: its row, then its hours.
    static func selectHearing(of hospital: LogName, in tables: ProjectionTables) -> [SQL] {
        [
            """
            select messages, position, silence_told_at, last_heard_at, hour_longest
            from practice.\(identifier: tables.feed) where hospital = \(hospital) and feed = \(feed)
            """,
            """
            select hour_of_week, usual, history
            from practice.\(identifier: tables.feedRhythm) where hospital = \(hospital) and feed = \(feed)
            order by hour_of_week
            """,
        ]
    }

    /// Reads what `selectHearing` gives.
    static func decodeHearing(_ results: some Collection<PostgresResult>) throws -> FeedHearing {
        guard let row = results.first?.first, let rhythm = results.dropFirst().first else { return FeedHearing() }
        var hours = FeedRhythm().hours
        for hour in rhythm {
            let place = Int(try hour.decode(0, as: Int32.self))
            guard hours.indices.contains(place), let weeks = weeks(try hour.decode(2, as: String.self)) else {
                throw ProjectionError.rowUnreadable(table: "practice.feed_rhythm")
            }
            hours[place] = weeks
        }
        var columns = ColumnReader(row)
        let messages: Int64 = try columns.next()
        let position: Position = try columns.next()
        let silenceToldAt: Instant? = try columns.next()
        let lastHeard: Instant = try columns.next()
        return FeedHearing(
            messages: messages, position: position, silenceToldAt: silenceToldAt,
            rhythm: FeedRhythm(lastHeard: lastHeard, hourLongest: try columns.next(), hours: hours))
    }

    /// Writes what has changed of a hospital's feed.
    static func note(
        _ heard: FeedHearing, since before: FeedHearing, of hospital: LogName, in tables: ProjectionTables
    ) -> [SQL] {
        guard heard != before, let last = heard.last else { return [] }
        let changed = heard.rhythm.hours.indices.filter { heard.rhythm.hours[$0] != before.rhythm.hours[$0] }
        let row: SQL = """
            insert into practice.\(identifier: tables.feed)
                (hospital, feed, last_heard_at, position, messages, hour_longest, silence_told_at)
            values (\(hospital), \(feed), \(last), \(heard.position), \(heard.messages), \
            \(heard.rhythm.hourLongest as Int32?), \(heard.silenceToldAt as Instant?))
            on conflict (hospital, feed) do update set last_heard_at = excluded.last_heard_at,
                position = excluded.position, messages = excluded.messages, hour_longest = excluded.hour_longest,
                silence_told_at = excluded.silence_told_at
            """
        guard !changed.isEmpty else { return [row] }
        return [
            row,
            """
            insert into practice.\(identifier: tables.feedRhythm) (hospital, feed, hour_of_week, usual, history)
            select \(hospital), \(feed), r.hour_of_week, r.usual, r.history
            from unnest(\(changed.map(Int32.init)), \(changed.map { heard.rhythm.usual(hour: $0) }), \
            \(changed.map { history(heard.rhythm.hours[$0]) })) as r (hour_of_week, usual, history)
            on conflict (hospital, feed, hour_of_week) do update set usual = excluded.usual, history = excluded.history
            """,
        ]
    }

    /// `2912:340 2913:298`
    private static func history(_ weeks: [FeedRhythm.Week]) -> String {
        weeks.map { "\($0.week):\($0.longest)" }.joined(separator: " ")
    }

    private static func weeks(_ history: String) -> [FeedRhythm.Week]? {
        var weeks: [FeedRhythm.Week] = []
        for pair in history.split(separator: " ") {
            let sides = pair.split(separator: ":")
            guard sides.count == 2, let week = Int32(sides[0]), let longest = Int32(sides[1]) else { return nil }
            weeks.append(FeedRhythm.Week(week: week, longest: longest))
        }
        return weeks.count <= FeedRhythm.weeks ? weeks : nil
    }
}
