import Audit
import EventSourcing
import Testing

/// Access reports as they are written.
@Suite struct AccessReportTextTests {
    @Test func `no cell of CSV is a formula, and quotes are doubled`() {
        #expect(CSVText.line(["=1+1", " @SUM(A1)", "\t-2", "＝3", "a \"b\", c"]) ==
            "\"'=1+1\",\"' @SUM(A1)\",\"'\t-2\",\"'＝3\",\"a \"\"b\"\", c\"\r\n")
    }

    @Test func `a page escapes what was typed, names nobody else, and says that nobody looked`() throws {
        let at = try #require(Instant(iso8601: "2026-06-30T07:02:04Z"))
        let line = AccessLine(
            kind: .reveal, practice: "Z99001", id: "6f0c1a52-6d0e-4a55-9b2f-2a1f7d8c9b10", at: at,
            subject: "<script>alert(1)</script>", role: "practice-clinician", client: "board", organisation: nil,
            route: "patients/reveal", purpose: "reveal", reason: "son \"rang\" & asked", requestID: "r-1", denial: nil,
            patients: 3, refs: ["pt_own"], count: 1, isReviewed: nil)
        let page = AccessPageHTML(isOfOnePatient: true, since: nil, until: nil, madeAt: at)
        let html = page.head + page.rows([line]) + page.foot(count: 1)
        #expect(!html.contains("<script"))
        #expect(html.contains("&lt;script&gt;") && html.contains("son &quot;rang&quot; &amp; asked"))
        #expect(html.contains("30-Jun-2026 08:02:04 BST") && html.contains("You and 2 others"))
        #expect(html.contains("Doctor or nurse of the practice") && html.contains("1 line."))
        #expect(page.foot(count: 0).contains("Nobody was shown anything about you."))
    }
}
