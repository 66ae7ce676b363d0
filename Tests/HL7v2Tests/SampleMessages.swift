@testable import HL7v2

/// Invented messages, NHS numbers from the range kept for tests.
enum Sample {
    /// An admission as an ITK-like sender tells it.
    static let admission = [
        #"MSH|^~\&|TRAKCARE|ZX901|CONECT|ZX901|20260110213005||ADT^A01^ADT_A01|TRK0000123|P|2.4|||||GBR|UNICODE UTF-8|EN"#,
        "EVN|A01|20260110212955|||JSMITH|20260110211500",
        #"PID|1||9990000018^^^NHS^NH~ZX9011234567^^^ZX901^MR||TESTER^ANNE^^^MRS^^L||19380412|2|||1 HIGH ST^^CASTLE CARY"#
            + "^^ZZ99 1AA^^H||||||||||||||||||||N|NSTS01",
        "PD1|||TESTMEAD SURGERY^^Z99901~TESTMEAD BRANCH^^Z99901001|G9999998^DOCTOR^A",
        "PV1|1|I|EAU^EAU1^B04^ZX901|21|||C1234567^CARE^A|||430||||19||N|||IP778812^^^ZX901^VN"
            + "|||||||||||||||||||||||||20260110211500",
        "PV2|||^FALL, CONFUSED",
        "DG1|1||R29.6^Tendency to fall^I10||20260110|A",
        "ZU1|20260110205000",
    ]

    static func text(_ segments: [String] = admission, break lineBreak: String = "\r") -> String {
        segments.map { $0 + lineBreak }.joined()
    }

    static func message(_ segments: [String] = admission, break lineBreak: String = "\r") throws -> HL7Message {
        try HL7Message(text(segments, break: lineBreak))
    }

    /// A message of a header and one further segment.
    static func message(_ segment: String, encoding: String = #"^~\&"#) throws -> HL7Message {
        try HL7Message("MSH|\(encoding)|A|B\r\(segment)\r")
    }
}
