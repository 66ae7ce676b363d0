@testable import Audit
import EventSourcing
import Postgres
import TestSupport
import Testing

/// Whether a log is what was signed of it, as `doctor` and `status` learn it.
@Suite(.timeLimit(.minutes(1)))
struct CheckpointStandingTests {
    private func standing(
        _ log: TestLog, kept notes: [SignedNote] = [], origin: LogOrigin? = nil
    ) async throws -> CheckpointStanding {
        let pool = log.pool("monitor")
        let found = try await CheckpointStanding.read(
            pool, origin: origin ?? log.origin, kept: CheckpointFile.newest(of: notes, signedBy: log.origin))
        await pool.close()
        #expect(found.map(\.log) == [TestLog.name, TestLog.other])
        return try #require(found.first)
    }

    @Test func `a log that was written anew is not what was signed of it, before and behind the checkpoint`()
        async throws
    {
        let log = try await TestLog.make()
        let unsigned = try await standing(log)
        #expect(unsigned.state == .unsigned && unsigned.unsigned == 11 && unsigned.unsignedSince != nil)
        let first = try #require(try await log.sign())
        let signed = try await standing(log)
        #expect(signed.state == .sound && signed.unsigned == 0 && signed.unsignedSince == nil && signed.size == 11)
        try await log.append((10...12).map { TestLog.entry($0) })
        let grown = try await standing(log, kept: [first])
        #expect(grown.state == .sound && grown.unsigned == 3 && grown.position == 14)
        #expect(grown.signedAt == Instant(microseconds: 1_772_600_000_000_000) && grown.unsignedSince != nil)

        // Nothing is signed of what came behind it, so that may be written anew.
        try await log.rewrite(from: 14)
        #expect(try await standing(log, kept: [first]).state == .sound)
        let second = try #require(try await log.sign(keeping: [first]))
        try await log.rewrite(from: 12)
        #expect(try await standing(log).state == .forked)
        // Nor does it help to take the checkpoint out of the database, where another is kept.
        try await log.tamper("delete from event_log.checkpoint where log = 'RXX' and size > 11;")
        #expect(try await standing(log).state == .sound)
        #expect(try await standing(log, kept: [first, second]).state == .forked)
    }

    @Test(arguments: [
        ("delete from event_log.event where position = 13 and log = 'RXX';", CheckpointStanding.State.forked),
        ("update event_log.head set range = sha256(range) where log = 'RXX';", .forked),
        ("update event_log.head set position = 9 where log = 'RXX';", .forked),
        ("update event_log.checkpoint set range = sha256('') || range where log = 'RXX';", .forged),
        ("update event_log.checkpoint set note = replace(note, '2026', '2025') where log = 'RXX';", .forged),
    ])
    func `whatever was done between checkpoint and head is seen`(
        script: String, state: CheckpointStanding.State
    ) async throws {
        let log = try await TestLog.make()
        _ = try await log.sign()
        try await log.append((10...12).map { TestLog.entry($0) })
        try await log.tamper(script)
        #expect(try await standing(log).state == state)
    }

    @Test func `events that wait for a signature are late by when they were told, and by the last signature`() {
        func standing(unsignedSince: Int64?, signedAt: Int64?) -> CheckpointStanding {
            CheckpointStanding(
                log: TestLog.name, state: .sound, position: 2, size: 1,
                signedAt: signedAt.map { Instant(microseconds: $0 * 1_000_000) },
                unsignedSince: unsignedSince.map { Instant(microseconds: $0 * 1_000_000) })
        }
        let now = Instant(microseconds: 1_000_000_000)
        for (since, signed, isLate) in [
            (nil, 10, false), (699, nil, true), (701, nil, false), (10, 701, false), (10, 699, true), (701, 10, false),
        ] as [(Int64?, Int64?, Bool)] {
            #expect(
                standing(unsignedSince: since, signedAt: signed).isStale(now: now, after: .seconds(300)) == isLate)
        }
    }
}
