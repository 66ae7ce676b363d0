import EventSourcing
import Postgres
import Testing

@testable import EventLog

struct BatchTests {
    /// Entries as the queue holds them; every answer is awaited and thrown away.
    private func pending(_ entries: [Entry], _ body: ([PendingEntry]) -> Void) async {
        let (arrived, arrive) = AsyncStream.makeStream(of: (Int, PendingEntry).self)
        await withTaskGroup(of: Void.self) { group in
            for (index, entry) in entries.enumerated() {
                group.addTask {
                    _ = await withCheckedContinuation { continuation in
                        arrive.yield(
                            (
                                index,
                                PendingEntry(
                                    prepared: PreparedEntry(entry, salt: GroupCommit.secureSalt), deadline: .now,
                                    continuation: continuation)
                            ))
                    }
                }
            }
            var all: [(Int, PendingEntry)] = []
            if !entries.isEmpty {
                for await one in arrived {
                    all.append(one)
                    if all.count == entries.count { break }
                }
            }
            let sorted = all.sorted { $0.0 < $1.0 }.map(\.1)
            body(sorted)
            for entry in sorted { entry.continuation.resume(returning: .failure(.closing)) }
        }
    }

    @Test func `entries are grouped by log in their order`() async {
        await pending([Given.entry("1"), Given.entry("2", in: Given.otherHospital), Given.entry("3")]) { entries in
            let batch = Batch(entries)
            #expect(batch.groups[Given.hospital]?.entries.map(\.prepared.key.controlID) == ["1", "3"])
            #expect(batch.groups[Given.otherHospital]?.entries.count == 1)
        }
    }

    @Test func `the same message follows the first and is not sent`() async {
        await pending([Given.entry("1"), Given.entry("2"), Given.entry("1"), Given.entry("1")]) { entries in
            let group = Batch(entries).groups[Given.hospital]
            #expect(group?.entries.count == 2)
            #expect(group?.all(of: entries[0]).count == 3)
            #expect(group?.all(of: entries[1]).count == 1)
        }
    }

    @Test func `a control id used twice within a batch is flagged the second time`() async {
        let entries = [
            Given.entry("1", text: "a"), Given.entry("1", text: "b"), Given.entry("", text: "a"),
            Given.entry("", text: "b"),
            Given.entry("1", sender: "LAB|ZX901"),
        ]
        await pending(entries) { entries in
            #expect(Batch(entries).groups[Given.hospital]?.reused == [false, true, false, false, false])
        }
    }

    @Test func `a batch is cut at its limits`() async throws {
        var limits = GroupCommit.Limits()
        limits.batchMessagesMax = 3
        limits.batchBytesMax = 3_000
        let queue = AppendQueue(limits: limits)
        await pending((0..<5).map { Given.entry("\($0)") }) { entries in
            for entry in entries { queue.put(entry) }
            let size = entries[0].prepared.byteCount
            #expect(queue.take(batchHolds: (0, 0), isWaiting: false)?.count == min(3, 3_000 / size))
            #expect(queue.take(batchHolds: (2, 0), isWaiting: false)?.count == 1)
            #expect(queue.take(batchHolds: (3, 0), isWaiting: false)?.count == 0)
            queue.close()
            while queue.take(batchHolds: (0, 0), isWaiting: false) != nil {}
        }
    }

    @Test func `an entry beyond the limit of bytes travels alone`() async {
        var limits = GroupCommit.Limits()
        limits.batchBytesMax = 10
        limits.queueBytesMax = 10
        let queue = AppendQueue(limits: limits)
        await pending([Given.entry("1")]) { entries in
            queue.put(entries[0])
            #expect(queue.take(batchHolds: (0, 0), isWaiting: false)?.count == 1)
        }
    }

    @Test(arguments: [
        ("57P01", CommitFailure.outcomeUnknown), ("08006", .outcomeUnknown), ("25006", .reconnect), ("23505", .retry),
        ("40001", .retry),
        ("40P01", .retry), ("53100", .retry), ("57014", .retry), ("58030", .retry), ("0A000", .retry),
        ("26000", .retry),
        ("22021", .refused), ("42501", .refused), ("42883", .refused), ("54000", .refused),
    ])
    func `a refusal of the server is judged by its class`(sqlState: String, failure: CommitFailure) {
        let error = PostgresError(.server, sqlState: sqlState)
        #expect(CommitFailure(error) == failure)
        #expect(CommitFailure.code(error) == sqlState)
    }

    @Test(arguments: [PostgresError.Code.connectionLost, .deadlineExceeded, .closed])
    func `a lost session leaves the outcome unknown`(code: PostgresError.Code) {
        #expect(CommitFailure(PostgresError(code)) == .outcomeUnknown)
    }
}
