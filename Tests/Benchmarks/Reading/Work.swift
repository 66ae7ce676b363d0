import ADT
import Admissions
import EventSourcing
import HL7v2

/// What is measured. Each gives a number that depends on its work, so that none of it can be left out.
enum Work {
    static let reader = ADTReader(profile: .ukDefault)

    /// The baseline: segments and fields as byte arrays.
    static func split(_ bytes: [UInt8]) -> Int {
        let segments = bytes.split(separator: 0x0D).map { segment in
            segment.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false).map(Array.init)
        }
        return segments.reduce(0) { $0 + $1.count }
    }

    /// MSH-9, 10, EVN-2, PID-3, 5.1, 7, 8, PV1-2, 3.1 and 19.1.
    static func reachTenFields(_ bytes: [UInt8]) -> Int {
        guard let message = try? HL7Message(bytes) else { return 0 }
        var count = 0
        if let msh = message.segment("MSH") { count += length(msh.field(9)) + length(msh.field(10)) }
        if let evn = message.segment("EVN") { count += length(evn.field(2)) }
        if let pid = message.segment("PID") {
            count += length(pid.field(3)) + length(pid.field(5).component(1))
            count += length(pid.field(7)) + length(pid.field(8))
        }
        if let pv1 = message.segment("PV1") {
            count += length(pv1.field(2)) + length(pv1.field(3).component(1)) + length(pv1.field(19).component(1))
        }
        return count
    }

    private static func length(_ element: HL7Element) -> Int { element.withSpan { $0.count } }

    static func read(_ bytes: [UInt8]) -> Int {
        guard let message = try? HL7Message(bytes) else { return 0 }
        return reader.read(message).events.reduce(0) { $0 + $1.payload.count }
    }

    static func fold(_ events: [ToldEvent]) -> Int {
        var fold = LogFold()
        for event in events { fold.apply(event) }
        return fold.encounters.count + fold.patients.count
    }
}
