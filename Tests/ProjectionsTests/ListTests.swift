import Admissions
import EventSourcing
import Postgres
import Projections
import Testing

@Suite struct ListTests {
    let stay = Visit(number: "SP1", person: .billie)
    let second = Visit(number: "SP2", person: .kit)
    let foreign = Visit(number: "SP3", person: .mo)
    let attendance = Visit(number: "ED1", person: .kit, encounterClass: .emergency, ward: "ED")

    @Test func `an open stay is in hospital, with all that its line shows`() async throws {
        try await World.with { world in
            try await world.tell(stay.admitted("2026-03-02T21:14:00Z"), told: "2026-03-02T21:15:08Z")
            try await world.project()
            let page = try await world.page(.inHospital)
            #expect(page.total == 1)
            #expect(page.nextCursor == nil)
            let item = try #require(page.items.first)
            let row = item.row
            #expect(row.practice == "Z99001")
            #expect(row.hospital == World.hospital)
            #expect(row.encounterRef.hasPrefix("enc_"))
            #expect(row.version == 1)
            #expect(row.patient.ref.hasPrefix("pt_"))
            #expect(row.patient.nhsNumber == "9990000018")
            #expect(row.patient.family == "Nightingale-Ashworth")
            #expect(row.patient.given == ["Wilhelmina"])
            #expect(row.patient.prefix == "Mx")
            #expect(row.patient.born == "1931-12-25")
            #expect(row.patient.localNumber == "L1")
            #expect(!row.patient.isDeceased)
            #expect(row.encounterClass == "inpatient")
            #expect(row.status == "in-progress")
            #expect(row.admitted.at == instant("2026-03-02T21:14:00Z"))
            #expect(row.admitted.toldAt == instant("2026-03-02T21:15:08Z"))
            #expect(row.admissionMethod == "21")
            #expect(row.location == PlaceOfCare(site: "ZX901", ward: "7B", bay: "1", bed: "3"))
            #expect(row.consultant == "C1234567")
            #expect(row.consultantName == "Mr Imran Khan")
            #expect(row.specialty == "430")
            #expect(row.reason == "Fall at home")
            #expect(row.discharged == .unknown)
            #expect(item.row.linkedEncounterRef == nil)
            #expect(item.standing == .confirmed)
            #expect(!item.isLocationWithheld)
        }
    }

    @Test func `news that the views do not show yet makes every answer incomplete, and says how much it is`() async throws {
        try await World.with { world in
            try await world.tell(stay.admitted("2026-03-02T21:14:00Z"), told: "2026-03-02T21:15:08Z")
            let nothing = try await world.page(.inHospital)
            #expect(nothing.items.isEmpty && !nothing.isComplete && nothing.toldThrough == nil)
            #expect(nothing.feeds.map(\.behind) == [1] && nothing.feeds.map(\.hospital) == [World.hospital])
            try await world.project()
            try await world.tell(second.admitted("2026-03-03T07:00:00Z"), told: "2026-03-03T07:00:00Z")
            try await world.tell(foreign.admitted("2026-03-03T07:59:58Z"), told: "2026-03-03T07:59:58Z")
            let late = try await world.page(.inHospital)
            #expect(late.items.count == 1 && !late.isComplete && late.feeds.map(\.behind) == [2])
            #expect(late.toldThrough == instant("2026-03-02T21:15:08Z"))
            // What came a moment ago is on its way.
            let soon = try await world.lists(now: "2026-03-03T07:00:01Z").feeds(access: World.access())
            #expect(soon.map(\.behind) == [0])
            try await world.project()
            #expect(try await world.page(.inHospital).feeds.map(\.behind) == [0])
        }
    }

    @Test func `nobody in hospital gives an empty page with a total of none`() async throws {
        try await World.with { world in
            try await world.tell(stay.admitted("2026-03-02T21:14:00Z"), told: "2026-03-02T21:14:00Z")
            try await world.project()
            let page = try await world.page(.inHospital, of: "Z99077")
            #expect(page.items.isEmpty)
            #expect(page.total == 0)
            #expect(page.isComplete == false)
            #expect(page.feeds.count == 1)
        }
    }

