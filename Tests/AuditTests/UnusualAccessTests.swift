import Audit
import EventSourcing
import Testing

/// What is asked about, and what is not.
@Suite struct UnusualAccessTests {
    private static func at(_ text: String) -> Instant { Instant(iso8601: text) ?? Instant(microseconds: 0) }

    private static func line(
        _ time: String, _ subject: String = "k.patel", role: String = "practice-coach", route: String = "lists/in-hospital",
        refs: [String] = ["pt_a"], kind: AccessLine.Kind = .look, request: String = "r", isReviewed: Bool? = nil
    ) -> AccessLine {
        AccessLine(
            kind: kind, practice: "Z99001", id: "\(time)\(refs.count)", at: at(time), subject: subject, role: role,
            client: "board", route: route, purpose: "direct-care", requestID: request, patients: refs.count, refs: refs,
            isReviewed: isReviewed)
    }

    private static func found(
        _ lines: [AccessLine], families: [String: String] = [:], now: String = "2026-07-31T12:00:00Z"
    ) -> [UnusualFinding] {
        var access = UnusualAccess(now: at(now))
        for line in lines { access.note(line, families: families) }
        return access.findings()
    }

    @Test func `people out of hours are found by London's clock, systems and answers without patients are not`() {
        // Wednesday in July: 06:30Z is 07:30 in London, 05:59Z is 06:59, 18:59Z is 19:59, 19:00Z is 20:00.
        #expect(Self.found([Self.line("2026-07-01T06:30:00Z"), Self.line("2026-07-01T18:59:59Z")]).isEmpty)
        let early = Self.found([
            Self.line("2026-07-01T05:59:59Z", request: "r1"), Self.line("2026-07-01T19:00:00Z", request: "r2"),
        ])
        #expect(early.map(\.rule) == [.outOfHours] && early[0].count == 2 && early[0].requestIDs == ["r1", "r2"])
        // 2026-07-04 is a Saturday; on Friday 3rd at 23:30Z it is Saturday in London.
        #expect(Self.found([Self.line("2026-07-04T11:00:00Z")]).count == 1)
        #expect(Self.found([Self.line("2026-07-03T11:00:00Z"), Self.line("2026-07-06T11:00:00Z")]).isEmpty)
        #expect(Self.found([Self.line("2026-07-01T02:00:00Z", role: "integration")]).isEmpty)
        #expect(Self.found([Self.line("2026-07-01T02:00:00Z", refs: [])]).isEmpty)
        #expect(Self.found([Self.line("2026-07-01T02:00:00Z", kind: .denial)]).isEmpty)
    }

    @Test func `a user who is shown their own family name is found, whole words alone`() {
        let families = ["pt_a": "PATEL", "pt_b": "Pat", "pt_c": "Nightingale-Ashworth"]
        let own = Self.found([Self.line("2026-07-01T11:00:00Z", refs: ["pt_a", "pt_b"])], families: families)
        #expect(own.map(\.rule) == [.ownSurname] && own.map(\.ref) == ["pt_a"])
        let part = Self.found([Self.line("2026-07-01T11:00:00Z", "dr-ashworth", refs: ["pt_c"])], families: families)
        #expect(part.map(\.ref) == ["pt_c"])
        #expect(Self.found([Self.line("2026-07-01T11:00:00Z", "s.smith", refs: ["pt_a"])], families: families).isEmpty)
    }

    @Test func `many more patients in an hour than usual are found, of systems too, and a busy system is not`() {
        func hours(_ counts: [Int]) -> [AccessLine] {
            counts.enumerated().map { index, count in
                Self.line(
                    "2026-07-01T\(10 + index):00:00Z", "svc", role: "integration",
                    refs: (0..<count).map { "pt_\(index)_\($0)" })
            }
        }
        let harvest = Self.found(hours([20, 20, 25, 130]))
        #expect(harvest.map(\.rule) == [.volume] && harvest[0].count == 130 && harvest[0].usual == 20)
        #expect(Self.found(hours([120, 130, 125, 300])).isEmpty)
        #expect(Self.found(hours([1, 1, 1, 99])).isEmpty)
        // The same patient again is no more patients.
        let same = (0..<300).map { _ in Self.line("2026-07-01T10:00:00Z", "svc", role: "integration") }
        #expect(Self.found(same).isEmpty)
    }

    @Test func `one patient's page again and again is found, their place in a list is not`() {
        let pages = (0..<8).map { Self.line("2026-07-01T1\($0):00:00Z", route: "patients") }
        #expect(Self.found(pages).map(\.rule) == [.repeated])
        #expect(Self.found(Array(pages.dropLast())).isEmpty)
        #expect(Self.found((0..<8).map { Self.line("2026-07-01T1\($0):00:00Z") }).isEmpty)
    }

    @Test func `a broken glass that nobody reviewed is found after three days`() {
        let grant = Self.line("2026-07-01T11:00:00Z", kind: .grant, isReviewed: false)
        #expect(Self.found([grant]).map(\.rule) == [.breakGlassUnreviewed])
        #expect(Self.found([grant], now: "2026-07-04T10:59:59Z").isEmpty)
        #expect(Self.found([Self.line("2026-07-01T11:00:00Z", kind: .grant, isReviewed: true)]).isEmpty)
    }
}
