import Admissions
import EventSourcing
import Testing

/// Events as tests tell them: hours and minutes of one day in January 2026, one visit, one invented patient.
enum Given {
    static let midnight: Int64 = 1_767_571_200_000_000  // 2026-01-05T00:00:00Z, a Monday

    /// `"10:15"`, or `"+1 10:15"` for the next day.
    static func instant(_ text: String) -> Instant {
        let parts = text.split(separator: " ")
        let days = parts.count == 2 ? Int64(parts[0]) ?? 0 : 0
        let clock = (parts.last ?? "").split(separator: ":").map { Int64($0) ?? 0 }
        return Instant(
            microseconds: midnight + ((days * 24 + clock[0]) * 3_600 + clock[1] * 60) * 1_000_000)
    }

    static func moment(_ text: String, _ precision: Moment.Precision = .second) -> Moment {
        Moment(instant(text), precision: precision)
    }

    static let patient = PatientDetails(
        local: Identifier(value: "100", issuer: "ZX901", type: "MR"), nhsNumber: NHSNumber("9990000018"),
        name: PersonName(family: "TESTER", given: ["Anne"]), born: "1938-04-12",
        practice: Told(ODSPracticeCode("L99901")), practiceField: "PD1-3.3")

    /// One event about visit SP1, recorded at `recorded`.
    static func event(
        _ kind: AdmissionEvent.Kind, recorded: String, class encounterClass: EncounterClass? = nil,
        admitted: String? = nil, discharged: Told<Moment> = .absent, happened: String? = nil, sent: String? = nil,
        patient: PatientDetails = Given.patient, _ change: (inout EncounterDetails) -> Void = { _ in }
    ) -> AdmissionEvent {
        var encounter = EncounterDetails(number: "SP1", issuer: "ZX901")
        encounter.encounterClass = encounterClass
        encounter.admittedAt = admitted.map { moment($0) }
        encounter.dischargedAt = discharged
        change(&encounter)
        return AdmissionEvent(
            kind: kind, telling: Telling(trigger: "A01", recorded: moment(recorded), sent: sent.map { moment($0) }),
            happened: happened.map { moment($0) }, patient: patient, encounter: kind.isAboutEncounter ? encounter : nil)
    }

    /// The reading of these events, first heard a minute apart from 00:00 in the order given.
    static func reading(_ events: AdmissionEvent...) -> EncounterReading {
        encounter(events).reading
    }

    static func encounter(_ events: [AdmissionEvent]) -> Encounter {
        Encounter.folding(told(events), key: EncounterKey(issuer: "ZX901", number: "SP1"))
    }

    static func told(_ events: [AdmissionEvent]) -> [ToldEvent] {
        events.enumerated().map { index, event in
            ToldEvent(
                event, toldAt: Instant(microseconds: midnight + Int64(index) * 60_000_000),
                position: Position(Int64(index) + 1))
        }
    }

    static func patient(_ events: AdmissionEvent...) -> Patient {
        Patient.folding(events, key: PatientKey("ZX901|100"))
    }

    /// The same patient with what their encounters tell.
    static func person(_ events: AdmissionEvent...) throws -> LogReading.Person {
        var fold = LogFold()
        for told in told(events) { fold.apply(told) }
        return try #require(fold.reading.people.first { $0.key == PatientKey("ZX901|100") })
    }
}
