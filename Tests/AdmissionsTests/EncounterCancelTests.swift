import Admissions
import EventSourcing
import Testing

/// Cancelled admissions: which one an A11 means (domain.md 1.2, 1.6, 1.7).
@Suite struct EncounterCancelTests {
    private let first = Given.event(.admitted, recorded: "10:05", class: .inpatient, admitted: "10:00") {
        $0.specialty = "300"
    }
    private let cancel = Given.event(.admissionCancelled, recorded: "11:00", class: .inpatient, admitted: "10:00")
    private let stub = Given.event(.admissionCancelled, recorded: "11:00")
    private let second = Given.event(.admitted, recorded: "15:05", class: .inpatient, admitted: "15:00")

    @Test func `an A11 cancels the admission and wipes nothing`() {
        let reading = Given.reading(first, cancel)
        #expect(reading.status == .cancelled)
        #expect(!reading.isInpatient && !reading.isOpen)
        #expect(reading.specialty == "300")
    }

    @Test func `a stub without a time cancels the admission recorded before it`() {
        #expect(Given.reading(first, stub).status == .cancelled)
    }

    @Test func `an A01 that arrives after its cancel stays cancelled`() {
        #expect(Given.reading(cancel, first).status == .cancelled)
        #expect(Given.reading(stub, first).status == .cancelled)
    }

    @Test func `a new admission on the same number stands`() {
        for told in [[first, cancel, second], [second, cancel, first], [first, stub, second]] {
            let reading = Given.encounter(told).reading
            #expect(reading.status == .inProgress)
            #expect(reading.admitted?.moment == Given.moment("15:00"))
            #expect(reading.flags == [])
            #expect(reading.specialty == nil)
        }
    }

    @Test func `a cancel told again does not hit the newer admission`() {
        let late = Given.event(.admissionCancelled, recorded: "16:00", admitted: "10:00")
        #expect(Given.reading(first, cancel, second, late).status == .inProgress)
        let lateByEvent = Given.event(.admissionCancelled, recorded: "16:00", happened: "10:00")
        #expect(Given.reading(first, cancel, second, lateByEvent).status == .inProgress)
    }

    @Test func `a cancel of the newer admission hits that`() {
        let late = Given.event(.admissionCancelled, recorded: "16:00", admitted: "15:00")
        #expect(Given.reading(first, cancel, second, late).status == .cancelled)
    }

    @Test func `the same admission recorded again after its cancel stands, and says so`() {
        let again = Given.event(.admitted, recorded: "12:00", class: .inpatient, admitted: "10:00")
        let reading = Given.reading(first, cancel, again)
        #expect(reading.status == .inProgress)
        #expect(reading.flags == ["admitted-again-after-cancel"])
    }

    @Test func `an update recorded after the cancel does not bring the admission back`() {
        let late = Given.event(.updated, recorded: "12:00", class: .inpatient, admitted: "10:00")
        #expect(Given.reading(first, cancel, late).status == .cancelled)
        let bare = Given.event(.updated, recorded: "12:00", class: .inpatient)
        #expect(Given.reading(first, cancel, bare).status == .cancelled)
    }

    @Test func `an update that tells another admission after the cancel infers that`() {
        let late = Given.event(.updated, recorded: "16:00", class: .inpatient, admitted: "15:00")
        let reading = Given.reading(first, cancel, late)
        #expect(reading.status == .inProgress)
        #expect(reading.isInferred)
    }

    @Test func `a cancel with a corrected time still cancels`() {
        let corrected = Given.event(.admissionCancelled, recorded: "11:00", admitted: "09:45")
        #expect(Given.reading(first, corrected).status == .cancelled)
    }

    @Test func `a cancel that names a time days away cancels nothing, and says so`() {
        let other = Given.event(.admissionCancelled, recorded: "+9 11:00", admitted: "+8 09:45")
        let reading = Given.reading(first, other)
        #expect(reading.status == .inProgress)
        #expect(reading.flags == ["cancel-unmatched"])
    }

    @Test func `a cancel may name the time that an update told`() {
        let update = Given.event(.updated, recorded: "10:30", class: .inpatient, admitted: "-3 09:00")
        let named = Given.event(.admissionCancelled, recorded: "11:00", admitted: "-3 09:00")
        #expect(Given.reading(first, update, named).status == .cancelled)
    }

    @Test func `an A11 takes an arrival back`() {
        let arrival = Given.event(.registered, recorded: "09:05", class: .emergency, admitted: "09:00")
        let cancel = Given.event(.admissionCancelled, recorded: "09:30", class: .emergency, admitted: "09:00")
        let reading = Given.reading(arrival, cancel)
        #expect(reading.status == .cancelled)
    }

    @Test func `an A11 of the step to a bed leaves the attendance`() {
        let arrival = Given.event(.registered, recorded: "09:05", class: .emergency, admitted: "09:00")
        let step = Given.event(.admitted, recorded: "12:05", class: .inpatient, admitted: "12:00")
        let cancel = Given.event(.admissionCancelled, recorded: "12:30", class: .inpatient, admitted: "12:00")
        let again = Given.event(.admissionCancelled, recorded: "12:40", class: .inpatient, admitted: "12:00")
        for told in [[arrival, step, cancel], [cancel, again, step, arrival]] {
            let reading = Given.encounter(told).reading
            #expect(reading.status == .arrived)
            #expect(reading.isAttendance && !reading.isInpatient && reading.admitted == nil)
        }
    }

    @Test func `an A11 of the arrival takes all back`() {
        let arrival = Given.event(.registered, recorded: "09:05", class: .emergency, admitted: "09:00")
        let step = Given.event(.admitted, recorded: "12:05", class: .inpatient, admitted: "12:00")
        let cancel = Given.event(.admissionCancelled, recorded: "12:30", class: .emergency, admitted: "09:00")
        #expect(Given.reading(arrival, step, cancel).status == .cancelled)
    }

    @Test func `a cancel alone is a cancelled encounter`() {
        #expect(Given.reading(stub).status == .cancelled)
    }
}
