import Admissions
import EventLog
import EventSourcing
import Postgres

/// What a look at one practice's past stands on, whatever it knows: the moment, what staff had done by then, and whom
/// to fold.
struct AsAtGround: Sendable {
    let head: AsAtHead
    let basis: ViewBasis
    let own: AsAtPractice
    let acts: ActRows
    let people: AsAtPeople
    /// Who is whom at each hospital, as known today.
    let identities: [LogName: LogFold]
    /// Whose past may be shown.
    let scope: AsAtScope

    var cut: AsAtCut { head.cut }

    /// Reads it within a look that is recorded as `accessID`.
    ///
    /// - Parameter knowledge: what the look may know; `.now` does for both.
    init(
        _ question: ListQuestion, at cut: AsAtCut, knowing knowledge: AsAtKnowledge, _ scope: AsAtScope,
        of practice: String, under accessID: String, ends: [LogName: Position], by reader: AsAtReader,
        _ desk: PostgresTransaction
    ) async throws {
        let channel = StatementChannel.pool(reader.archive)
        let settings = reader.rules.settings
        self.scope = scope
        basis = try await ViewBasis.load(from: channel)
        own = try await AsAtPractice(practice, at: cut, key: basis.key, channel: channel)
        acts = own.acts.rows
        let since = question.list.hasWindow ? acts.windowStart(question.window, at: cut.moment) : nil
        let query = CandidateQuery(
            list: question.list, practice: practice, since: since.map { "\($0)" }, now: "\(cut.moment)",
            day: LondonDay(of: cut.moment).text, settings: settings)
        // What the practice's list said where it says something else today; of lists that go by it.
        let listed = question.list == .fopas || question.list == .huddle
            ? try await own.changedSince(channel: channel) : nil
        let named = question.list == .fopas ? listed?.then.filter { $0.isListed && $0.hasFOPASConcern } ?? [] : []
        var keys = [try await desk.query(query.keysAsAt(adding: named.map(\.nhsNumber).sorted(), knowing: knowledge))]
        if practice == EncounterRow.unknownPractice { keys.append(try await channel.query(query.keysGoneSince)) }
        var people = try AsAtPeople(keys, adding: own.acts.subjectsOfOpenConcerns)
        if scope == .then {
            // Somebody else's patients by now: whether their place may be said, their rows of today tell.
            try people.restrict(by: try await channel.query(AsAtPeople.selectRestricted))
        }
        self.people = people
        var identities: [LogName: LogFold] = [:]
        for hospital in people.sought.keys {
            identities[hospital] = try await reader.identities(of: hospital, through: ends)
        }
        self.identities = identities
        head = AsAtHead(
            practice: practice, accessID: accessID, cut: cut, since: since,
            feeds: try await FeedTable.feeds(at: cut, by: reader.rule, channel: channel),
            bandCount: question.list == .huddle
                ? try await Self.band(acts.scores, listed, query, desk)
                    .count(from: settings.symphonyBandMin)
                : 0)
    }

    /// Scores by the practice's own list and by form, of everybody.
    private static func band(
        _ scores: [SymphonyRow], _ listed: AsAtPractice.ListedThen?, _ query: CandidateQuery,
        _ desk: PostgresTransaction
    ) async throws -> SymphonyBand {
        var band = SymphonyBand()
        if let listed {
            for row in try await desk.query(query.listScores) {
                let (person, score, day) = try row.decode(String.self, Int64.self, String?.self)
                if !listed.hasChanged(person) { band.take(person, score, day, byForm: false) }
            }
            for row in listed.then { band.take(row) }
        }
        guard !scores.isEmpty else { return band }
        var persons: [String: String] = [:]
        for row in try await desk.query(
            query.persons(ofRefs: scores.map(\.patientRef), hospitals: scores.map(\.hospital)))
        {
            let (ref, person) = try row.decode(String.self, String.self)
            persons[ref] = person
        }
        for score in scores {
            guard let person = persons[score.patientRef] else { continue }
            band.take(person, Int64(score.score), score.scoredOn, byForm: true)
        }
        return band
    }
}
