import ADT
import Admissions
import EventSourcing
import HL7v2
import Testing

@Suite struct ADTReaderTests {
    private func read(_ segments: String..., profile: SenderProfile = .ukDefault) throws -> Reading {
        ADTReader(profile: profile).read(try HL7Message(segments.joined(separator: "\r")))
    }

    private func event(_ reading: Reading) throws -> AdmissionEvent {
        #expect(reading.disposition == .read)
        return try AdmissionEvent(type: reading.events[0].type, payload: reading.events[0].payload)
    }

    private let msh = #"MSH|^~\&|PAS|ZX901|X|X|20260110213005||ADT^A01|1|P|2.4"#
    private let evn = "EVN|A01|20260110212955||||20260110211600"
    private let pid = "PID|1||9990000018^^^NHS^NH~123^^^ZX901^MR||TESTER^ANNE"
    private let pv1 = "PV1|1|I|||||||||||||||||SP1|||||||||||||||||||||||||20260110211500"

    private func header(_ code: String, processing: String = "P") -> String {
        #"MSH|^~\&|PAS|ZX901|X|X|20260110213005||\#(code)|1|\#(processing)|2.4"#
    }

    // MARK: Dispositions

    @Test func `an A01 is read and accepted`() throws {
        let reading = try read(msh, evn, pid, pv1)
        #expect(reading.disposition == .read && reading.answer == .accept && reading.reason == nil)
        #expect(reading.trigger == "ADT^A01")
        #expect(reading.events.count == 1)
        #expect(reading.events[0].stream == StreamName("encounter:ZX901|SP1"))
        #expect(reading.events[0].type == "encounter.admitted.v1")
        #expect(reading.events[0].occurredAt == Instant(iso8601: "2026-01-10T21:15:00Z"))
    }

    @Test(arguments: [
        ("A01", "encounter.admitted.v1"), ("A02", "encounter.transferred.v1"), ("A03", "encounter.discharged.v1"),
        ("A04", "encounter.registered.v1"), ("A08", "encounter.updated.v1"), ("A11", "encounter.admission-cancelled.v1"),
        ("A13", "encounter.discharge-cancelled.v1"), ("A28", "patient.added.v1"), ("A31", "patient.updated.v1"),
    ])
    func `each trigger event has its event`(trigger: String, type: String) throws {
        let reading = try read(header("ADT^\(trigger)"), evn, pid, pv1)
        #expect(reading.events.map(\.type) == [type])
    }

    @Test func `EVN-1 tells the trigger event where MSH-9 does not`() throws {
        #expect(try read(header("ADT"), evn, pid, pv1).events[0].type == "encounter.admitted.v1")
        #expect(try read(header("ADT^A03"), evn, pid, pv1).events[0].type == "encounter.discharged.v1")
    }

    @Test func `what is not ADT is refused with 200`() throws {
        let reading = try read(header("ORU^R01", processing: "T"), pid)
        #expect(reading.disposition == .refused && reading.reason == .notADT)
        #expect(reading.answer == .reject(errorCode: 200, text: "unsupported message type"))
        #expect(reading.events[0].type == "message.refused.v1")
        #expect(reading.events[0].stream == StreamName("message"))
    }

    @Test(arguments: ["T", "D", "X"])
    func `what is not of production is refused with 202`(processing: String) throws {
        let reading = try read(header("ADT^A01", processing: processing), evn, pid, pv1)
        #expect(reading.answer == .reject(errorCode: 202, text: "unsupported processing id"))
    }

    @Test(arguments: ["P", "p", "P^T", "", "\"\""])
    func `MSH-11 that is P or not told is production`(processing: String) throws {
        #expect(try read(header("ADT^A01", processing: processing), evn, pid, pv1).disposition == .read)
    }

