import FoundationEssentials
import TestSupport
import Testing

/// snapshot.sql is the sum of the migrations.
@Suite(.timeLimit(.minutes(2)))
struct SnapshotTests {
    @Test func `the snapshot equals the sum of the migrations`() async throws {
        let path = PostgresFixture.schemaDirectory + "/snapshot.sql"
        let found = try await Catalogue().snapshot()
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
            try found.write(toFile: path, atomically: true, encoding: .utf8)
            return
        }
        let kept = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        // The first difference says more than two long texts.
        let difference = zip(kept.split(separator: "\n") + [""], found.split(separator: "\n") + [""]).first { $0 != $1 }
        #expect(
            kept == found, "refresh with UPDATE_GOLDEN=1; first difference: \(difference.map { "\($0)" } ?? "length")")
    }
}
