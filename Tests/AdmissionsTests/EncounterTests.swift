import Admissions
import EventSourcing
import Testing

/// The rules of domain.md 1.2 for one visit number.
@Suite struct EncounterTests {
    // MARK: Admission

    @Test func `an A01 opens a spell at PV1-44`() {
        let reading = Given.reading(Given.event(.admitted, recorded: "10:05", class: .inpatient, admitted: "10:00"))
        #expect(reading.status == .inProgress)
        #expect(reading.isOpen && reading.isInpatient && !reading.isAttendance && !reading.isInferred)
        #expect(reading.admitted?.moment == Given.moment("10:00"))
        #expect(reading.admitted?.toldAt == Given.instant("00:00"))
    }

    @Test func `a second A01 changes nothing`() {
        let first = Given.event(.admitted, recorded: "10:05", class: .inpatient, admitted: "10:00")
        #expect(Given.encounter([first, first]) == Given.encounter([first]))
    }

    @Test func `an A01 with another time corrects the admission and opens no second one`() {
        let reading = Given.reading(
            Given.event(.admitted, recorded: "10:05", class: .inpatient, admitted: "10:00"),
            Given.event(.admitted, recorded: "11:00", class: .inpatient, admitted: "09:30"))
        #expect(reading.admitted?.moment == Given.moment("09:30"))
        #expect(reading.admitted?.toldAt == Given.instant("00:00"))
        #expect(reading.version == 2)
    }

    @Test func `without a class an A01 admits an inpatient, and says so`() {
        let reading = Given.reading(Given.event(.admitted, recorded: "10:05", admitted: "10:00"))
        #expect(reading.isInpatient)
        #expect(reading.flags == ["class-missing"])
    }

    @Test func `a day case is open and no inpatient`() {
        let reading = Given.reading(Given.event(.admitted, recorded: "10:05", class: .daycase, admitted: "10:00"))
        #expect(reading.isOpen && !reading.isInpatient)
    }

    @Test func `somebody expected is no inpatient until admitted`() {
        let expected = Given.event(.updated, recorded: "08:00", class: .preadmit)
        #expect(Given.reading(expected).status == .planned)
        #expect(!Given.reading(expected).isInpatient)
        let reading = Given.reading(
            expected, Given.event(.admitted, recorded: "10:05", class: .inpatient, admitted: "10:00"))
        #expect(reading.status == .inProgress)
        #expect(reading.admitted?.moment == Given.moment("10:00"))
    }

    // MARK: Attendances

    @Test func `an A04 of class E opens an attendance`() {
        let reading = Given.reading(Given.event(.registered, recorded: "10:05", class: .emergency, admitted: "10:00"))
        #expect(reading.status == .arrived)
        #expect(reading.isAttendance && reading.isOpen && !reading.isInpatient)
        #expect(reading.arrived?.moment == Given.moment("10:00"))
        #expect(reading.admitted == nil)
    }

    @Test(arguments: [EncounterClass.outpatient, .other, .inpatient, .daycase])
    func `an A04 of any other class keeps off the inpatient lists`(told: EncounterClass) {
        let reading = Given.reading(Given.event(.registered, recorded: "10:05", class: told, admitted: "10:00"))
        #expect(!reading.isInpatient && !reading.isAttendance)
    }

    @Test(arguments: [AdmissionEvent.Kind.updated, .transferred, .admitted])
    func `an attendance whose class changes to I is an inpatient from then on`(kind: AdmissionEvent.Kind) {
        let reading = Given.reading(
            Given.event(.registered, recorded: "10:05", class: .emergency, admitted: "10:00"),
            Given.event(kind, recorded: "14:05", class: .inpatient, admitted: "10:00", happened: "14:00"))
        #expect(reading.status == .inProgress)
        #expect(reading.isInpatient && reading.isAttendance)
        #expect(reading.arrived?.moment == Given.moment("10:00"))
        #expect(reading.admitted?.moment == Given.moment("14:00"))
        #expect(reading.admitted?.toldAt == Given.instant("00:01"))
    }

