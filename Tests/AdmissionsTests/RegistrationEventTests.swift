import Admissions
import EventSourcing
import Testing

/// What a practice tells of its list, as its log keeps it.
@Suite struct RegistrationEventTests {
    private static func patient() throws -> RegisteredPatient {
        var care = RegisteredPatient.Care()
        care.isOnCaseload = true
        care.isConsented = true
        care.consentedOn = LondonDay("2026-01-14")
        care.keyWorker = "Kay Patel"
        care.hasFOPASConcern = true
        care.reviewedOn = LondonDay("2026-02-20")
        care.reviewDueOn = LondonDay("2026-05-20")
        return RegisteredPatient(
            details: .init(
                born: try #require(LondonDay("1938-04-12")), surname: "Tester", given: "Anne",
                registeredOn: LondonDay("2003-02-01"), usualGP: "Dr Vane", careHome: "Willow House"),
            symphony: .init(9, scoredOn: LondonDay("2026-02-01")), care: care)
    }

    private static func changes() throws -> [RegistrationEvent.Change] {
        let patient = try patient()
        let day = try #require(Roster.today)
        return [
            .listed(patient, from: day), .listed(RegisteredPatient(details: patient.details), from: nil),
            .left(on: day),
            .detailsChanged(patient.details), .symphonyScored(patient.symphony), .symphonyScored(nil),
            .careChanged(patient.care), .careChanged(.init()),
        ]
    }

    @Test func `an event is read back as it was written`() throws {
        for change in try Self.changes() {
            let event = RegistrationEvent(change, of: try Roster.person(0), by: "terminal:kay")
            #expect(try RegistrationEvent(type: event.type, payload: event.payload) == event)
        }
    }

    @Test func `its payload is canonical JSON and says whose act it was`() throws {
        let scored = RegistrationEvent(
            .symphonyScored(.init(9, scoredOn: LondonDay("2026-02-01"))), of: try Roster.person(0), by: "terminal:kay"
        )
        #expect(
            String(decoding: scored.payload, as: UTF8.self)
                == #"{"by":"terminal:kay","nhs":"9990000018","symphony":{"on":"2026-02-01","score":9}}"#)
        let listed = RegistrationEvent(
            .listed(try Self.patient(), from: Roster.today), of: try Roster.person(0), by: "terminal:kay")
        #expect(
            String(decoding: listed.payload, as: UTF8.self)
                == #"{"by":"terminal:kay","care":{"caseload":true,"consented":true,"consentedOn":"2026-01-14","#
                + #""fopas":true,"keyWorker":"Kay Patel","reviewDue":"2026-05-20","reviewed":"2026-02-20"},"#
                + #""details":{"born":"1938-04-12","careHome":"Willow House","given":"Anne","gp":"Dr Vane","#
                + #""registered":"2003-02-01","surname":"Tester"},"from":"2026-03-03","nhs":"9990000018","#
                + #""symphony":{"on":"2026-02-01","score":9}}"#)
    }

    @Test(arguments: [
        ("registration.forgotten.v1", #"{"by":"kay","nhs":"9990000018"}"#),
        ("registration.left.v1", #"{"by":"kay","nhs":"9990000018"}"#),
        ("registration.left.v1", #"{"left":"2026-03-03","nhs":"9990000018"}"#),
        ("registration.left.v1", #"{"by":"kay","left":"2026-02-30","nhs":"9990000018"}"#),
        ("registration.left.v1", #"{"by":"kay","left":"2026-03-03","nhs":"9990000019"}"#),
        ("registration.listed.v1", #"{"by":"kay","care":{},"nhs":"9990000018"}"#),
        ("registration.symphony-scored.v1", #"{"by":"kay","nhs":"9990000018"}"#),
        ("registration.symphony-scored.v1", #"{"by":"kay","nhs":"9990000018","symphony":{"score":11}}"#),
    ])
    func `what is no event of a registration is not read`(type: String, payload: String) {
        #expect(throws: JSONError.self) { try RegistrationEvent(type: type, payload: Array(payload.utf8)) }
    }

    @Test func `one person at one practice has one stream, which shows no number`() throws {
        let practice = try #require(Roster.practice)
        let other = try #require(ODSPracticeCode("L99902"))
        let stream = RegistrationEvent.stream(of: try Roster.person(0), at: practice)
        #expect(stream.rawValue.hasPrefix("registration:") && stream.rawValue.utf8.count == 45)
        #expect(!stream.rawValue.contains("9990000018"))
        #expect(stream != RegistrationEvent.stream(of: try Roster.person(1), at: practice))
        #expect(stream != RegistrationEvent.stream(of: try Roster.person(0), at: other))
    }

    @Test func `it happened at the beginning of its day in London`() throws {
        let practice = try #require(Roster.practice)
        let summer = try #require(LondonDay("2026-07-01"))
        let left = RegistrationEvent(.left(on: summer), of: try Roster.person(0), by: "terminal:kay")
        #expect(left.newEvent(at: practice).occurredAt?.iso8601 == "2026-06-30T23:00:00Z")
        let changed = RegistrationEvent(.careChanged(.init()), of: try Roster.person(0), by: "terminal:kay")
        #expect(changed.newEvent(at: practice).occurredAt == nil)
    }

    @Test func `events told again change nothing`() throws {
        let person = try Roster.person(0)
        var registration = try #require(
            Registration(RegistrationEvent(.listed(try Self.patient(), from: nil), of: person, by: "kay")))
        let left = RegistrationEvent(.left(on: try #require(Roster.today)), of: person, by: "kay")
        registration.apply(left)
        let once = registration
        registration.apply(left)
        #expect(registration == once && registration.periods.count == 1)
    }

    @Test func `nobody's registration begins but by being listed, and another's event is not theirs`() throws {
        let left = RegistrationEvent(.left(on: try #require(Roster.today)), of: try Roster.person(0), by: "kay")
        #expect(Registration(left) == nil)
        var registration = try #require(
            Registration(RegistrationEvent(.listed(try Self.patient(), from: nil), of: try Roster.person(1), by: "kay"))
        )
        registration.apply(left)
        #expect(registration.isListed)
        var list = RegisteredList()
        list.apply(left)
        #expect(list.listedCount == 0 && list.registrations.isEmpty)
    }

    @Test func `a list passes over what is about something else, and stops at a registration it cannot read`() throws {
        var list = RegisteredList()
        try list.apply(type: "concern.raised.v1", payload: Array("{}".utf8))
        #expect(list == RegisteredList())
        #expect(throws: JSONError.self) { try list.apply(type: "registration.left.v1", payload: Array("{}".utf8)) }
    }

    @Test func `a day of registration that is told later mends the period`() throws {
        let person = try Roster.person(0)
        var patient = try Self.patient()
        patient.details.registeredOn = nil
        var registration = try #require(
            Registration(RegistrationEvent(.listed(patient, from: nil), of: person, by: "kay")))
        registration.apply(RegistrationEvent(.detailsChanged(try Self.patient().details), of: person, by: "kay"))
        #expect(registration.periods == [.init(from: LondonDay("2003-02-01"), to: nil)])
    }

    @Test func `an import is told in numbers and codes alone`() throws {
        let told = RosterImport(
            file: String(repeating: "a", count: 64), by: "terminal:kay", rowCount: 8_431, heldBackCount: 19,
            joinedCount: 23, leftCount: 19, changedCount: 8, listedCount: 8_412)
        #expect(try RosterImport(payload: told.payload) == told)
        #expect(told.newEvent.stream == StreamName("roster") && told.newEvent.type == "roster.imported.v1")
    }
}
