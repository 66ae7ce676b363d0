import ADT
import Admissions
import Foundation
import Testing

/// What messages come to where the practice they name has closed.
@Suite struct JourneySuccessionTests {
    private let admission = [
        #"MSH|^~\&|TRAKCARE|ZX901|CONECT|ZX901|20260330213000||ADT^A01|S1|P|2.4"#, "EVN|A01|20260330213000",
        "PID|1||9990000018^^^NHS^NH~41234567^^^ZX901^MR||TESTER^ANNE||19380412|2", "PD1|||SURGERY^^L99901",
        "PV1|1|I|EAU^1^B04^ZX901||||||||||||||||IP1^^^ZX901^VN|||||||||||||||||||||||||20260330211500",
    ].joined(separator: "\r")

    private func practice(at day: String) throws -> String? {
        var journey = Journey()
        journey.hear(Array(admission.utf8), reader: ADTReader(profile: .ukDefault))
        let succession = try PracticeSuccessionFile.read(
            Array("closed,successor,from\nL99901,L99902,2026-04-01".utf8), name: "practices.csv")
        let report = JourneyReport(journey, succession: succession, at: try #require(LondonDay(day)))
        let object = try JSONSerialization.jsonObject(with: Data(report.json)) as? [String: Any]
        let patients = object?["patients"] as? [[String: Any]]
        return patients?.first?["practice"] as? String
    }

    @Test func `a patient of a practice that closed is the successor's from its first day`() throws {
        #expect(try practice(at: "2026-03-31") == "L99901")
        #expect(try practice(at: "2026-04-01") == "L99902")
    }

    @Test func `the event keeps the code that was told`() throws {
        var journey = Journey()
        journey.hear(Array(admission.utf8), reader: ADTReader(profile: .ukDefault))
        #expect(journey.fold.patients.values.map(\.practice?.rawValue) == ["L99901"])
    }
}