    @Test func `the step to a bed is at PV1-44 if that is later than the arrival`() {
        let reading = Given.reading(
            Given.event(.registered, recorded: "10:05", class: .emergency, admitted: "10:00"),
            Given.event(.updated, recorded: "14:05", class: .inpatient, admitted: "13:50", happened: "14:00"))
        #expect(reading.admitted?.moment == Given.moment("13:50"))
    }

    @Test func `an attendance that ended goes on as a spell when an A01 admits on the same number`() {
        let reading = Given.reading(
            Given.event(.registered, recorded: "10:05", class: .emergency, admitted: "10:00"),
            Given.event(.discharged, recorded: "13:00", class: .emergency, discharged: .value(Given.moment("13:00"))),
            Given.event(.admitted, recorded: "13:10", class: .inpatient, admitted: "13:00"))
        #expect(reading.status == .inProgress)
        #expect(reading.isInpatient && reading.isAttendance)
    }

    @Test func `registering somebody who is in a bed does not take them out of it`() {
        let reading = Given.reading(
            Given.event(.admitted, recorded: "10:05", class: .inpatient, admitted: "10:00"),
            Given.event(.registered, recorded: "10:10", class: .emergency, admitted: "09:00"))
        #expect(reading.isInpatient && reading.isAttendance)
        #expect(reading.admitted?.moment == Given.moment("10:00"))
    }

    // MARK: Discharge

    @Test func `an A03 finishes the spell at PV1-45 with method and destination`() {
        let reading = Given.reading(
            Given.event(.admitted, recorded: "10:05", class: .inpatient, admitted: "10:00"),
            Given.event(
                .discharged, recorded: "+2 12:00", class: .inpatient, discharged: .value(Given.moment("+2 11:30"))
            ) {
                $0.dischargeMethod = "1"
                $0.dischargeDestination = "19"
            })
        #expect(reading.status == .finished)
        #expect(reading.isInpatient && !reading.isOpen && !reading.died)
        #expect(reading.discharged?.moment == Given.moment("+2 11:30"))
        #expect(reading.discharged?.toldAt == Given.instant("00:01"))
        #expect(reading.dischargeMethod == "1")
        #expect(reading.dischargeDestination == "19")
    }

    @Test func `an A03 alone is a finished spell, inferred`() {
        let reading = Given.reading(
            Given.event(
                .discharged, recorded: "+2 12:00", class: .inpatient, admitted: "10:00",
                discharged: .value(Given.moment("+2 11:30"))))
        #expect(reading.status == .finished)
        #expect(reading.isInferred && reading.isInpatient)
        #expect(reading.admitted?.moment == Given.moment("10:00"))
    }

    @Test func `a second A03 corrects the discharge, first heard when the first was`() {
        let reading = Given.reading(
            Given.event(.admitted, recorded: "10:05", class: .inpatient, admitted: "10:00"),
            Given.event(.discharged, recorded: "12:00", discharged: .value(Given.moment("12:00"))),
            Given.event(.discharged, recorded: "12:30", discharged: .value(Given.moment("11:45"))))
        #expect(reading.discharged?.moment == Given.moment("11:45"))
        #expect(reading.discharged?.toldAt == Given.instant("00:01"))
    }

    @Test func `an A01 after the end opens nothing, and says so`() {
        let reading = Given.reading(
            Given.event(.admitted, recorded: "10:05", class: .inpatient, admitted: "10:00"),
            Given.event(.discharged, recorded: "12:00", discharged: .value(Given.moment("12:00"))),
            Given.event(.admitted, recorded: "13:00", class: .inpatient, admitted: "13:00"))
        #expect(reading.status == .finished)
        #expect(reading.flags == ["admitted-after-discharge"])
    }

