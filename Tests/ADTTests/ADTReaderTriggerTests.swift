import ADT
import Admissions
import EventSourcing
import HL7v2
import Testing

/// What each trigger event of domain.md 1.2 is read as.
@Suite struct ADTReaderTriggerTests {
    private let pid = "PID|1||9990000018^^^NHS^NH~123^^^ZX901^MR||TESTER^ANNE"
    private let evn = "EVN||20260110212955||||20260110211600"

    private func pv1(_ number: String = "SP1", _ more: [Int: String] = [:]) -> String {
        segment("PV1", [1: "1", 2: "I", 19: number].merging(more) { $1 })
    }

    /// A segment with its fields by number.
    private func segment(_ name: String, _ fields: [Int: String]) -> String {
        name + (1...(fields.keys.max() ?? 1)).map { "|" + (fields[$0] ?? "") }.joined()
    }

    private func header(_ code: String) -> String {
        #"MSH|^~\&|PAS|ZX901|X|X|20260110213005||\#(code)|1|P|2.4"#
    }

    private func read(
        _ trigger: String, _ segments: String..., profile: SenderProfile = .ukDefault, isLive: Bool = false
    ) throws -> Reading {
        let text = ([header("ADT^" + trigger), evn] + segments).joined(separator: "\r")
        let reading = ADTReader(profile: profile, isLive: isLive).read(try HL7Message(text))
        for event in reading.events {
            let back = try AdmissionEvent(type: event.type, payload: event.payload)
            #expect(back.newEvent == event)
        }
        return reading
    }

    private func events(_ reading: Reading) throws -> [AdmissionEvent] {
        #expect(reading.disposition == .read && reading.answer == .accept && reading.reason == nil)
        return try reading.events.map { try AdmissionEvent(type: $0.type, payload: $0.payload) }
    }

    private func event(_ reading: Reading) throws -> AdmissionEvent {
        #expect(reading.events.count == 1)
        return try #require(try events(reading).first)
    }

    private func quarantined(_ reading: Reading) -> ReasonCode? {
        reading.disposition == .quarantined && reading.answer == .accept ? reading.reason : nil
    }

    private func local(_ value: String, issuer: String = "ZX901", type: String = "MR") -> Identifier {
        Identifier(value: value, issuer: issuer, type: type)
    }

    private func visit(_ number: String, issuer: String = "ZX901") -> EncounterKey {
        EncounterKey(issuer: issuer, number: number)
    }

    // MARK: One event of one encounter or patient

    private static let ofEncounters: [(String, AdmissionEvent.Kind)] = [
        ("A01", .admitted), ("A02", .transferred), ("A03", .discharged), ("A04", .registered), ("A05", .preadmitted),
        ("A06", .becameInpatient), ("A07", .becameOutpatient), ("A08", .updated), ("A11", .admissionCancelled),
        ("A12", .transferCancelled), ("A13", .dischargeCancelled), ("A14", .preadmitted), ("A15", .transferPlanned),
        ("A16", .dischargePlanned), ("A17", .transferred), ("A21", .leaveStarted), ("A22", .leaveEnded),
        ("A23", .deleted), ("A25", .dischargePlanCancelled), ("A26", .transferPlanCancelled),
        ("A27", .preadmissionCancelled), ("A38", .preadmissionCancelled), ("A52", .leaveStartCancelled),
        ("A53", .leaveEndCancelled), ("A54", .clinicianChanged), ("A55", .clinicianChangeCancelled),
        ("A61", .clinicianChanged), ("A62", .clinicianChangeCancelled),
    ]

    @Test(arguments: ofEncounters)
    func `a trigger event about a visit gives one event of its encounter`(trigger: String, kind: AdmissionEvent.Kind)
        throws
    {
        let reading = try read(trigger, pid, pv1())
        let event = try event(reading)
        #expect(reading.trigger == "ADT^" + trigger && event.telling.trigger == trigger)
        #expect(event.kind == kind)
        #expect(event.stream == StreamName("encounter:ZX901|SP1"))
        #expect(event.patientKey == PatientKey("ZX901|123"))
        #expect(event.prior == nil && event.flags.isEmpty)
    }

    @Test(arguments: ofEncounters)
    func `a trigger event about a visit needs its number`(trigger: String, kind: AdmissionEvent.Kind) throws {
        #expect(quarantined(try read(trigger, pid, pv1(""))) == .visitNumberMissing)
        guard kind != .updated else { return }
        #expect(quarantined(try read(trigger, pid)) == .pv1Missing)
    }

