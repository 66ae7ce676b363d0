package import Admissions
import EventLog
package import EventSourcing
package import Postgres

/// Takes a practice's list as the service is sent it: read, compared with the list as it stands, appended.
///
/// The same way as `import-roster`, under an access record of the caller's. The connection logs in as
/// `primary_conect_service`. Reading and comparing run on a thread of their own.
package struct RosterStore: Sendable {
    /// What came of a file.
    package struct Upload: Sendable {
        package let reading: RosterReading
        package let comparison: RosterComparison
        /// Where the practice's log ends now; `nil` if nothing was written.
        package let last: Position?
    }

    /// Why nothing was written.
    package enum Refusal: Error, Sendable, Equatable {
        /// The file, or what it would do.
        case refused(RosterRefusal)
        /// Others told the list anew each time it was compared.
        case overtaken
        /// An event of the list as it stands cannot be read.
        case listUnreadable
    }

    /// How often a list that was told anew meanwhile is compared again.
    private static let triesMax = 3

    private let lists: PracticeListLog
    private let isLive: Bool
    private let now: @Sendable () -> Instant

    /// - Parameter isLive: whether real patients are told of, so that rows with test numbers are held back.
    package init(
        configuration: PostgresConfiguration, isLive: Bool, now: @escaping @Sendable () -> Instant = WallClock.now
    ) {
        lists = PracticeListLog(configuration: configuration, now: now)
        self.isLive = isLive
        self.now = now
    }

    /// Takes a file; writes nothing if `isDryRun`.
    ///
    /// Throws `Refusal`, or `PostgresError`: then the outcome may be unknown, and the same file again is safe.
    package func take(_ file: [UInt8], isDryRun: Bool, _ access: AccessRequest) async throws -> Upload {
        guard let log = LogName(access.practice), let practice = ODSPracticeCode(access.practice) else {
            throw Refusal.listUnreadable
        }
        let listAccess = ListAccess(
            practice: log, subject: access.subject, purpose: access.purpose, route: access.route,
            requestID: access.requestID,
            caller: .init(role: access.role, client: access.client, organisation: access.organisation))
        let today = LondonDay(of: now())
        let isLive = isLive
        let reading = try await OwnThread.run(named: "roster") {
            try Self.refusing { () throws(RosterRefusal) in
                try RosterReading(try RosterFile(file), practice: practice, today: today, isLive: isLive)
            }
        }
        for _ in 1...Self.triesMax {
            let events = try await lists.events(listAccess)
            let (comparison, new) = try await OwnThread.run(named: "roster") {
                let list = try Self.fold(events)
                let comparison = try Self.refusing { () throws(RosterRefusal) in
                    try RosterComparison(reading, against: list, today: today, by: access.subject)
                }
                var new = comparison.events.map { $0.newEvent(at: practice) }
                let fact = comparison.fact(
                    of: reading, file: Digest(of: file), by: access.subject, after: list.lastImport)
                if let fact { new.append(fact.newEvent) }
                return (comparison, new)
            }
            guard !isDryRun, !new.isEmpty else { return Upload(reading: reading, comparison: comparison, last: nil) }
            switch try await lists.append(new, seen: events.last?.position ?? .origin, listAccess) {
            case .appended(let last): return Upload(reading: reading, comparison: comparison, last: last)
            case .overtaken: continue
            }
        }
        throw Refusal.overtaken
    }

    private static func refusing<Result>(_ body: () throws(RosterRefusal) -> Result) throws(Refusal) -> Result {
        do throws(RosterRefusal) {
            return try body()
        } catch {
            throw .refused(error)
        }
    }

    private static func fold(_ events: [ListEvent]) throws(Refusal) -> RegisteredList {
        var list = RegisteredList()
        do throws(JSONError) {
            for event in events { try list.apply(type: event.type, payload: event.payload) }
        } catch {
            throw .listUnreadable
        }
        return list
    }
}