    @Test func `an A13 opens the spell again and wipes nothing`() {
        let reading = Given.reading(
            Given.event(.admitted, recorded: "10:05", class: .inpatient, admitted: "10:00") {
                $0.location = .value(HospitalLocation(ward: "7B", bed: "3"))
                $0.specialty = "430"
            },
            Given.event(.discharged, recorded: "12:00", discharged: .value(Given.moment("12:00"))) {
                $0.dischargeMethod = "1"
            },
            Given.event(.dischargeCancelled, recorded: "12:10") {
                $0.location = .null
                $0.specialty = .null
            })
        #expect(reading.status == .inProgress)
        #expect(reading.discharged == nil && reading.dischargeMethod == nil)
        #expect(reading.location == HospitalLocation(ward: "7B", bed: "3"))
        #expect(reading.specialty == "430")
    }

    @Test func `an A03 after the A13 finishes again`() {
        let reading = Given.reading(
            Given.event(.admitted, recorded: "10:05", class: .inpatient, admitted: "10:00"),
            Given.event(.discharged, recorded: "12:00", discharged: .value(Given.moment("12:00"))),
            Given.event(.dischargeCancelled, recorded: "12:10"),
            Given.event(.discharged, recorded: "15:00", discharged: .value(Given.moment("14:50"))))
        #expect(reading.status == .finished)
        #expect(reading.discharged?.moment == Given.moment("14:50"))
        #expect(reading.discharged?.toldAt == Given.instant("00:03"))
    }

    @Test func `an A13 that names the first discharge leaves a later one alone`() {
        let reading = Given.reading(
            Given.event(.admitted, recorded: "10:05", class: .inpatient, admitted: "10:00"),
            Given.event(.discharged, recorded: "12:00", discharged: .value(Given.moment("12:00"))),
            Given.event(.dischargeCancelled, recorded: "12:10", happened: "12:00"),
            Given.event(.discharged, recorded: "15:00", discharged: .value(Given.moment("14:50"))),
            Given.event(.dischargeCancelled, recorded: "16:00", happened: "12:00"))
        #expect(reading.status == .finished)
    }

    @Test func `events recorded in the same minute stand in the order in which they were sent`() {
        func minute(_ kind: AdmissionEvent.Kind, sent: String) -> AdmissionEvent {
            AdmissionEvent(
                kind: kind,
                telling: Telling(
                    trigger: "A", recorded: Given.moment("12:00", .minute),
                    sent: Moment(Given.instant("12:00") + .seconds(Int64(sent) ?? 0))),
                patient: Given.patient,
                encounter: EncounterDetails(
                    number: "SP1", issuer: "ZX901", encounterClass: .inpatient,
                    dischargedAt: kind == .discharged ? .value(Given.moment("12:00", .minute)) : .absent))
        }
        let reading = Given.reading(
            minute(.discharged, sent: "50"), minute(.dischargeCancelled, sent: "30"), minute(.discharged, sent: "10"))
        #expect(reading.status == .finished)
        #expect(Given.reading(minute(.dischargeCancelled, sent: "30"), minute(.discharged, sent: "10")).isOpen)
    }

    // MARK: Updates

    @Test func `an A08 of an unknown visit that is open infers it`() {
        let reading = Given.reading(Given.event(.updated, recorded: "10:05", class: .inpatient, admitted: "08:00"))
        #expect(reading.status == .inProgress)
        #expect(reading.isInferred && reading.isInpatient)
        #expect(reading.flags == ["inferred"])
        #expect(reading.admitted?.moment == Given.moment("08:00"))
    }

    @Test func `an A08 of a pre-admission account infers nobody in a bed`() {
        let reading = Given.reading(
            Given.event(.updated, recorded: "10:05", class: .inpatient) { $0.accountStatus = "PREADMIT" })
        #expect(reading.status == .planned)
        #expect(!reading.isInpatient)
    }