    @Test(arguments: [
        ("A28", AdmissionEvent.Kind.patientAdded), ("A29", .patientRemoved), ("A31", .patientUpdated),
    ])
    func `a trigger event about a person needs no visit`(trigger: String, kind: AdmissionEvent.Kind) throws {
        for segments in [[pid], [pid, pv1("")], [pid, pv1()]] {
            let event = try event(try read(trigger, segments.joined(separator: "\r")))
            #expect(event.kind == kind && event.encounter == nil && event.prior == nil)
            #expect(event.stream == StreamName("patient:ZX901|123"))
        }
    }

    @Test(arguments: [
        "A09", "A10", "A18", "A20", "A24", "A30", "A32", "A33", "A37", "A39", "A41", "A48", "A49", "A51", "A60",
    ])
    func `a trigger event without effect is kept, accepted and counted`(trigger: String) throws {
        let reading = try read(trigger)
        #expect(reading.disposition == .kept && reading.answer == .accept)
        #expect(reading.reason == .triggerWithoutEffect && reading.place == "MSH-9.2")
        #expect(reading.trigger == "ADT^" + trigger)
        #expect(reading.events.map(\.type) == ["message.kept.v1"])
        #expect(reading.events[0].stream == StreamName("message"))
    }

    @Test func `a query is refused with 201`() throws {
        let reading = try read("A19")
        #expect(reading.disposition == .refused && reading.reason == .query)
        #expect(reading.answer == .reject(errorCode: 201, text: "unsupported event code"))
        #expect(reading.events.map(\.type) == ["message.refused.v1"])
    }

    @Test(arguments: ["A00", "A56", "A63", "A99", "B01", "A1", "A001", "AXX"])
    func `a trigger event that nobody knows is quarantined`(trigger: String) throws {
        #expect(quarantined(try read(trigger, pid, pv1())) == .triggerNotSupported)
    }

    @Test func `MSH-9 in lower case is the same, and MSH-9 wins over EVN-1`() throws {
        let reader = ADTReader(profile: .ukDefault)
        let lower = reader.read(try HL7Message([header("adt^a03"), evn, pid, pv1()].joined(separator: "\r")))
        #expect(lower.trigger == "ADT^A03" && lower.events.map(\.type) == ["encounter.discharged.v1"])
        let conflict = [header("ADT^A03"), "EVN|A01|20260110212955", pid, pv1()].joined(separator: "\r")
        #expect(reader.read(try HL7Message(conflict)).events.map(\.type) == ["encounter.discharged.v1"])
    }

    // MARK: A05, A14, A16

    @Test(arguments: ["A05", "A14"])
    func `the day a person is expected is no time at which anything took place`(trigger: String) throws {
        let event = try event(try read(trigger, pid, pv1(), segment("PV2", [8: "20260301"])))
        #expect(event.encounter?.expectedAdmission == "2026-03-01")
        #expect(event.occurredField == .recorded)
    }

    @Test func `an expected discharge is a date`() throws {
        let event = try event(try read("A16", pid, pv1(), segment("PV2", [9: "202601151200"])))
        #expect(event.encounter?.expectedDischarge == "2026-01-15")
    }

    // MARK: A06

    @Test func `an A06 under a new number tells of both visits`() throws {
        let reading = try read("A06", pid, pv1("IP2", [3: "W7"]), segment("MRG", [1: "123^^^ZX901^MR", 5: "AE1"]))
        let told = try events(reading)
        #expect(told.map(\.kind) == [.becameInpatient, .continued])
        #expect(told[0].encounterKey == visit("IP2") && told[0].prior == PriorIdentity(encounter: visit("AE1")))
        #expect(told[0].encounter?.location.value?.ward == "W7")
        #expect(told[1].encounter == EncounterDetails(number: "AE1", issuer: "ZX901"))
        #expect(told[1].prior == PriorIdentity(encounter: visit("IP2")))
        #expect(told.map(\.patientKey) == [PatientKey("ZX901|123"), PatientKey("ZX901|123")])
        #expect(reading.events.map(\.stream.rawValue) == ["encounter:ZX901|IP2", "encounter:ZX901|AE1"])
    }

    @Test(arguments: ["MRG|123", "MRG|123||||SP1", "MRG|123||||SP1^^^ZX901", "MRG|123||||\"\""])
    func `an A06 that names no other visit tells of one`(mrg: String) throws {
        let event = try event(try read("A06", pid, pv1(), mrg))
        #expect(event.kind == .becameInpatient && event.prior == nil)
    }

    @Test func `an A06 took place when EVN-6 says, whatever PV1-44 says`() throws {
        let event = try event(try read("A06", pid, pv1("SP1", [44: "20260110100000"])))
        #expect(event.occurredField == .happened)
        #expect(event.encounter?.admittedAt?.instant == Instant(iso8601: "2026-01-10T10:00:00Z"))
    }

    // MARK: A17