    @Test func `those longest in hospital come first`() async throws {
        try await World.with { world in
            try await world.tell([
                second.admitted("2026-03-01T09:00:00Z"), stay.admitted("2026-02-09T15:22:00Z"),
                foreign.admitted("2026-02-01T09:00:00Z"),
            ])
            try await world.project()
            #expect(try await world.names(.inHospital) == ["Nightingale-Ashworth", "Abernathy"])
            #expect(try await world.names(.inHospital, of: "Z99002") == ["Okafor"])
        }
    }

    @Test func `admissions count from when they were told, and sort by when they happened`() async throws {
        try await World.with { world in
            // Told late: happened before the other, told after it.
            try await world.tell(second.admitted("2026-03-02T22:00:00Z"), told: "2026-03-02T22:01:00Z")
            try await world.tell(
                stay.admitted("2026-03-02T18:00:00Z", recorded: "2026-03-03T07:30:00Z"), told: "2026-03-03T07:31:00Z")
            try await world.project()
            #expect(try await world.names(.admissions) == ["Abernathy", "Nightingale-Ashworth"])
            #expect(try await world.names(.admissions, since: "2026-03-03T07:00:00Z") == ["Nightingale-Ashworth"])
            // After, not at: windows that follow each other do not overlap.
            #expect(try await world.names(.admissions, since: "2026-03-03T07:31:00Z") == [])
            #expect(
                try await world.names(.admissions, since: "2026-03-03T07:30:59.999999Z") == ["Nightingale-Ashworth"])
        }
    }

    @Test func `an admission stays new whatever is told later, and shows after the patient has gone`() async throws {
        try await World.with { world in
            try await world.tell(stay.admitted("2026-03-02T21:00:00Z"), told: "2026-03-02T21:01:00Z")
            try await world.tell(stay.moved(to: "5A", "2026-03-02T23:00:00Z"), told: "2026-03-02T23:01:00Z")
            try await world.tell(stay.discharged("2026-03-03T06:00:00Z"), told: "2026-03-03T06:01:00Z")
            try await world.project()
            #expect(try await world.names(.admissions, since: "2026-03-02T20:00:00Z") == ["Nightingale-Ashworth"])
            #expect(try await world.names(.admissions, since: "2026-03-02T22:00:00Z") == [])
            #expect(try await world.names(.inHospital) == [])
        }
    }

    @Test func `discharges count from when they were told`() async throws {
        try await World.with { world in
            try await world.tell([stay.admitted("2026-03-01T09:00:00Z"), second.admitted("2026-03-01T10:00:00Z")])
            try await world.tell(stay.discharged("2026-03-02T16:35:00Z"), told: "2026-03-02T16:40:00Z")
            try await world.tell(
                second.discharged("2026-03-02T12:00:00Z", recorded: "2026-03-03T07:00:00Z", destination: "54"),
                told: "2026-03-03T07:01:00Z")
            try await world.project()
            #expect(try await world.names(.discharges) == ["Nightingale-Ashworth", "Abernathy"])
            let page = try await world.page(.discharges, since: "2026-03-02T17:00:00Z")
            let row = try #require(page.items.first).row
            #expect(page.total == 1)
            #expect(row.discharged.at == instant("2026-03-02T12:00:00Z"))
            #expect(row.discharged.toldAt == instant("2026-03-03T07:01:00Z"))
            #expect(row.dischargeDestination == "54")
            #expect(row.dischargeMethod == "1")
            #expect(row.status == "finished")
        }
    }

    @Test func `a cancelled discharge puts the patient back into hospital`() async throws {
        try await World.with { world in
            try await world.tell([
                stay.admitted("2026-03-01T09:00:00Z"), stay.discharged("2026-03-02T16:35:00Z"),
                stay.dischargeCancelled("2026-03-02T17:00:00Z"),
            ])
            try await world.project()
            #expect(try await world.names(.discharges) == [])
            #expect(try await world.names(.inHospital) == ["Nightingale-Ashworth"])
        }
    }

    @Test func `a cancelled admission disappears from every list and stays in the view`() async throws {
        try await World.with { world in
            try await world.tell(stay.admitted("2026-03-02T21:00:00Z"))
            try await world.project()
            #expect(try await world.names(.inHospital) == ["Nightingale-Ashworth"])
            try await world.tell(stay.admissionCancelled("2026-03-02T22:00:00Z"))
            try await world.project()
            for list in PracticeList.allCases where list != .corrected { #expect(try await world.names(list) == []) }
            let corrected = try await world.page(.corrected, since: "2026-03-02T00:00:00Z")
            #expect(corrected.items.map(\.row.status) == ["cancelled"])
            #expect(corrected.items.map(\.row.patient.family) == ["Nightingale-Ashworth"])
            #expect(try await world.page(.corrected, since: "2026-03-04T00:00:00Z").total == 0)
        }
    }

    @Test func `attendances are new when they begin and again when they end`() async throws {
        try await World.with { world in
            try await world.tell(attendance.registered("2026-03-02T18:00:00Z"), told: "2026-03-02T18:01:00Z")
            try await world.project()
            #expect(try await world.names(.attendances, since: "2026-03-02T18:00:00Z") == ["Abernathy"])
            #expect(try await world.names(.attendances, since: "2026-03-02T19:00:00Z") == [])
            try await world.tell(
                attendance.discharged("2026-03-02T22:00:00Z", disposal: "02"), told: "2026-03-02T22:02:00Z")
            try await world.project()
            let page = try await world.page(.attendances, since: "2026-03-02T19:00:00Z")
            let row = try #require(page.items.first).row
            #expect(row.disposal == "02")
            #expect(row.arrived.at == instant("2026-03-02T18:00:00Z"))
            #expect(row.isAttendance)
            for list in [PracticeList.admissions, .inHospital, .discharges] {
                #expect(try await world.names(list) == [])
            }
        }
    }

    @Test func `a stay that came out of an attendance is linked with it, both ways, and says when the person arrived`() async throws {
        try await World.with { world in
            let ward = Visit(number: "SP9", person: .kit)
            try await world.tell([
                attendance.registered("2026-03-02T18:00:00Z"),
                attendance.discharged("2026-03-02T21:00:00Z", disposal: "01"),
                ward.admitted("2026-03-03T02:59:00Z"),
                // Another patient and another day: no link.
                stay.admitted("2026-03-02T21:00:00Z"),
                Visit(number: "SP8", person: .kit).admitted("2026-02-20T10:00:00Z"),
            ])
            try await world.project()
            let inpatients = try await world.page(.admissions)
            let attendances = try await world.page(.attendances)
            let line = try #require(attendances.items.first)
            let linked = inpatients.items.filter { $0.row.linkedEncounterRef != nil }
            #expect(linked.map(\.row.linkedEncounterRef) == [line.row.encounterRef])
            #expect(linked.map(\.row.admitted.at) == [instant("2026-03-03T02:59:00Z")])
            #expect(line.row.linkedEncounterRef == linked.first?.row.encounterRef)
            #expect(linked.map(\.row.arrived.at) == [instant("2026-03-02T18:00:00Z")])
            // What changes of the attendance changes in the line of the stay; and a stay that was cancelled led nowhere.
            try await world.tell(attendance.registered("2026-03-02T17:30:00Z"))
            try await world.project()
            #expect(try await world.comparison().isEqual)
            try await world.tell(ward.admissionCancelled("2026-03-03T04:00:00Z"))
            try await world.project()
            #expect(try await world.page(.attendances).items.map(\.row.linkedEncounterRef) == [nil])
            #expect(try await world.comparison().isEqual)
        }
    }

    @Test func `an attendance that became a stay under one number is on both lists`() async throws {
        try await World.with { world in
            let arrival = Visit(number: "V1", person: .billie, encounterClass: .emergency, ward: "ED")
            let ward = Visit(number: "V1", person: .billie)
            try await world.tell([arrival.registered("2026-03-02T18:00:00Z"), ward.admitted("2026-03-02T21:00:00Z")])
            try await world.project()
            let stays = try await world.page(.inHospital)
            #expect(stays.items.map(\.row.linkedEncounterRef) == stays.items.map(\.row.encounterRef))
            #expect(stays.total == 1)
            #expect(try await world.names(.attendances) == ["Nightingale-Ashworth"])
        }
    }

    @Test func `pages follow each other without loss or repeat, though rows come in between`() async throws {
        try await World.with { world in
            // Three pairs at the same instant, so that ties are broken.
            for number in 0..<7 {
                let visit = Visit(number: "SP\(number)", person: .billie.called("Person \(number)"))
                var person = visit.person
                person.number = "P\(number)"
                let own = Visit(number: visit.number, person: person)
                try await world.tell(own.admitted("2026-03-0\(1 + number / 2)T09:00:00Z"))
            }
            try await world.project()
            for list in [PracticeList.inHospital, .admissions] {
                var seen: [String] = []
                var cursor: String?
                repeat {
                    let page = try await world.page(list, limit: 3, cursor: cursor)
                    #expect(page.total == 7)
                    seen += page.items.map(\.row.encounterRef)
                    cursor = page.nextCursor
                } while cursor != nil
                #expect(seen.count == 7)
                #expect(Set(seen).count == 7)
                let whole = try await world.page(list, limit: 200)
                #expect(whole.items.map(\.row.encounterRef) == seen)
            }
            let first = try await world.page(.inHospital, limit: 3)
            try await world.tell(Visit(number: "SP99", person: .kit).admitted("2026-02-01T09:00:00Z"))
            try await world.project()
            let next = try await world.page(.inHospital, limit: 200, cursor: first.nextCursor)
            #expect(next.items.count == 4)
            #expect(next.total == 8)
        }
    }

    @Test(arguments: [0, -1, 201]) func `a limit out of range is refused`(limit: Int) async throws {
        try await World.with { world in
            await #expect(throws: ProjectionError.limitOutOfRange) { try await world.page(.inHospital, limit: limit) }
        }
    }

    @Test func `of a restricted patient no list says where or why`() async throws {
        try await World.with { world in
            let secret = Visit(number: "SP4", person: .sam)
            try await world.tell([
                secret.admitted("2026-03-02T21:00:00Z"), stay.admitted("2026-03-02T20:00:00Z"),
            ])
            try await world.project()
            let page = try await world.page(.inHospital)
            #expect(page.total == 2)
            let item = try #require(page.items.first { $0.isLocationWithheld })
            #expect(item.row.patient.family == "Tregenza")
            #expect(item.row.hospital == nil)
            #expect(item.row.location == PlaceOfCare())
            #expect(item.row.reason == nil)
            #expect(item.row.consultant == nil)
            #expect(item.row.consultantName == nil)
            #expect(item.row.specialty == nil)
            #expect(item.row.patient.localIssuer == nil)
            // It is the flag that withholds, on the day it is set: older rows follow.
            var open = Person.sam
            open.isRestricted = true
            open.number = Person.billie.number
            open.practice = Person.billie.practice
            try await world.tell(open.updated("2026-03-03T01:00:00Z"))
            try await world.project()
            #expect(try await world.page(.inHospital).items.allSatisfy(\.isLocationWithheld))
        }
    }

    @Test func `each page says how fresh every feed is`() async throws {
        try await World.with { world in
            try await world.tell(stay.admitted("2026-03-03T01:00:00Z"), told: "2026-03-03T03:10:03Z")
            try await world.tell(second.admitted("2026-03-03T01:00:00Z"), told: "2026-03-03T07:59:11Z", by: World.other)
            try await world.project()
            let page = try await world.page(.inHospital, now: "2026-03-03T08:02:04Z")
            #expect(page.feeds.map(\.hospital) == [World.hospital, World.other])
            #expect(page.feeds.map(\.state) == [.silent, .fresh])
            #expect(page.feeds.map(\.lastHeard) == [instant("2026-03-03T03:10:03Z"), instant("2026-03-03T07:59:11Z")])
            #expect(page.feeds.map(\.messages) == [1, 1])
            #expect(!page.isComplete)
            #expect(page.toldThrough == instant("2026-03-03T07:59:11Z"))
            #expect(page.madeAt == instant("2026-03-03T08:02:04Z"))
            let later = try await world.page(.inHospital, now: "2026-03-03T04:00:00Z")
            #expect(later.isComplete)
        }
    }
}
