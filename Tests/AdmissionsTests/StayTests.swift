import Admissions
import EventSourcing
import Testing

/// Where the patient is and has been, and for how many nights.
@Suite struct StayTests {
    private func ward(_ name: String) -> (inout EncounterDetails) -> Void {
        { $0.location = .value(HospitalLocation(ward: name)) }
    }

    @Test func `a transfer moves the patient at EVN-6, whatever PV1-44 says`() {
        let reading = Given.reading(
            Given.event(.admitted, recorded: "10:05", class: .inpatient, admitted: "10:00", ward("EAU")),
            Given.event(.transferred, recorded: "14:10", admitted: "10:00", happened: "14:00", ward("7B")))
        #expect(reading.location?.ward == "7B")
        #expect(reading.stays.map(\.location?.ward) == ["EAU", "7B"])
        #expect(reading.stays.map(\.from) == [Given.moment("10:00"), Given.moment("14:00")])
        #expect(reading.stays.map(\.to) == [Given.moment("14:00"), nil])
    }

    @Test func `a transfer entered late does not move the patient back`() {
        let reading = Given.reading(
            Given.event(.admitted, recorded: "10:05", class: .inpatient, admitted: "10:00", ward("EAU")),
            Given.event(.transferred, recorded: "14:10", happened: "14:00", ward("7B")),
            Given.event(.transferred, recorded: "18:00", happened: "12:00", ward("HDU")))
        #expect(reading.stays.map(\.location?.ward) == ["EAU", "HDU", "7B"])
        #expect(reading.location?.ward == "7B")
    }

    @Test func `a transfer to where the patient is is an update`() {
        let reading = Given.reading(
            Given.event(.admitted, recorded: "10:05", class: .inpatient, admitted: "10:00", ward("EAU")),
            Given.event(.transferred, recorded: "14:10", happened: "14:00", ward("EAU")))
        #expect(reading.stays.count == 1)
    }

    @Test func `a transfer told for a time before the stay began counts from when it was recorded`() {
        let reading = Given.reading(
            Given.event(.admitted, recorded: "10:05", class: .inpatient, admitted: "10:00", ward("EAU")),
            Given.event(.transferred, recorded: "14:10", happened: "-10 14:00", ward("7B")))
        #expect(reading.location?.ward == "7B")
    }

    @Test func `a discharge closes the last stay and keeps the last ward`() {
        let reading = Given.reading(
            Given.event(.admitted, recorded: "10:05", class: .inpatient, admitted: "10:00", ward("EAU")),
            Given.event(.discharged, recorded: "18:00", discharged: .value(Given.moment("17:00")), ward("EAU")))
        #expect(reading.location?.ward == "EAU")
        #expect(reading.stays.map(\.to) == [Given.moment("17:00")])
    }

    @Test func `a discharge told by date alone ends the stay on that day, not before it began`() {
        let day = Moment(Given.instant("00:00"), precision: .day)
        let reading = Given.reading(
            Given.event(.admitted, recorded: "10:05", class: .inpatient, admitted: "10:00", ward("DAYU")),
            Given.event(.discharged, recorded: "+1 08:00", discharged: .value(day), ward("DAYU")))
        #expect(reading.status == .finished)
        #expect(reading.stays == [Stay(location: HospitalLocation(ward: "DAYU"), from: Given.moment("10:00"), to: day)])
        #expect(reading.nights(at: Given.instant("+1 08:00")) == 0)
    }

    @Test func `nights are the midnights passed in London`() throws {
        func nights(_ from: String, _ to: String) throws -> Int? {
            let admitted = Moment(try #require(Instant(iso8601: from)))
            let event = AdmissionEvent(
                kind: .admitted, telling: Telling(trigger: "A01", recorded: admitted), patient: Given.patient,
                encounter: EncounterDetails(
                    number: "SP1", issuer: "ZX901", encounterClass: .inpatient, admittedAt: admitted))
            return Given.reading(event).nights(at: try #require(Instant(iso8601: to)))
        }
        // product.md 3.2: 28-Mar-2026 23:30 to 29-Mar-2026 08:00 = 1d
        #expect(try nights("2026-03-28T23:30:00Z", "2026-03-29T07:00:00Z") == 1)
        #expect(try nights("2026-03-29T00:00:00Z", "2026-03-29T21:59:59Z") == 0)
        // 23:30 UTC on a summer's evening is past midnight in London.
        #expect(try nights("2026-06-01T22:30:00Z", "2026-06-01T23:30:00Z") == 1)
        #expect(try nights("2026-10-24T22:59:00Z", "2026-10-26T00:00:00Z") == 2)
        #expect(try nights("2026-02-09T15:22:00Z", "2026-03-03T08:00:00Z") == 22)
    }

    @Test func `nights stop at the discharge`() {
        let reading = Given.reading(
            Given.event(.admitted, recorded: "10:05", class: .inpatient, admitted: "10:00"),
            Given.event(.discharged, recorded: "+2 18:00", discharged: .value(Given.moment("+2 17:00"))))
        #expect(reading.nights(at: Given.instant("+20 10:00")) == 2)
    }
}