    @Test func `a swap of beds is two transfers`() throws {
        let reading = try read(
            "A17", pid, "PD1|||A^^L99901", pv1("SP1", [3: "W1^^1"]), "PID|1||456^^^ZX901^MR||OTHER^ANN",
            "PD1|||B^^L99902", pv1("SP2", [3: "W2^^2"]))
        let told = try events(reading)
        #expect(told.map(\.kind) == [.transferred, .transferred])
        #expect(told.map(\.encounterKey) == [visit("SP1"), visit("SP2")])
        #expect(told.map(\.patientKey) == [PatientKey("ZX901|123"), PatientKey("ZX901|456")])
        #expect(told.map { $0.encounter?.location.value?.ward } == ["W1", "W2"])
        #expect(told.map { $0.patient?.practice.value?.rawValue } == ["L99901", "L99902"])
        #expect(told.allSatisfy { $0.telling.controlID == "1" && $0.telling.trigger == "A17" })
    }

    @Test func `half a swap is none`() throws {
        let reading = try read("A17", pid, pv1("SP1"), "PID|1||456^^^ZX901^MR", pv1(""))
        #expect(quarantined(reading) == .visitNumberMissing)
        #expect(reading.events.map(\.type) == ["message.quarantined.v1"])
    }

    // MARK: Leave, consultants

    @Test(arguments: ["A02", "A07", "A12", "A21", "A22", "A52", "A53"])
    func `moves and leave took place when EVN-6 says, else EVN-2, else MSH-7`(trigger: String) throws {
        let reader = ADTReader(profile: .ukDefault)
        func field(_ evn: String) throws -> TimeField? {
            let text = [header("ADT^" + trigger), evn, pid, pv1("SP1", [44: "20260101", 45: "20260102"])]
            return try event(reader.read(try HL7Message(text.joined(separator: "\r")))).occurredField
        }
        #expect(try field("EVN||20260110212955||||20260110211600") == .happened)
        #expect(try field("EVN||20260110212955") == .recorded)
        #expect(try field("EVN|") == .sent)
    }

    @Test func `A54 and A55 are about PV1-7, all others about PV1-9`() throws {
        func consultant(_ trigger: String, _ fields: [Int: String]) throws -> String? {
            try event(try read(trigger, pid, pv1("SP1", fields))).encounter?.consultant.value?.code
        }
        for (trigger, both, other) in [
            ("A54", "C7", "C9"), ("A55", "C7", "C9"), ("A61", "C9", "C7"), ("A62", "C9", "C7"), ("A08", "C9", "C7"),
        ] {
            #expect(try consultant(trigger, [7: "C7", 9: "C9"]) == both)
            #expect(try consultant(trigger, [both == "C7" ? 9 : 7: other]) == other)
        }
    }

    // MARK: Null values