    @Test func `an A08 changes current values and never re-dates`() {
        let reading = Given.reading(
            Given.event(.admitted, recorded: "10:05", class: .inpatient, admitted: "10:00") { $0.specialty = "300" },
            Given.event(.updated, recorded: "11:00", class: .inpatient, admitted: "09:00") { $0.specialty = "430" })
        #expect(reading.specialty == "430")
        #expect(reading.admitted?.moment == Given.moment("10:00"))
        #expect(reading.flags == ["admitted-time-differs"])
    }

    @Test func `an A08 that arrives late does not overwrite newer values`() {
        let reading = Given.reading(
            Given.event(.updated, recorded: "12:00", class: .inpatient) { $0.specialty = "430" },
            Given.event(.updated, recorded: "11:00", class: .inpatient) {
                $0.specialty = "300"
                $0.reason = "FALL"
            })
        #expect(reading.specialty == "430")
        #expect(reading.reason == "FALL")
    }

    @Test func `null takes a value away, absence does not`() {
        let reading = Given.reading(
            Given.event(.admitted, recorded: "10:05", class: .inpatient) {
                $0.specialty = "300"
                $0.consultant = .value(Clinician(code: "C1"))
            },
            Given.event(.updated, recorded: "11:00", class: .inpatient) { $0.consultant = .null })
        #expect(reading.consultant == nil)
        #expect(reading.specialty == "300")
    }

    @Test func `PV1-45 newly valued on an open spell is a discharge, implied`() {
        let reading = Given.reading(
            Given.event(.admitted, recorded: "10:05", class: .inpatient, admitted: "10:00"),
            Given.event(.updated, recorded: "15:00", discharged: .value(Given.moment("14:00"))))
        #expect(reading.status == .finished)
        #expect(reading.flags == ["discharge-implied"])
    }

    @Test func `PV1-45 of a discharge that was cancelled is no news`() {
        let reading = Given.reading(
            Given.event(.admitted, recorded: "10:05", class: .inpatient, admitted: "10:00"),
            Given.event(.discharged, recorded: "12:00", discharged: .value(Given.moment("12:00"))),
            Given.event(.dischargeCancelled, recorded: "12:10"),
            Given.event(.updated, recorded: "12:20", discharged: .value(Given.moment("12:00"))))
        #expect(reading.isOpen)
    }

    @Test func `PV1-45 in the future without an A03 is no discharge`() {
        let reading = Given.reading(
            Given.event(.admitted, recorded: "10:05", class: .inpatient, admitted: "10:00"),
            Given.event(.updated, recorded: "12:00", discharged: .value(Given.moment("+3 12:00"))))
        #expect(reading.isOpen)
        #expect(reading.flags == ["discharge-in-future"])
    }

    @Test func `an A08 after the end mends method and destination and reopens nothing`() {
        let reading = Given.reading(
            Given.event(.admitted, recorded: "10:05", class: .inpatient, admitted: "10:00"),
            Given.event(.discharged, recorded: "12:00", discharged: .value(Given.moment("12:00"))) {
                $0.dischargeMethod = "1"
            },
            Given.event(.updated, recorded: "13:00", class: .inpatient) { $0.dischargeMethod = "4" })
        #expect(reading.status == .finished)
        #expect(reading.dischargeMethod == "4")
        #expect(reading.died)
    }

    @Test func `method 4 is death for a stay and never for an attendance`() {
        func died(_ told: EncounterClass, _ change: (inout EncounterDetails) -> Void) -> Bool {
            Given.reading(Given.event(.discharged, recorded: "12:00", class: told, change)).died
        }
        #expect(died(.inpatient) { $0.dischargeMethod = "4" })
        #expect(!died(.emergency) { $0.dischargeMethod = "4" })
        #expect(!died(.emergency) { $0.disposal = "4" })
        #expect(died(.emergency) { $0.disposal = "10" })
        #expect(died(.inpatient) { $0.dischargeDestination = "79" })
        #expect(!died(.inpatient) { $0.disposal = "10" })
    }
}
