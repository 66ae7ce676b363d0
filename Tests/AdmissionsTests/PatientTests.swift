import Admissions
import EventSourcing
import Testing

@Suite struct PatientTests {
    private func told(
        _ recorded: String, kind: AdmissionEvent.Kind = .patientUpdated, _ change: (inout PatientDetails) -> Void
    ) -> AdmissionEvent {
        var details = PatientDetails(local: Identifier(value: "100", issuer: "ZX901", type: "MR"))
        change(&details)
        return Given.event(kind, recorded: recorded, patient: details)
    }

    @Test func `each field is as told last by the hospital's own clock`() {
        let patient = Given.patient(
            told("12:00") { $0.practice = Told(ODSPracticeCode("L99902")) },
            told("11:00") {
                $0.practice = Told(ODSPracticeCode("L99901"))
                $0.born = "1938-04-12"
            })
        #expect(patient.practice?.rawValue == "L99902")
        #expect(patient.born == "1938-04-12")
    }

    @Test func `a practice told to be none puts the patient on no practice's list`() {
        let patient = Given.patient(
            told("11:00") { $0.practice = Told(ODSPracticeCode("L99901")) }, told("12:00") { $0.practice = .null })
        #expect(patient.practice == nil)
    }

    @Test func `a message without a practice leaves the practice`() {
        let patient = Given.patient(
            told("11:00") { $0.practice = Told(ODSPracticeCode("L99901")) },
            told("12:00") { $0.phones = .value(["1"]) })
        #expect(patient.practice?.rawValue == "L99901")
    }

    @Test func `an NHS number that comes later joins, and is not lost by messages without it`() {
        let patient = Given.patient(
            told("10:00") { $0.born = "1938" }, told("11:00") { $0.nhsNumber = NHSNumber("9990000018") },
            told("12:00") { $0.born = "1938-04-12" })
        #expect(patient.nhsNumber?.digits == "9990000018")
    }

    private func discharge(
        _ recorded: String, method: String, class told: EncounterClass = .inpatient
    ) -> AdmissionEvent {
        Given.event(.discharged, recorded: recorded, class: told, discharged: .value(Given.moment(recorded))) {
            $0.dischargeMethod = .value(method)
        }
    }

    @Test func `a discharge with method 4 is a death at its time`() throws {
        let person = try Given.person(discharge("12:00", method: "4"))
        #expect(person.isDeceased)
        #expect(person.diedAt == Given.moment("12:00"))
    }

    @Test func `a death set by a discharge is undone by its A13, whichever comes first`() throws {
        let death = discharge("12:00", method: "4")
        let cancel = Given.event(.dischargeCancelled, recorded: "12:30")
        #expect(try !Given.person(death, cancel).isDeceased)
        #expect(try !Given.person(cancel, death).isDeceased)
        #expect(try Given.person(cancel, death, discharge("13:00", method: "4")).isDeceased)
    }

    @Test func `a corrected discharge undoes the death as well`() throws {
        #expect(try !Given.person(discharge("12:00", method: "4"), discharge("12:30", method: "1")).isDeceased)
    }

    @Test func `a sender that always says N does not bring the dead back`() throws {
        let person = try Given.person(discharge("12:00", method: "4"), told("13:00") { $0.deceased = .value(false) })
        #expect(person.isDeceased)
    }

    @Test func `a death told by PID-30 is not undone by an A13`() throws {
        let person = try Given.person(
            told("11:00") { $0.deceased = .value(true) }, Given.event(.dischargeCancelled, recorded: "12:30"))
        #expect(person.isDeceased)
        #expect(person.diedAt == nil)
    }

    @Test func `a death told by PID-30 is undone by PID-30`() throws {
        let person = try Given.person(
            told("12:00") { $0.deceased = .value(false) }, told("11:00") { $0.deceased = .value(true) })
        #expect(!person.isDeceased)
    }

    @Test func `disposal 4 of an attendance is no death`() throws {
        let person = try Given.person(
            Given.event(.discharged, recorded: "12:00", class: .emergency) { $0.disposal = "4" },
            discharge("13:00", method: "4", class: .emergency))
        #expect(!person.isDeceased)
    }
}
