import ADT
import Admissions
import EventSourcing
import HL7v2
import Testing

@Suite struct ADTWriterTests {
    private let writer = ADTWriter(sendingApplication: "SIMPAS", sendingFacility: "ZX901")
    private let sent = Instant(microseconds: 1_767_571_210_000_000)
    private let recorded = Instant(microseconds: 1_767_571_205_000_000)
    private let occurred = Instant(microseconds: 1_767_571_200_000_000)

    private let patient = PatientDetails(
        local: Identifier(value: "41234567", issuer: "ZX901", type: "MR"),
        identifiers: [Identifier(value: "A/7", issuer: "ZX902", type: "PI")], nhsNumber: NHSNumber("9990000018"),
        nhsNumberStatus: "01", name: PersonName(family: "O’NEILL & CO", given: ["Zoë", "May"], prefix: "Ms"),
        preferredName: "Billie", born: "1938-04-12", gender: .value(.female),
        address: .value(PostalAddress(lines: ["1 HIGH ST", "YEOVIL"], postcode: "BA20 1AA")),
        phones: .value(["01632 960001"]), practice: Told(ODSPracticeCode("L99901")), practiceField: "PD1-3.3",
        gp: .value(Clinician(code: "G9999998", name: "A DOCTOR")), deceased: .value(false), restricted: .value(false))

    private var encounter: EncounterDetails {
        EncounterDetails(
            number: "IP778812", issuer: "ZX901", encounterClass: .inpatient,
            location: .value(HospitalLocation(site: "ZX901", ward: "7B", bay: "2", bed: "3")),
            priorLocation: HospitalLocation(site: "ZX901", ward: "EAU"),
            consultant: .value(Clinician(code: "C9999991", name: "Mr A CARE")), specialty: "430", admissionMethod: "21",
            admissionSource: "19", dischargeMethod: "1", dischargeDestination: "19", reason: "FALL, CONFUSED",
            admittedAt: Moment(occurred, precision: .minute), dischargedAt: .value(Moment(occurred, precision: .day)),
            expectedAdmission: .null, expectedDischarge: "2026-01-09", arrivalMode: "A", patientType: "INPATIENT",
            accountStatus: "ACTIVE", medicallyFit: .value(true), readyForDischarge: .value(Moment(occurred)))
    }

    private func readBack(_ trigger: String, _ patient: PatientDetails, _ encounter: EncounterDetails?) throws -> AdmissionEvent {
        let bytes = writer.message(
            trigger: trigger, controlID: "SIM1", sentAt: sent, recordedAt: recorded, occurredAt: occurred, patient: patient,
            encounter: encounter)
        let reading = ADTReader(profile: .ukDefault).read(try HL7Message(bytes))
        return try AdmissionEvent(type: reading.events[0].type, payload: reading.events[0].payload)
    }

    @Test(arguments: ["A01", "A02", "A03", "A04", "A08"])
    func `what is written is read back`(trigger: String) throws {
        let event = try readBack(trigger, patient, encounter)
        #expect(event.patient == patient)
        #expect(event.encounter == encounter)
        #expect(event.telling.sender == "SIMPAS|ZX901")
        #expect(event.telling.controlID == "SIM1")
        #expect(event.telling.recordedAt == Moment(recorded))
        #expect(event.happened == Moment(occurred))
        #expect(event.flags == [])
    }

    @Test(arguments: ["A28", "A31"])
    func `a patient alone is read back`(trigger: String) throws {
        var patient = patient
        patient.restricted = .absent
        patient.practice = .null
        patient.practiceField = "PD1-3.3"
        let event = try readBack(trigger, patient, nil)
        #expect(event.patient == patient)
        #expect(event.encounter == nil)
    }

    @Test func `details that are hardly there are read back`() throws {
        let bare = PatientDetails(local: Identifier(value: "1", issuer: "ZX901", type: "MR"))
        let event = try readBack("A11", bare, EncounterDetails(number: "9", issuer: "ZX901"))
        #expect(event.patient == bare)
        #expect(event.encounter == EncounterDetails(number: "9", issuer: "ZX901"))
    }

    @Test func `times are London's, in summer too`() throws {
        let summer = try #require(Instant(iso8601: "2026-07-01T12:00:00Z"))
        let bytes = writer.message(
            trigger: "A28", controlID: "1", sentAt: summer, recordedAt: summer, occurredAt: nil, patient: patient, encounter: nil)
        #expect(try HL7Message(bytes).value("MSH-7") == "20260701130000")
        #expect(try HL7Message(bytes).value("EVN-6") == nil)
    }

    @Test func `the same inputs give the same bytes`() {
        func bytes() -> [UInt8] {
            writer.message(
                trigger: "A01", controlID: "1", sentAt: sent, recordedAt: recorded, occurredAt: occurred, patient: patient,
                encounter: encounter)
        }
        #expect(bytes() == bytes())
    }
}