    @Test func `what is not understood is quarantined, accepted, and told with where and why`() throws {
        let cases: [(ReasonCode, String, [String])] = [
            (.triggerNotSupported, "MSH-9.2", [header("ADT^A99"), evn, pid]),
            (.triggerMissing, "MSH-9.2", [header("ADT"), pid, pv1]),
            (.pidMissing, "PID", [msh, evn, pv1]),
            (.pv1Missing, "PV1", [msh, evn, pid]),
            (.visitNumberMissing, "PV1-19", [msh, evn, pid, "PV1|1|I|"]),
            (.visitNumberMissing, "PV1-19", [msh, evn, pid, #"PV1|1|I||||||||||||||||||""^^^X"#]),
            (.patientIdentifierMissing, "PID-3", [msh, evn, "PID|1||^^^NHS^NH", pv1]),
            (.nhsNumberConflict, "PID-3", [msh, evn, "PID|1||9990000018^^^NHS~9990000026^^^^NHS~1^^^X^MR", pv1]),
            (.nhsNumberConflict, "PID-3", [msh, evn, "PID|1|9990000018^^^NHS|9990000026^^^NHS", pv1]),
        ]
        for (reason, place, segments) in cases {
            let reading = ADTReader(profile: .ukDefault).read(try HL7Message(segments.joined(separator: "\r")))
            #expect(reading.disposition == .quarantined && reading.answer == .accept)
            #expect(reading.reason == reason && reading.place == place)
            let event = try AdmissionEvent(type: reading.events[0].type, payload: reading.events[0].payload)
            #expect(event.kind == .messageQuarantined)
            #expect(event.reason == reason.rawValue && event.place == place)
        }
    }

    @Test func `an A08 without a PV1 is read for the patient`() throws {
        let event = try event(try read(header("ADT^A08"), evn, pid))
        #expect(event.kind == .patientUpdated)
        #expect(event.flags == ["pv1-missing"])
    }

    // MARK: Identity

    private func patient(_ pid: String, _ pd1: String = "PD1|") throws -> PatientDetails {
        try #require(try event(try read(header("ADT^A31"), evn, pid, pd1)).patient)
    }

    @Test(arguments: [
        "9990000018^^^NHS", "9990000018^^^NHS^NH", "9990000018^^^^NH", "9990000018^^^^NHS", "9990000018^^^NHSNBR^NHSNMBR",
        "9990000018^^^NHSNBR", "9990000018^^^NHS Number^NHS", "999 000 0018^^^nhs", "999-000-0018^^^NHS",
        "9990000018^^^&2.16.840.1.113883.2.1.4.1&ISO", "9990000018^^^NHS^NH{status:01}",
    ])
    func `an NHS number is known in all the forms of domain 1·4`(form: String) throws {
        let details = try patient("PID|1||123^^^ZX901^MR~\(form)||A")
        #expect(details.nhsNumber?.digits == "9990000018")
        #expect(details.local == Identifier(value: "123", issuer: "ZX901", type: "MR"))
        #expect(details.identifiers.isEmpty)
    }

    @Test func `an NHS number is found in PID-2 with its type, and bare in PID-19`() throws {
        #expect(try patient("PID|1|9990000018^^^NHS|P123^^^Dover||A").nhsNumber?.digits == "9990000018")
        #expect(try patient("PID|1||123^^^X^MR||A||||||||||||||9990000018").nhsNumber?.digits == "9990000018")
        #expect(try patient("PID|1||123^^^X^MR||A||||||||||||||9990000019").nhsNumber == nil)
    }

    @Test func `a bare number of a local type is never an NHS number`() throws {
        let details = try patient("PID|1||9990000018^^^ZX901^MR||A")
        #expect(details.nhsNumber == nil)
        #expect(details.key == PatientKey("ZX901|9990000018"))
    }

    @Test func `a number that fails its check is kept and flagged`() throws {
        let event = try event(try read(header("ADT^A31"), evn, "PID|1||4857773456^^^NHS^NH~123^^^X^MR||A"))
        #expect(event.flags == ["nhs-number-invalid"])
        #expect(event.patient?.nhsNumber == nil)
        #expect(event.patient?.identifiers == [Identifier(value: "4857773456", issuer: "NHS", type: "NH")])
    }

    @Test func `the status of the NHS number is read from PID-32 or the type`() throws {
        #expect(try patient("PID|1||9990000018^^^NHS||A" + String(repeating: "|", count: 27) + "NSTS02").nhsNumberStatus == "02")
        #expect(try patient("PID|1||9990000018^^^NHS||A" + String(repeating: "|", count: 27) + "\"\"~SUCC~04").nhsNumberStatus == "04")
        #expect(try patient("PID|1||9990000018^^^NHS^NH{status:03}||A").nhsNumberStatus == "03")
    }

    @Test func `the hospital's own number is the one of the best type, its issuer the sender's where none is named`() throws {
        #expect(
            try patient("PID|1||77^^^Person ID^Person ID~2589812^^^Case Note^CNN||A").local
                == Identifier(value: "2589812", issuer: "Case Note", type: "CNN"))
        #expect(try patient("PID|1||~B3159251^^^109^PI||A").key == PatientKey("109|B3159251"))
        #expect(try patient("PID|1||0012/3^^^^MRN||A").key == PatientKey("ZX901|0012/3"))
        #expect(try patient("PID|1||9990000018^^^NHS||A").key == PatientKey("NHS|9990000018"))
    }

    // MARK: Practice

    @Test(arguments: [
        ("PD1|||TESTMEAD^^L99901", "L99901", "PD1-3.3"), ("PD1|||TESTMEAD^^l99901", "L99901", "PD1-3.3"),
        ("PD1|||BRANCH^^X~TESTMEAD^^L99901", "L99901", "PD1-3.3"), ("PD1|||QVM^^^^^^^^^L99901", "L99901", "PD1-3.10"),
        ("PD1||||G1^SMITH^A^^1^L99901^DR S", "L99901", "PD1-4.6"), ("PD1|||L99901", "L99901", "PD1-3.1"),
        ("PD1|||BRANCH^^L99901002", "L99901", "PD1-3.3"),
    ])
    func `the practice is the first code in the profile's places`(pd1: String, code: String, field: String) throws {
        let details = try patient("PID|1||1^^^X^MR||A", pd1)
        #expect(details.practice.value?.rawValue == code)
        #expect(details.practiceField == field)
    }

    @Test func `a practice told not to be, or by no code, is null; not told is absent`() throws {
        #expect(try patient("PID|1||1^^^X^MR||A", "PD1|||NOT KNOWN^^V81999").practice == .null)
        #expect(try patient("PID|1||1^^^X^MR||A", "PD1|||FAMILY PRACTICE^^12345").practice == .null)
        #expect(try patient("PID|1||1^^^X^MR||A", "PD1|||\"\"").practice == .null)
        #expect(try patient("PID|1||1^^^X^MR||A", "PD1||||G1^SMITH").practice == .absent)
        #expect(try patient("PID|1||1^^^X^MR||A", "PD1|||\"\"^^\"\"").practice == .absent)
        #expect(try patient("PID|1||1^^^X^MR||A").practice == .absent)
    }

    @Test func `a cancel never takes a practice away`() throws {
        let event = try event(try read(header("ADT^A11"), evn, pid, "PD1|||YEW TREE^^L3", pv1))
        #expect(event.patient?.practice == .absent)
    }

    // MARK: Demographics

    @Test func `PID-30 decides about death, PID-29 where it is silent`() throws {
        func deceased(_ time: String, _ indicator: String) throws -> Told<Bool> {
            try patient("PID|1||1^^^X^MR||A" + String(repeating: "|", count: 24) + time + "|" + indicator).deceased
        }
        #expect(try deceased("", "Y") == .value(true))
        #expect(try deceased("", "YES") == .value(true))
        #expect(try deceased("20260101", "N") == .value(false))
        #expect(try deceased("202601012359", "") == .value(true))
        #expect(try deceased("202601012359", "\"\"") == .value(true))
        #expect(try deceased("", "") == .absent)
        #expect(try deceased("", "\"\"") == .null)
        #expect(try deceased("NSP", "") == .absent)
    }

    @Test(arguments: [
        ("19380412", "1938-04-12"), ("193804121530", "1938-04-12"), ("193804", "1938-04"), ("1938", "1938"),
        ("1928-01-01", "1928-01-01"),
    ])
    func `a date of birth is a date`(sent: String, born: String) throws {
        #expect(try patient("PID|1||1^^^X^MR||A||\(sent)").born == born)
    }

    @Test(arguments: ["196513121515", "00000000", "19000101", "18740101", "UNKNOWN"])
    func `a date of birth that is none is left out and flagged`(sent: String) throws {
        let event = try event(try read(header("ADT^A31"), evn, "PID|1||1^^^X^MR||A||\(sent)"))
        #expect(event.patient?.born == nil)
        #expect(event.flags == ["born-unreadable"])
    }

    @Test func `names by their types`() throws {
        let details = try patient(
            "PID|1||1^^^X^MR||OLD^ANN^^^^^PREVIOUS~TESTER^ANNE^MAY^^MRS^^L~TESTER^BILLIE^^^^^PREFERRED")
        #expect(details.name == PersonName(family: "TESTER", given: ["ANNE", "MAY"], prefix: "MRS"))
        #expect(details.preferredName == "BILLIE")
    }

    @Test func `PV1-16 and ZU8-4 restrict, either of them`() throws {
        func restricted(_ sensitivity: String, _ hiding: String) throws -> Told<Bool>? {
            try event(
                try read(msh, evn, pid, "PV1|1|I||||||||||||||\(sensitivity)|||SP1", "ZU8||||\(hiding)")
            ).patient?.restricted
        }
        #expect(try restricted("S", "") == .value(true))
        #expect(try restricted("N", "2") == .value(true))
        #expect(try restricted("N", "0") == .value(false))
        #expect(try restricted("", "") == .absent)
    }

    // MARK: Visit

    private func encounter(_ pv1: String, _ trigger: String = "A01", _ more: String = "NTE|") throws -> EncounterDetails {
        try #require(try event(try read(header("ADT^\(trigger)"), evn, pid, pv1, more)).encounter)
    }

    @Test func `the visit number has its issuer, else the sender's`() throws {
        #expect(try encounter("PV1|1|I" + String(repeating: "|", count: 17) + "909127805^^\"\"^NOC-Attendance^VISITID").key
            == EncounterKey(issuer: "NOC-Attendance", number: "909127805"))
        #expect(try encounter("PV1|1|I" + String(repeating: "|", count: 17) + "877511").key
            == EncounterKey(issuer: "ZX901", number: "877511"))
        #expect(try encounter("PV1|1|I" + String(repeating: "|", count: 17) + "124301137^^\"\"^^VISITID").key
            == EncounterKey(issuer: "ZX901", number: "124301137"))
    }

    @Test(arguments: [
        ("I", EncounterClass.inpatient), ("INPATIENT", .inpatient), ("Inpatient", .inpatient), ("B", .inpatient),
        ("C", .inpatient), ("E", .emergency), ("EMERGENCY", .emergency), ("O", .outpatient), ("P", .preadmit),
        ("WAITLIST", .preadmit), ("DAY CASE", .daycase), ("DAYCASE", .daycase), ("R", .other),
    ])
    func `classes by letter and by word`(sent: String, told: EncounterClass) throws {
        #expect(try encounter("PV1|1|\(sent)|||||||||||||||||SP1").encounterClass == told)
    }

    @Test func `a class that says nothing is not told; an unknown one is flagged and kept as sent`() throws {
        #expect(try encounter("PV1|1|N|||||||||||||||||SP1").encounterClass == nil)
        let event = try event(try read(msh, evn, pid, "PV1|1|ZZZ|||||||||||||||||SP1"))
        #expect(event.encounter?.encounterClass == nil && event.encounter?.classText == "ZZZ")
        #expect(event.flags == ["class-unknown"])
    }

    @Test func `an inpatient by PV1-2 may be a day case by PV1-18 or ZU1-2`() throws {
        #expect(try encounter("PV1|1|I||||||||||||||||DAY CASE|SP1").encounterClass == .daycase)
        #expect(try encounter("PV1|1|I||11|||||||||||||||SP1", "A01", "ZU1||2").encounterClass == .daycase)
        #expect(try encounter("PV1|1|I||21|||||||||||||||SP1", "A01", "ZU1||2").encounterClass == .inpatient)
        #expect(try encounter("PV1|1|I||11|||||||||||||||SP1", "A01", "ZU1||1").encounterClass == .inpatient)
        #expect(try encounter("PV1|1|I||||||||||||||||EMERGENCY|SP1", "A04").encounterClass == .emergency)
        #expect(try encounter("PV1|1|I||||||||||||||||EMERGENCY|SP1", "A01").encounterClass == .inpatient)
    }

    @Test func `the ward is in the first component, or in the second behind the organisation`() throws {
        func location(_ sent: String, profile: SenderProfile = .ukDefault) throws -> HospitalLocation? {
            try event(try read(msh, evn, pid, "PV1|1|I|\(sent)||||||||||||||||SP1", profile: profile)).encounter?.location.value
        }
        #expect(try location("W7^B6^04^RXX01^^BED^MAIN") == HospitalLocation(site: "RXX01", ward: "W7", bay: "B6", bed: "04"))
        #expect(try location("RCB^OBS1^BAY2-6^RCB55") == HospitalLocation(site: "RCB55", ward: "OBS1", bed: "BAY2-6"))
        #expect(try location("J-ED^\"\"^\"\"^John Radcliffe") == HospitalLocation(site: "John Radcliffe", ward: "J-ED"))
        #expect(try location("FISK^1^^LD^^^^^Fiske Ward") == HospitalLocation(site: "LD", ward: "FISK", bay: "1", description: "Fiske Ward"))
        #expect(try location("East Wing^ENT^BED15^RCB55", profile: .itk) == HospitalLocation(site: "RCB55", ward: "ENT", bed: "BED15"))
        #expect(try location("\"\"^\"\"^\"\"^\"\"") == nil)
    }

    @Test func `the admission method is the NHS code, a letter of HL7, or as sent`() throws {
        func method(_ sent: String) throws -> Told<String> { try encounter("PV1|1|I||\(sent)|||||||||||||||SP1").admissionMethod }
        #expect(try method("21") == "21")
        #expect(try method("2B") == "2B")
        #expect(try method("28b") == "28b")
        #expect(try method("E") == "21")
        #expect(try method("U") == .absent)
        #expect(try method(#"Emergency-A\T\E/Dental"#) == "21")
        #expect(try method("Elect Wait") == "Elect Wait")
        #expect(try method("~31") == "31")
        #expect(try method("\"\"") == .null)
    }

    @Test func `PV1-36 is a method, a destination or a disposal, by value and class`() throws {
        func ends(_ told: String, _ disposition: String, _ destination: String) throws -> EncounterDetails {
            try encounter("PV1|1|\(told)|||||||||||||||||SP1" + String(repeating: "|", count: 17) + "\(disposition)|\(destination)", "A03")
        }
        let method = try ends("I", "4", "79")
        #expect(method.dischargeMethod == "4" && method.dischargeDestination == "79" && method.disposal == .absent)
        let destination = try ends("I", "19", "")
        #expect(destination.dischargeMethod == .absent && destination.dischargeDestination == "19")
        let disposal = try ends("E", "4", "")
        #expect(disposal.dischargeMethod == .absent && disposal.disposal == "4")
        let local = try ends("I", "3768737", "48")
        #expect(local.disposition == "3768737" && local.dischargeDestination == "48")
        #expect(try ends("O", "4", "").dischargeMethod == .absent)
    }

    @Test func `the reason is PV2-3 in words, else the diagnosis`() throws {
        let pv1 = "PV1|1|I|||||||||||||||||SP1"
        #expect(try encounter(pv1, "A01", "PV2|||^FALL, CONFUSED").reason == "FALL, CONFUSED")
        #expect(try encounter(pv1, "A01", "DG1|1||R29.6^Tendency to fall^I10").reason == "Tendency to fall")
        #expect(try encounter(pv1, "A01", "PV2|||\"\"").reason == .null)
    }

    @Test func `the consultant is PV1-9, else PV1-7`() throws {
        #expect(try encounter("PV1|1|I|||||C1^ATTEND^A||||||||||||SP1").consultant == .value(Clinician(code: "C1", name: "A ATTEND")))
        #expect(
            try encounter("PV1|1|I|||||C1^ATTEND||\"\"^X~C2^CONSULT^B^^^MR||||||||||SP1").consultant.value?.name == "X")
        #expect(try encounter("PV1|1|I|||||\"\"||||||||||||SP1").consultant == .null)
    }

    @Test func `null counts by the HL7 rule, and not where the profile says that it means nothing`() throws {
        var quiet = SenderProfile.ukDefault
        quiet.nullSemantics = .ignore
        let pv1 = "PV1|1|I|\"\"|||||||\"\"|||||||||SP1"
        let told = try event(try read(header("ADT^A08"), evn, pid, pv1)).encounter
        #expect(told?.location == .null && told?.specialty == .null)
        let silent = try event(try read(header("ADT^A08"), evn, pid, pv1, profile: quiet)).encounter
        #expect(silent?.location == .absent && silent?.specialty == .absent)
        let cancel = try event(try read(header("ADT^A13"), evn, pid, pv1)).encounter
        #expect(cancel?.location == .absent && cancel?.specialty == .absent)
    }

    // MARK: Time

    @Test func `the time of an event follows the chain of its kind`() throws {
        func occurred(_ trigger: String, _ evn: String, _ pv1: String) throws -> TimeField? {
            try event(try read(header("ADT^\(trigger)"), evn, pid, pv1)).occurredField
        }
        let bare = "PV1|1|I|||||||||||||||||SP1"
        let full = bare + String(repeating: "|", count: 25) + "20260110211500|20260112"
        #expect(try occurred("A01", evn, full) == .admitted)
        #expect(try occurred("A01", evn, bare) == .happened)
        #expect(try occurred("A01", "EVN|A01|20260110212955", bare) == .recorded)
        #expect(try occurred("A01", "EVN|A01", bare) == .sent)
        #expect(try occurred("A02", evn, full) == .happened)
        #expect(try occurred("A03", evn, full) == .discharged)
        #expect(try occurred("A08", evn, full) == .happened)
    }

    @Test func `a local time that happened twice is flagged and kept as sent`() throws {
        let event = try event(
            try read(
                #"MSH|^~\&|PAS|ZX901|X|X|20261025013500||ADT^A01|1|P|2.4"#, "EVN|A01|20261025013500", pid,
                "PV1|1|I" + String(repeating: "|", count: 17) + "SP1" + String(repeating: "|", count: 25) + "20261025013000"))
        #expect(event.flags == ["time-ambiguous"])
        #expect(event.encounter?.admittedAt?.isAmbiguous == true)
        #expect(event.encounter?.admittedAt?.text == "20261025013000")
    }

    @Test func `a time that is none is flagged and not told`() throws {
        for sent in ["00000000", "20261301", "99991231", "NEVER"] {
            let event = try event(
                try read(msh, "EVN|A01|\(sent)", pid, "PV1|1|I" + String(repeating: "|", count: 17) + "SP1"))
            #expect(event.telling.recordedField == .sent)
            #expect(event.flags == ["time-unreadable"])
        }
    }

    @Test func `a message without any time is read, flagged`() throws {
        let event = try event(try read(#"MSH|^~\&|PAS|ZX901|X|X|||ADT^A01|1|P|2.4"#, "EVN|A01", pid, "PV1|1|I" + String(repeating: "|", count: 17) + "SP1"))
        #expect(event.flags == ["time-missing"])
        #expect(event.occurred == nil)
    }

    @Test func `a profile may take MSH-7 for the time of recording`() throws {
        var profile = SenderProfile.ukDefault
        profile.recordedTime = .messageMade
        let event = try event(try read(msh, evn, pid, pv1, profile: profile))
        #expect(event.telling.recordedAt.instant == Instant(iso8601: "2026-01-10T21:30:05Z"))
        #expect(event.telling.recordedField == .sent)
    }

    // MARK: Text

    @Test func `escapes and other character sets come through`() throws {
        let bytes = Array(
            [msh, evn, #"PID|1||1^^^X^MR||O\T\B "Q"^ZO"#].joined(separator: "\r").utf8) + [0xEB, 0x0D] + Array(pv1.utf8)
        let event = try event(ADTReader(profile: .ukDefault).read(try HL7Message(bytes)))
        #expect(event.patient?.name == PersonName(family: #"O&B "Q""#, given: ["ZOë"]))
    }

    @Test func `other delimiters than the usual are read`() throws {
        let text = [msh, evn, pid, pv1].joined(separator: "\r")
            .replacing("^", with: "!").replacing("|", with: "*").replacing("~", with: "@")
        let event = try event(ADTReader(profile: .ukDefault).read(try HL7Message(text)))
        #expect(event.patient?.nhsNumber?.digits == "9990000018")
        #expect(event.encounterKey == EncounterKey(issuer: "ZX901", number: "SP1"))
    }
}
