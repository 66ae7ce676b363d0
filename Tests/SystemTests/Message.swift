import Foundation

/// Small ADT messages of invented people, fields set by index.
struct Message: Sendable {
    var trigger = "A01"
    var controlID: String
    var facility = "ZX901"
    var localNumber: String
    var family = "TESTER"
    var practice = "Z99001"
    /// PV1-19; empty where the sender leaves it out.
    var visit: String
    /// PID-18.
    var account = ""
    /// MRG-1: the number that was given up.
    var mergedNumber: String?
    var admittedAt = Message.time(Date.now)
    var dischargedAt: String?
    var processingID = "P"
    var code = "ADT"

    /// HL7 time with offset, to the second.
    static func time(_ date: Date) -> String {
        let parts = Calendar(identifier: .gregorian).dateComponents(in: .gmt, from: date)
        let digits = [
            parts.year ?? 0, parts.month ?? 0, parts.day ?? 0, parts.hour ?? 0, parts.minute ?? 0, parts.second ?? 0,
        ]
        return digits.enumerated().map { index, value in
            let text = String(value)
            return String(repeating: "0", count: max(0, (index == 0 ? 4 : 2) - text.count)) + text
        }.joined() + "+0000"
    }

    /// RFC 3339, to the next second, by which what was told is told.
    static func instant(_ date: Date) -> String { date.addingTimeInterval(1).ISO8601Format() }

    var bytes: [UInt8] {
        let now = Self.time(Date.now)
        var pv1 = [String](repeating: "", count: 46)
        pv1[0] = "PV1"
        pv1[1] = "1"
        pv1[2] = "I"
        pv1[3] = "7B^1^3^\(facility)"
        pv1[4] = "21"
        pv1[19] = visit.isEmpty ? "" : "\(visit)^^^\(facility)^VN"
        pv1[44] = admittedAt
        pv1[45] = dischargedAt ?? ""
        let segments = [
            "MSH|^~\\&|TESTPAS|\(facility)|CONECT|\(facility)|\(now)||\(code)^\(trigger)|\(controlID)|\(processingID)|2.4",
            "EVN|\(trigger)|\(now)",
            "PID|1||\(localNumber)^^^\(facility)^MR||\(family)^PAT^^^Mrs||19400101|2||||||||||\(account)",
            "PD1|||TEST SURGERY^^\(practice)",
            mergedNumber.map { "MRG|\($0)^^^\(facility)^MR" } ?? pv1.joined(separator: "|"),
        ]
        return Array(segments.map { $0 + "\r" }.joined().utf8)
    }
}
