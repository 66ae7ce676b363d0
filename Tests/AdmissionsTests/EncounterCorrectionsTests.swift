import Admissions
import EventSourcing
import Testing

/// What takes back what: the position of the fact, and of the one that took it back.
@Suite struct EncounterCorrectionsTests {
    static let ward = Told.value(HospitalLocation(site: "ZX901", ward: "9A"))

    static let cases: [(name: String, events: [AdmissionEvent], takenBack: [Int64: Int64])] = [
        (
            "an admission and all that followed",
            [
                Given.event(.admitted, recorded: "10:00", class: .inpatient, admitted: "10:00"),
                Given.event(.transferred, recorded: "11:00") { $0.location = ward },
                Given.event(.admissionCancelled, recorded: "12:00", admitted: "10:00"),
                Given.event(.admitted, recorded: "13:00", class: .inpatient, admitted: "13:00"),
            ], [1: 3, 2: 3]
        ),
        (
            "the transfer that is named",
            [
                Given.event(.admitted, recorded: "10:00", class: .inpatient, admitted: "10:00"),
                Given.event(.transferred, recorded: "11:00", happened: "11:00") { $0.location = ward },
                Given.event(.transferred, recorded: "12:00", happened: "12:00") {
                    $0.location = .value(HospitalLocation(site: "ZX901", ward: "3C"))
                },
                Given.event(.transferCancelled, recorded: "13:00", happened: "12:00") { $0.location = ward },
            ], [3: 4]
        ),
        (
            "a discharge, whichever was heard first",
            [
                Given.event(.dischargeCancelled, recorded: "13:00"),
                Given.event(.discharged, recorded: "12:00", discharged: .value(Given.moment("12:00"))),
                Given.event(.admitted, recorded: "10:00", class: .inpatient, admitted: "10:00"),
            ], [2: 1]
        ),
        (
            "the step into a bed alone",
            [
                Given.event(.registered, recorded: "09:00", class: .emergency, admitted: "09:00"),
                Given.event(.becameInpatient, recorded: "10:00", class: .inpatient, admitted: "10:00"),
                Given.event(.admissionCancelled, recorded: "11:00", class: .inpatient, admitted: "10:00"),
            ], [2: 3]
        ),
        (
            "leave, a change of clinician, and a planned discharge",
            [
                Given.event(.admitted, recorded: "10:00", class: .inpatient, admitted: "10:00"),
                Given.event(.leaveStarted, recorded: "11:00", happened: "11:00"),
                Given.event(.leaveStartCancelled, recorded: "11:10", happened: "11:00"),
                Given.event(.clinicianChanged, recorded: "12:00"),
                Given.event(.clinicianChangeCancelled, recorded: "12:10"),
                Given.event(.dischargePlanned, recorded: "13:00"),
                Given.event(.dischargePlanCancelled, recorded: "13:10"),
            ], [2: 3, 4: 5, 6: 7]
        ),
        (
            "an end that a step into a bed overtook is not taken back",
            [
                Given.event(.registered, recorded: "09:00", class: .emergency, admitted: "09:00"),
                Given.event(.discharged, recorded: "10:00", discharged: .value(Given.moment("10:00"))),
                Given.event(.becameInpatient, recorded: "10:30", class: .inpatient, admitted: "10:30"),
            ], [:]
        ),
    ]

    @Test(arguments: cases.indices)
    func `a later fact takes back what it means and nothing else`(index: Int) {
        let (name, events, expected) = Self.cases[index]
        let encounter = Given.encounter(events)
        let positions = Dictionary(uniqueKeysWithValues: encounter.facts.map { ($0.key, $0.position.rawValue) })
        var found: [Int64: Int64] = [:]
        for (fact, by) in EncounterCorrections(encounter).takenBack {
            if let fact = positions[fact], let by = positions[by] { found[fact] = by }
        }
        #expect(found == expected, "\(name)")
    }
}