    @Test(arguments: [
        "A11", "A12", "A13", "A23", "A25", "A26", "A27", "A38", "A52", "A53", "A55", "A62",
    ])
    func `a cancel nulls nothing`(trigger: String) throws {
        let event = try event(
            try read(
                trigger, pid + #"|||""|||"""# + #"||"""#, #"PD1|||""|"""#,
                pv1("SP1", [3: #""""#, 4: #""""#, 9: #""""#, 10: #""""#, 36: #""""#, 37: #""""#, 45: #""""#]),
                segment("PV2", [3: #""""#, 9: #""""#])))
        #expect(event.encounter == EncounterDetails(number: "SP1", issuer: "ZX901", encounterClass: .inpatient))
        #expect(event.patient?.address == .absent && event.patient?.phones == .absent)
        #expect(event.patient?.practice == .absent && event.patient?.gp == .absent)
    }

    @Test(arguments: ["A29", "A40", "A34", "A43", "A46", "A47"])
    func `what is about who is whom nulls nothing`(trigger: String) throws {
        let event = try event(
            try read(trigger, pid + #"|||""|||"""# + #"||"""#, #"PD1|||""|"""#, "MRG|456^^^ZX901^MR"))
        #expect(event.patient?.address == .absent && event.patient?.phones == .absent)
        #expect(event.patient?.practice == .absent && event.patient?.gp == .absent)
    }

    // MARK: A34, A40, A43, A46, A47

    private static let ofPatients: [(String, AdmissionEvent.Kind)] = [
        ("A34", .patientMerged), ("A40", .patientMerged), ("A43", .patientMoved), ("A46", .patientRenumbered),
        ("A47", .patientRenumbered),
    ]

    @Test(arguments: ofPatients)
    func `PID is who MRG-1 was`(trigger: String, kind: AdmissionEvent.Kind) throws {
        for more in [[], [pv1()], [pv1("")]] {
            let event = try event(try read(trigger, ([pid, "MRG|456^^^ZX901^MR"] + more).joined(separator: "\r")))
            #expect(event.kind == kind && event.encounter == nil)
            #expect(event.stream == StreamName("patient:ZX901|123"))
            #expect(event.patient?.nhsNumber?.digits == "9990000018" && event.patient?.name?.family == "TESTER")
            #expect(event.prior == PriorIdentity(identifiers: [local("456")]))
        }
    }

    @Test(arguments: ofPatients + [("A36", .patientMerged), ("A44", .moved), ("A45", .moved)])
    func `without who it was the message waits`(trigger: String, kind: AdmissionEvent.Kind) throws {
        func reading(_ mrg: String...) throws -> Reading {
            try read(trigger, ([pid] + mrg + [pv1()]).joined(separator: "\r"))
        }
        #expect(quarantined(try reading()) == .mergeMissing)
        #expect(try reading().place == "MRG")
        for mrg in ["MRG|", "MRG|\"\"", "MRG|^^^ZX901^MR", "MRG|UNKNOWN^^^ZX901^MR", "MRG|12^^^NHS^NH", "MRG|||||SP1"] {
            #expect(quarantined(try reading(mrg)) == .priorIdentifierMissing)
            #expect(try reading(mrg).place == "MRG-1")
        }
        for mrg in ["MRG|123^^^ZX901^MR", "MRG|123", "MRG|123~9990000018^^^NHS", "MRG|123~123^^^ZX901^MR"] {
            #expect(quarantined(try reading(mrg)) == .mergeIntoItself)
            #expect(try reading(mrg).place == "MRG-1")
        }
        #expect(quarantined(try read(trigger, "PID|1||^^^ZX901", "MRG|1", pv1())) == .patientIdentifierMissing)
        #expect(quarantined(try read(trigger, "MRG|1", pv1())) == .pidMissing)
    }

    private func prior(_ pid3: String, _ mrg1: String) throws -> PriorIdentity? {
        try event(try read("A40", "PID|1||" + pid3, "MRG|" + mrg1)).prior
    }

    @Test func `those of MRG-1 count that pair with the patient's own number`() throws {
        let own = "123^^^ZX901^MR"
        #expect(try prior(own, "7^^^ZX901^MR~8^^^ZX902^MR~9^^^ZX901^PI") == PriorIdentity(identifiers: [local("7")]))
        #expect(
            try prior(own, "9^^^ZX901^PI~8^^^ZX902^MR") == PriorIdentity(identifiers: [local("9", type: "PI")]))
        #expect(
            try prior(own, "8^^^ZX902^MR~77^^^X^Person ID")
                == PriorIdentity(identifiers: [local("8", issuer: "ZX902")]))
        #expect(
            try prior(own, "7^^^ZX901^MR~6^^^ZX901^MR~7^^^ZX901^MR")
                == PriorIdentity(identifiers: [local("7"), local("6")]))
        #expect(try prior(own, "123^^^ZX901^MR~7^^^ZX901^MR") == PriorIdentity(identifiers: [local("7")]))
        #expect(try prior("123^^^^MR", "7^^^^MR") == PriorIdentity(identifiers: [local("7")]))
    }

    @Test func `a bare number in MRG-1 is of the kind of the patient's own`() throws {
        #expect(
            try prior("123^^^NOC-MRN^MRN", "456")
                == PriorIdentity(identifiers: [local("456", issuer: "NOC-MRN", type: "MRN")]))
        #expect(
            try prior("123^^^NOC-MRN^MRN", "456^^^^MRN")
                == PriorIdentity(identifiers: [local("456", issuer: "NOC-MRN", type: "MRN")]))
        #expect(
            try prior("123^^^HOSP_A", "456^^^HOSP_A")
                == PriorIdentity(identifiers: [local("456", issuer: "HOSP_A", type: "")]))
        #expect(
            try prior("123^^^NOC-MRN^MRN", "456^^^NOC-MRN")
                == PriorIdentity(identifiers: [local("456", issuer: "NOC-MRN", type: "")]))
    }

    @Test func `an NHS number in MRG-1 names a patient where no other number does`() throws {
        let number = NHSNumber("9990000026")
        let own = "123^^^ZX901^MR~9990000018^^^NHS"
        let with = try prior(own, "456^^^ZX901^MR~9990000026^^^NHS^NH")
        #expect(with == PriorIdentity(identifiers: [local("456")], nhsNumber: number))
        #expect(with?.patients == [PatientKey("ZX901|456")])
        #expect(try prior(own, "9990000026^^^NHS^NH") == PriorIdentity(nhsNumber: number))
        #expect(
            try prior(own, "9990000026^^^&2.16.840.1.113883.2.1.4.1&ISO")?.patients == [PatientKey("NHS|9990000026")])
        #expect(
            try prior("9990000018^^^NHS", "22789^^^LOCALID")
                == PriorIdentity(identifiers: [local("22789", issuer: "LOCALID", type: "")]))
        #expect(quarantined(try read("A40", "PID|1||9990000018^^^NHS", "MRG|9990000018^^^NHS")) == .mergeIntoItself)
    }

    @Test func `one event for each merge of a message, or none at all`() throws {
        let other = "PID|2||321^^^ZX901^MR||OTHER^ANN"
        let told = try events(try read("A40", pid, "PD1|||A^^L99901", "MRG|456", pv1(), other, "MRG|654"))
        #expect(told.map(\.patientKey) == [PatientKey("ZX901|123"), PatientKey("ZX901|321")])
        #expect(
            told.map(\.prior) == [
                PriorIdentity(identifiers: [local("456")]), PriorIdentity(identifiers: [local("654")]),
            ])
        #expect(told.map { $0.patient?.practice.value?.rawValue } == ["L99901", nil])
        #expect(quarantined(try read("A40", pid, "MRG|456", other)) == .mergeMissing)
        #expect(quarantined(try read("A40", pid, "MRG|456", other, "MRG|")) == .priorIdentifierMissing)
        #expect(quarantined(try read("A40", pid, "MRG|456", "PID|2||", "MRG|654")) == .patientIdentifierMissing)
    }

    @Test func `several MRG under one PID are several merges`() throws {
        let told = try events(try read("A34", pid, "MRG|456", "MRG|654"))
        #expect(told.map(\.patientKey) == [PatientKey("ZX901|123"), PatientKey("ZX901|123")])
        #expect(told.map { $0.prior?.identifiers.first?.value } == ["456", "654"])
    }

    @Test func `more groups than anybody sends are not read`() throws {
        let groups = (1...101).flatMap { ["PID|1||A\($0)^^^ZX901^MR", "MRG|B\($0)"] }
        #expect(try events(try read("A40", groups.prefix(200).joined(separator: "\r"))).count == 100)
        #expect(quarantined(try read("A40", groups.joined(separator: "\r"))) == .groupsTooMany)
    }

    @Test func `groups keep the message's own delimiters, line ends and case`() throws {
        let text = [header("ADT^A40"), evn, pid, "MRG|456", "PID|2||321^^^ZX901^MR||SMI\\T\\TH", "MRG|654"]
            .joined(separator: "\r\n").replacing("^", with: "!").replacing("|", with: "*")
        let told = try events(ADTReader(profile: .ukDefault).read(try HL7Message(text)))
        #expect(told.map(\.patientKey) == [PatientKey("ZX901|123"), PatientKey("ZX901|321")])
        #expect(told[1].patient?.name?.family == "SMI&TH")
        let lower = [
            header("ADT^A40").replacing("MSH", with: "msh"), "pid|1||1^^^X^MR", "mrg|2", "pid|1||3^^^X^MR", "mrg|4",
        ]
        #expect(
            try events(ADTReader(profile: .ukDefault).read(try HL7Message(lower.joined(separator: "\r")))).count == 2)
    }

    // MARK: A35, A42, A50, A36

    private static let ofVisits: [(String, AdmissionEvent.Kind)] = [
        ("A35", .merged), ("A42", .merged), ("A50", .renumbered),
    ]

    @Test(arguments: ofVisits)
    func `the visit is what MRG-5 was`(trigger: String, kind: AdmissionEvent.Kind) throws {
        let event = try event(try read(trigger, pid, "MRG|123||||SP0", pv1("SP1", [3: "W7"])))
        #expect(event.kind == kind)
        #expect(event.stream == StreamName("encounter:ZX901|SP1"))
        #expect(event.encounter == EncounterDetails(number: "SP1", issuer: "ZX901"))
        #expect(event.prior == PriorIdentity(encounter: visit("SP0")))
    }

    @Test(arguments: ofVisits)
    func `visits are named by account where no visit is`(trigger: String, kind: AdmissionEvent.Kind) throws {
        func keys(_ account: String, _ mrg: String, _ more: String = "NTE|") throws -> [EncounterKey?] {
            let told = try event(try read(trigger, segment("PID", [3: "123^^^ZX901^MR", 18: account]), mrg, more))
            return [told.encounterKey, told.prior?.encounter]
        }
        #expect(try keys("F1", "MRG|||F0") == [visit("F1"), visit("F0")])
        #expect(
            try keys("F1^^^FIN", "MRG|||F0^^^FIN||V0^^^VISIT") == [
                visit("F1", issuer: "FIN"), visit("F0", issuer: "FIN"),
            ])
        #expect(
            try keys("F1^^^FIN", "MRG|||F0^^^FIN||V0^^^VISIT", pv1("V1^^^VISIT"))
                == [visit("V1", issuer: "VISIT"), visit("V0", issuer: "VISIT")])
        #expect(
            try keys("", "MRG|||||V0", pv1("V1^^^VISIT")) == [
                visit("V1", issuer: "VISIT"), visit("V0", issuer: "VISIT"),
            ])
        #expect(try keys("", "MRG|||F0", pv1("V1")) == [visit("V1"), visit("F0")])
    }

    @Test(arguments: ofVisits)
    func `a merge of visits without both waits`(trigger: String, kind: AdmissionEvent.Kind) throws {
        #expect(quarantined(try read(trigger, pid, pv1())) == .mergeMissing)
        #expect(quarantined(try read(trigger, pid, "MRG|123", pv1())) == .priorVisitMissing)
        #expect(try read(trigger, pid, "MRG|123", pv1()).place == "MRG-5")
        #expect(quarantined(try read(trigger, pid, "MRG|123||||N/A", pv1())) == .priorVisitMissing)
        #expect(quarantined(try read(trigger, pid, "MRG|123||||SP0")) == .visitNumberMissing)
        #expect(quarantined(try read(trigger, pid, "MRG|123||||SP1", pv1())) == .visitMergeIntoItself)
        #expect(try read(trigger, pid, "MRG|123||||SP1", pv1()).place == "MRG-5")
    }

    @Test(arguments: ofVisits)
    func `a merge of visits of two patients waits`(trigger: String, kind: AdmissionEvent.Kind) throws {
        for mrg in [
            "MRG|456", "MRG|456^^^ZX901^MR", "MRG|456^^^ZX901^PI", "MRG|456~9990000026^^^NHS", "MRG|9990000026^^^NHS",
        ] {
            let reading = try read(trigger, pid, mrg + "||||SP0", pv1())
            #expect(quarantined(reading) == .visitOfAnotherPatient && reading.place == "MRG-1")
        }
        let several = "PID|1||123^^^ZX901^MR~456^^^ZX901^MR~9990000018^^^NHS"
        for mrg in ["MRG|456", "MRG|789~123", "MRG|789~9990000018^^^NHS", "MRG|", "MRG|789^^^ELSEWHERE^MR"] {
            #expect(try event(try read(trigger, several, mrg + "||||SP0", pv1())).kind == kind)
        }
        #expect(try event(try read(trigger, "PID|1||9990000018^^^NHS", "MRG|456||||SP0", pv1())).kind == kind)
    }

    @Test(arguments: ofVisits)
    func `a merge of the accounts behind a visit is kept`(trigger: String, kind: AdmissionEvent.Kind) throws {
        let reading = try read(
            trigger, segment("PID", [3: "123^^^ZX901^MR", 18: "F1^^^FIN"]), "MRG|||F0^^^FIN||SP1^^^VISIT",
            pv1("SP1^^^VISIT"))
        #expect(reading.disposition == .kept && reading.reason == .triggerWithoutEffect)
    }

    @Test func `an A36 joins patients and visits`() throws {
        let told = try events(try read("A36", pid, "MRG|456||||SP0", pv1()))
        #expect(told.map(\.kind) == [.patientMerged, .merged])
        #expect(told[0].prior == PriorIdentity(identifiers: [local("456")]) && told[0].encounter == nil)
        #expect(told[1].prior == PriorIdentity(encounter: visit("SP0")) && told[1].encounterKey == visit("SP1"))
    }

    @Test func `an A36 that names one of both joins that`() throws {
        #expect(try event(try read("A36", pid, "MRG|456")).kind == .patientMerged)
        #expect(try event(try read("A36", pid, "MRG|456||||SP1", pv1())).kind == .patientMerged)
        #expect(try event(try read("A36", pid, "MRG|456", pv1())).kind == .patientMerged)
        #expect(try event(try read("A36", pid, "MRG|123||||SP0", pv1())).kind == .merged)
    }

    // MARK: A44, A45

    @Test func `an A44 names the visit in MRG-5, else MRG-3, else PV1-19, else PID-18`() throws {
        func moved(_ mrg: String, _ more: String = "NTE|", account: String = "") throws -> AdmissionEvent {
            try event(try read("A44", segment("PID", [3: "123^^^ZX901^MR", 18: account]), mrg, more))
        }
        let told = try moved("MRG|456^^^ZX901^MR||F1^^^FIN||SP1^^^VISIT", account: "F1^^^FIN")
        #expect(told.kind == .moved && told.patientKey == PatientKey("ZX901|123"))
        #expect(told.encounter == EncounterDetails(number: "SP1", issuer: "VISIT"))
        #expect(told.prior == PriorIdentity(identifiers: [local("456")]))
        #expect(told.stream == StreamName("encounter:VISIT|SP1"))
        #expect(try moved("MRG|456||F1^^^FIN", pv1("SP1")).encounterKey == visit("F1", issuer: "FIN"))
        #expect(try moved("MRG|456||F1", account: "F1^^^FIN").encounterKey == visit("F1", issuer: "FIN"))
        #expect(try moved("MRG|456||||SP2", pv1("SP1^^^VISIT")).encounterKey == visit("SP2", issuer: "VISIT"))
        #expect(try moved("MRG|456", pv1("SP1")).encounterKey == visit("SP1"))
        #expect(try moved("MRG|456", account: "F1").encounterKey == visit("F1"))
        #expect(quarantined(try read("A44", pid, "MRG|456")) == .priorVisitMissing)
    }

    @Test func `an A45 moves each visit that it names`() throws {
        let told = try events(try read("A45", pid, "MRG|456||||SP1", pv1("SP1"), "MRG|456||||SP2", pv1("SP2")))
        #expect(told.map(\.kind) == [.moved, .moved])
        #expect(told.map(\.encounterKey) == [visit("SP1"), visit("SP2")])
        #expect(told.allSatisfy { $0.patientKey == PatientKey("ZX901|123") && $0.prior?.identifiers == [local("456")] })
        let turned = try events(try read("A45", pid, pv1("SP1"), "MRG|456||||SP1", pv1("SP2"), "MRG|654||||SP2"))
        #expect(turned.map(\.encounterKey) == [visit("SP1"), visit("SP2")])
        #expect(turned.map { $0.prior?.identifiers } == [[local("456")], [local("654")]])
    }

    @Test func `an A45 under a new number tells of that first`() throws {
        let told = try events(try read("A45", pid, "MRG|456||||SP0", pv1("SP1")))
        #expect(told.map(\.kind) == [.renumbered, .moved])
        #expect(told.map(\.encounterKey) == [visit("SP1"), visit("SP1")])
        #expect(
            told.map(\.prior) == [PriorIdentity(encounter: visit("SP0")), PriorIdentity(identifiers: [local("456")])])
        #expect(try event(try read("A45", pid, "MRG|123||||SP0", pv1("SP1"))).kind == .renumbered)
        #expect(try event(try read("A45", pid, "MRG|456||||SP0")).encounterKey == visit("SP0"))
        #expect(quarantined(try read("A45", pid, "MRG|456")) == .priorVisitMissing)
    }

    // MARK: Habits of a sender

    @Test func `a sender may mean another trigger event, or nothing`() throws {
        var profile = SenderProfile.ukDefault
        profile.triggers = ["A10": "A04", "a60": nil, "Z99": "A08", "A05": nil, "A03": "X"]
        let arrived = try read("A10", pid, pv1(), profile: profile)
        #expect(try event(arrived).kind == .registered)
        #expect(try event(arrived).telling.trigger == "A10" && arrived.trigger == "ADT^A10")
        #expect(try event(try read("Z99", pid, pv1(), profile: profile)).kind == .updated)
        #expect(try event(try read("A01", pid, pv1(), profile: profile)).kind == .admitted)
        for trigger in ["A05", "A60"] {
            let ignored = try read(trigger, pid, pv1(), profile: profile)
            #expect(ignored.disposition == .kept && ignored.reason == .triggerIgnored && ignored.answer == .accept)
            #expect(ignored.trigger == "ADT^" + trigger && ignored.events.map(\.type) == ["message.kept.v1"])
        }
        #expect(quarantined(try read("A03", pid, pv1(), profile: profile)) == .triggerNotSupported)
        #expect(quarantined(try read("A99", pid, pv1(), profile: profile)) == .triggerNotSupported)
    }

    @Test func `PID-18 is the visit number where the profile says so and PV1-19 is empty`() throws {
        var profile = SenderProfile.ukDefault
        profile.visitNumberInPID18 = true
        let account = segment("PID", [3: "123^^^ZX901^MR", 18: "F1^^^FIN"])
        #expect(quarantined(try read("A01", account, pv1(""))) == .visitNumberMissing)
        #expect(
            try event(try read("A01", account, pv1(""), profile: profile)).encounterKey == visit("F1", issuer: "FIN"))
        #expect(try event(try read("A01", account, pv1(), profile: profile)).encounterKey == visit("SP1"))
        #expect(quarantined(try read("A01", account, profile: profile)) == .pv1Missing)
        #expect(quarantined(try read("A01", pid, pv1(""), profile: profile)) == .visitNumberMissing)
    }

    @Test func `a test number among real patients waits`() throws {
        for trigger in ["A01", "A31", "A11"] {
            let reading = try read(trigger, pid, pv1(), isLive: true)
            #expect(quarantined(reading) == .testNumberInLive && reading.place == "PID-3")
        }
        #expect(quarantined(try read("A40", pid, "MRG|456", isLive: true)) == .testNumberInLive)
        #expect(try event(try read("A01", "PID|1||123^^^ZX901^MR", pv1(), isLive: true)).kind == .admitted)
    }

    @Test(arguments: ["A40", "A34", "A36", "A42", "A43", "A44", "A45", "A47", "A50"])
    func `a test number in MRG-1 among real patients waits`(trigger: String) throws {
        let local = "PID|1||123^^^ZX901^MR"
        let mrg = "MRG|456^^^ZX901^MR~9990000026^^^NHS||||SP0"
        let reading = try read(trigger, local, mrg, pv1(), isLive: true)
        #expect(quarantined(reading) == .priorTestNumberInLive && reading.place == "MRG-1")
        let isHeld = trigger == "A42" || trigger == "A50"
        let trial = try read(trigger, local, mrg, pv1())
        #expect(isHeld ? quarantined(trial) == .visitOfAnotherPatient : trial.disposition == .read)
    }

    // MARK: Words for none, dates for none

    @Test(arguments: [
        "NULL", "null", "UNKNOWN", "Unknown", "N/A", "NONE", "UNK", "NOT KNOWN", "0", "0000000", #"\H\"#, #"\.br\"#,
    ])
    func `a word for none names nobody and no visit`(word: String) throws {
        #expect(quarantined(try read("A01", "PID|1||\(word)^^^ZX901^MR", pv1())) == .patientIdentifierMissing)
        #expect(quarantined(try read("A01", "PID|1|\(word)|\(word)", pv1())) == .patientIdentifierMissing)
        #expect(quarantined(try read("A01", pid, pv1(word))) == .visitNumberMissing)
        let event = try event(try read("A01", "PID|1||\(word)^^^ZX901^MR~123^^^ZX901^PI", pv1("\(word)~SP1")))
        #expect(event.patientKey == PatientKey("ZX901|123") && event.encounterKey == visit("SP1"))
        #expect(event.patient?.identifiers.isEmpty == true && event.flags.isEmpty)
    }

    @Test(arguments: ["N123", "U1", "NULLA", "00123", "NA", "NEW"])
    func `a number that only looks like a word for none is one`(number: String) throws {
        let event = try event(try read("A01", "PID|1||\(number)^^^ZX901^MR", pv1(number)))
        #expect(event.patientKey == PatientKey("ZX901|" + number) && event.encounterKey == visit(number))
    }

    @Test(arguments: ["00000000", "19000101", "190001010000", "99991231", "99991231235959"])
    func `a date for none in PV1-44 or PV1-45 is none`(date: String) throws {
        let admitted = try event(try read("A01", pid, pv1("SP1", [44: date])))
        #expect(admitted.encounter?.admittedAt == nil && admitted.occurredField == .happened)
        #expect(admitted.flags == ["time-unreadable"])
        let discharged = try event(try read("A03", pid, pv1("SP1", [45: date])))
        #expect(discharged.encounter?.dischargedAt == .absent && discharged.occurredField == .happened)
    }

    @Test func `a time more than a day ahead of its message is flagged`() throws {
        #expect(try event(try read("A01", pid, pv1("SP1", [44: "20260111213005"]))).flags.isEmpty)
        #expect(try event(try read("A01", pid, pv1("SP1", [44: "20260111213006"]))).flags == ["time-in-future"])
    }

    // MARK: The public UK merges

    @Test func `an Oxford A44 moves the visit to the patient of PID-3`() throws {
        let told = try event(
            try read(
                "A44",
                segment(
                    "PID",
                    [
                        2: "90462203^^^NOC-MRN^MRN", 3: "90462203^^^NOC-MRN^MRN", 5: "ZZZTEST^RONIN",
                        18: "904002795^^^NOC-Encntr Number^FINNBR",
                    ]),
                "MRG|90462392^^^NOC-MRN^MRN||904002795^^^NOC-Encntr Number^FINNBR||907664550^^^NOC-Attendance^VISITID"))
        #expect(told.encounterKey == visit("907664550", issuer: "NOC-Attendance"))
        #expect(told.patientKey == PatientKey("NOC-MRN|90462203"))
        #expect(told.prior?.patients == [PatientKey("NOC-MRN|90462392")])
    }

    @Test func `an iPM A34 without EVN joins by bare issuer`() throws {
        let text = [header("ADT^A34"), "PID||9990000018^^^NHS|MAJ123^^^HOSP_A~||SMITH^JANE", "MRG|MIN456^^^HOSP_A"]
        let told = try event(ADTReader(profile: .ukDefault).read(try HL7Message(text.joined(separator: "\r"))))
        #expect(told.kind == .patientMerged && told.patientKey == PatientKey("HOSP_A|MAJ123"))
        #expect(told.prior?.patients == [PatientKey("HOSP_A|MIN456")])
    }
}
