import Admissions
import EventSourcing
import Foundation
import HTTPTypes
import HummingbirdTesting
import Postgres
import Projections
import Testing

@testable import PracticeService

/// The FHIR facade over what a projector made (product.md section 5.8).
@Suite struct FHIRTests {
    static let encounters = "/fhir/R4/Encounter"

    @Test func `an encounter says in UK Core's codes what was told`() async throws {
        try await DetailService.with { service in
            let bundle = try await service.ask(
                Self.encounters + "?class=IMP&status=in-progress&_include=Encounter:patient")
            #expect(bundle.headers[.contentType] == FHIRRoutes.mediaType)
            let stay = try #require(bundle.resources().first { $0["location"] != nil })
            let id = try #require(stay["id"] as? String)
            let read = try await service.ask("\(Self.encounters)/\(id)")
            #expect(read.object as NSDictionary == stay as NSDictionary)
            for part in [
                #""class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"IMP","display":"#,
                #""system":"https://fhir.hl7.org.uk/CodeSystem/UKCore-AdmissionMethodEngland","code":"21""#,
                #""system":"https://fhir.hl7.org.uk/CodeSystem/UKCore-SourceOfAdmissionEngland","code":"19""#,
                #""period":{"start":"2026-02-20T20:00:00+00:00"}"#, #""valueDate":"2026-03-05""#,
                #""reasonCode":[{"text":"Fall at home"}]"#, #""code":"430","display":"Elderly medicine""#,
                #"{"system":"https://fhir.hl7.org.uk/Id/gmc-number","value":"1234567"},"display":"Mr Imran Khan""#,
                #""serviceProvider":{"reference":"Organization/ZX901","identifier":"#,
                #"{"system":"https://fhir.nhs.uk/Id/ods-organization-code","value":"ZX901"},"display":"Southmoor"#,
                #""display":"Southmoor District, 7B, bay 1, bed 3""#, #""status":"active""#,
            ] { #expect(read.text.contains(part), "\(part)") }
            #expect(!read.text.contains("null") && !read.text.contains("[]"))

            let patient = try #require(bundle.resources("include").first { $0["birthDate"] as? String == "1931-12-25" })
            #expect(((patient["identifier"] as? [[String: Any]])?.first)?["value"] as? String == "9990000018")
            #expect(
                ((patient["generalPractitioner"] as? [[String: Any]])?.first)?["reference"] as? String
                    == "Organization/Z99001")

            // The stay came out of an attendance, whose outcome has no code in UK Core.
            let came = try #require(
                (stay["extension"] as? [[String: Any]])?.compactMap { $0["valueReference"] as? [String: Any] }.first)
            let attendance = try await service.ask("/fhir/R4/\(try #require(came["reference"] as? String))")
            #expect(attendance.text.contains(#""code":"EMER""#))
            #expect(attendance.text.contains(#""valueCodeableConcept":{"text":"Admitted"#))

            let tag = try #require(read.headers[.eTag])
            #expect(tag.hasPrefix("W/\"1-"))
            #expect(
                try await service.ask("\(Self.encounters)/\(id)", headers: [.ifNoneMatch: tag]).status == .notModified)
            let page = try #require(bundle.headers[.eTag])
            #expect(
                try await service.ask(
                    Self.encounters + "?class=IMP&status=in-progress&_include=Encounter:patient",
                    headers: [.ifNoneMatch: page]
                ).status == .notModified)
        }
    }

    @Test func `organisations, places and flags can be read where they are referred to`() async throws {
        try await DetailService.with { service in
            let stays = try await service.ask(Self.encounters + "?class=IMP&status=in-progress").resources()
            let stay = try #require(stays.first { $0["location"] != nil })
            let places = try #require(stay["location"] as? [[String: Any]])
            let place = try #require((places.first?["location"] as? [String: Any])?["reference"] as? String)
            let location = try await service.ask("/fhir/R4/\(place)").object
            #expect(location["name"] as? String == "7B" && location["description"] as? String == "Southmoor District")
            #expect(try await service.ask("/fhir/R4/\(place)", practices: ["Z99002"]).status == .ok)
            #expect(try await service.ask("/fhir/R4/\(place)", practices: ["Z99003"]).status == .notFound)
            #expect(
                try await service.ask("/fhir/R4/Organization/ZX901").object["name"] as? String == "Southmoor District")
            #expect(try await service.ask("/fhir/R4/Organization/Z99001").status == .ok)
            #expect(try await service.ask("/fhir/R4/Organization/Z99002").issue == "not_found")

            let id = try #require(stay["id"] as? String)
            let subject = try #require((stay["subject"] as? [String: Any])?["reference"] as? String)
            let flags = try await service.ask("/fhir/R4/Flag?status=active&category=clinical&patient=\(subject)")
            #expect(
                flags.resources().map { $0["id"] as? String } == [
                    "\(id).expected-discharge", "\(id).fopas", "\(id).los",
                ])
            #expect(flags.text.contains(#""text":"7 nights or more in hospital"}"#))
            #expect(flags.text.contains(#""period":{"start":"2026-02-27"}"#))
            #expect(
                try await service.count(
                    """
                    select max(s.patients) from audit.shown s join audit.access a on a.id = s.access
                    where a.route = 'fhir/flags/search'
                    """) == 1)
            #expect(try await service.ask("/fhir/R4/Flag/\(id).los").object["id"] as? String == "\(id).los")
            #expect(try await service.ask("/fhir/R4/Flag/\(id).los", practices: ["Z99002"]).issue == "not_found")
            for (query, expected) in [
                ("status=inactive", 0), ("date=ge2026-02-27", 1), ("date=gt2026-02-27", 1), ("date=lt2026-02-27", 0),
                ("date=le2026-02-27", 1), ("date=sa2026-02-26", 1), ("date=2026-02-27", 0), ("category=admin", 0),
            ] {
                let found = try await service.ask("/fhir/R4/Flag?\(query)&patient=\(subject)").resources()
                    .filter { ($0["id"] as? String)?.hasSuffix("los") == true }
                #expect(found.count == expected, "\(query)")
            }
            // All pages give what one gives.
            let whole = try await service.ask("/fhir/R4/Flag").resources().compactMap { $0["id"] as? String }
            #expect(
                whole.contains { $0.hasSuffix(".readmission-risk") } && whole.contains { $0.hasSuffix(".told-late") })
            var walked: [String] = []
            var next: String? = "/fhir/R4/Flag?_count=2"
            while let page = next, walked.count < 50 {
                let response = try await service.ask(page)
                walked += response.resources().compactMap { $0["id"] as? String }
                next = response.link("next").map(Self.path)
            }
            #expect(walked == whole)
        }
    }

    /// What follows the host of an address.
    private static func path(_ url: String) -> String {
        url.firstRange(of: "/fhir").map { String(url[$0.lowerBound...]) } ?? url
    }

    @Test func `of a restricted patient no resource tells where they are, nor is one found by it`() async throws {
        try await DetailService.with { service in
            let found = try await service.ask(
                "/fhir/R4/Patient/_search", form: "identifier=https%3A%2F%2Ffhir.nhs.uk%2FId%2Fnhs-number%7C9990000042")
            let patient = try #require(found.resources().first)
            #expect(!(found.link("self") ?? "9990000042").contains("999"))
            let id = try #require(patient["id"] as? String)
            let path = "\(Self.encounters)?patient=Patient/\(id)&_include=Encounter:patient"
            let bundle = try await service.ask(path)
            let encounter = try #require(bundle.resources().first?["id"] as? String)
            for path in [path, "\(Self.encounters)/\(encounter)", "/fhir/R4/Patient/\(id)"] {
                let text = try await service.ask(path).text
                #expect(text.contains(#""code":"R","display":"restricted""#))
                for place in ["ZX901", "Southmoor", "9Z", "Private", "serviceProvider", "L4"] {
                    #expect(!text.contains(place), "\(place)")
                }
            }
            let atHospital = try await service.ask(
                Self.encounters + "?service-provider:identifier=https://fhir.nhs.uk/Id/ods-organization-code%7CZX901")
            #expect(atHospital.resources().count == 4)
            #expect(!atHospital.resources().contains { $0["id"] as? String == encounter })
            let ward = try #require(LogName("ZX901").flatMap { _ in Self.place(ward: "9Z") })
            #expect(try await service.ask("/fhir/R4/Location/\(ward)").issue == "not_found")
        }
    }

    /// Queries, and whose encounters they find: N, A, T, P by initial; small letters are attendances.
    static let searches: [(String, String)] = [
        ("", "TaPNnA"), ("_sort=date", "AnNPaT"), ("class=EMER", "an"), ("class=EMER,IMP&status=finished", "nA"),
        ("status=in-progress", "TN"), ("status=arrived,cancelled", "aP"), ("status=entered-in-error", ""),
        ("class=http://terminology.hl7.org/CodeSystem/v3-ActCode%7CEMER", "an"),
        // The stay from 10 Feb 09:30 to 14 Feb 11:00, against a day on either side, within, and around it.
        ("status=finished&class=IMP&date=2026-02", "A"), ("status=finished&class=IMP&date=2026-02-10", ""),
        ("status=finished&class=IMP&date=ne2026-02", ""), ("status=finished&class=IMP&date=ne2026-02-10", "A"),
        ("status=finished&class=IMP&date=gt2026-02-13", "A"), ("status=finished&class=IMP&date=gt2026-02-14", ""),
        ("status=finished&class=IMP&date=ge2026-02-14", "A"), ("status=finished&class=IMP&date=ge2026-02-15", ""),
        ("status=finished&class=IMP&date=lt2026-02-11", "A"), ("status=finished&class=IMP&date=lt2026-02-10", ""),
        ("status=finished&class=IMP&date=le2026-02-10", "A"), ("status=finished&class=IMP&date=le2026-02-09", ""),
        ("status=finished&class=IMP&date=sa2026-02-09", "A"), ("status=finished&class=IMP&date=sa2026-02-10", ""),
        ("status=finished&class=IMP&date=eb2026-02-15", "A"), ("status=finished&class=IMP&date=eb2026-02-14", ""),
        ("status=finished&class=IMP&date=eb2026-02-14T11:01:00Z", "A"),
        ("status=finished&class=IMP&date=ge2026-02-14T12:00%2B01:00", "A"),
        ("status=finished&class=IMP&date=ge2026-02-14T12:01:00%2B01:00", ""),
        // What is open has no end.
        ("date=ge2030", "TaPN"), ("date=eb2030", "nA"), ("date=ge2026-02-20&date=le2026-02-20T19:59", "n"),
        ("_lastUpdated=ge2026-03-03", "TaPNnA"), ("_lastUpdated=lt2026-03-03", ""), ("_id=enc-0000000000000", ""),
        ("service-provider:identifier=ZX902", "a"), ("service-provider:identifier=ZX909", ""),
    ]

    @Test func `searches find what they ask for and no more, page by page`() async throws {
        try await DetailService.with { service in
            let families = try await service.families()
            func initials(_ response: TestResponse) -> String {
                response.resources().map { resource in
                    let subject = (resource["subject"] as? [String: Any])?["reference"] as? String
                    let initial = String(subject.flatMap { families[$0] }?.prefix(1) ?? "?")
                    let code = (resource["class"] as? [String: Any])?["code"] as? String
                    return code == "EMER" ? initial.lowercased() : initial
                }.joined()
            }
            for (query, expected) in Self.searches {
                let response = try await service.ask("\(Self.encounters)?\(query)")
                #expect(response.status == .ok, "\(query)")
                let whole = initials(response)
                #expect(
                    query.contains("_sort") || query.isEmpty ? whole == expected : whole.sorted() == expected.sorted(),
                    "\(query): \(whole)")
            }
            let posted = try await service.ask(Self.encounters + "/_search", form: "class=EMER&_count=200")
            #expect(initials(posted) == "an")
            for sort in ["", "&_sort=date"] {
                var walked = ""
                var path: String? = "\(Self.encounters)?_count=1\(sort)"
                while let next = path, walked.utf8.count < 10 {
                    let page = try await service.ask(next)
                    #expect(page.resources().count == 1)
                    walked += initials(page)
                    path = page.link("next").map(Self.path)
                }
                #expect(walked == (sort.isEmpty ? "TaPNnA" : "AnNPaT"))
            }
        }
    }

    @Test func `errors are operation outcomes, and what is not understood is refused unless asked otherwise`()
        async throws
    {
        try await DetailService.with { service in
            for (path, status, code) in [
                ("/fhir/R4/Encounter?ward=7B", 400, "unknown_parameter"),
                ("/fhir/R4/Encounter?class=IPM", 400, "invalid_parameter"),
                ("/fhir/R4/Encounter?status=open", 400, "invalid_parameter"),
                // What would come back in an address is a ref or a code of ours, and nothing else.
                ("/fhir/R4/Encounter?_id=Nightingale", 400, "invalid_parameter"),
                ("/fhir/R4/Encounter?patient=pt-9990000018", 400, "use_post_search"),
                ("/fhir/R4/Encounter?service-provider:identifier=other%7CZX902", 400, "invalid_parameter"),
                ("/fhir/R4/Encounter?service-provider:identifier=Nightingale", 400, "invalid_parameter"),
                ("/fhir/R4/Flag?category=Nightingale", 400, "invalid_parameter"),
                ("/fhir/R4/Encounter?date=ap2026", 400, "invalid_parameter"),
                ("/fhir/R4/Encounter?date=2026-02-30", 400, "invalid_parameter"),
                ("/fhir/R4/Encounter?_count=0", 400, "invalid_parameter"),
                ("/fhir/R4/Encounter?status=", 400, "invalid_parameter"),
                ("/fhir/R4/Encounter?class=IMP&class=EMER", 400, "invalid_parameter"),
                ("/fhir/R4/Encounter?_sort=status", 400, "invalid_parameter"),
                ("/fhir/R4/Encounter?_format=xml", 400, "invalid_parameter"),
                ("/fhir/R4/Encounter?_cursor=e1.AAAA", 400, "invalid_parameter"),
                ("/fhir/R4/Encounter?patient=9990000018", 400, "use_post_search"),
                ("/fhir/R4/Encounter?patient.identifier=x", 400, "use_post_search"),
                ("/fhir/R4/Encounter?subject=999%20000%200018", 400, "use_post_search"),
                ("/fhir/R4/Patient?identifier=https://fhir.nhs.uk/Id/nhs-number%7C9990000018", 400, "use_post_search"),
                ("/fhir/R4/Patient/9990000018", 404, "not_found"), ("/fhir/R4/Observation", 404, "not_found"),
                ("/fhir/R4/Encounter/enc-0000000000000", 404, "not_found"), ("/fhir/R4", 404, "not_found"),
            ] {
                let response = try await service.ask(path)
                #expect(response.status.code == status && response.issue == code, "\(path)")
                #expect(response.headers[.contentType] == FHIRRoutes.mediaType)
                #expect(response.object["resourceType"] as? String == "OperationOutcome")
                #expect(!["9990000", "999 000", "999%20"].contains(where: response.text.contains), "\(path)")
            }
            let lenient: HTTPFields = [.prefer: "return=representation, handling=lenient"]
            let ignored = try await service.ask("/fhir/R4/Encounter?ward=7B&class=EMER", headers: lenient)
            #expect(ignored.status == .ok && ignored.resources().count == 2)
            #expect(ignored.link("self")?.hasSuffix("/fhir/R4/Encounter?class=EMER") == true)
            for path in ["/fhir/R4/Encounter?identifier=9990000018", "/fhir/R4/Encounter?class=IPM"] {
                #expect(try await service.ask(path, headers: lenient).status == .badRequest)
            }
            for (response, status, code) in [
                (try await service.askBare("/fhir/R4/Encounter"), 401, "token_missing"),
                (try await service.ask("/fhir/R4/Encounter", role: "practice-admin"), 403, "scope_missing"),
                (try await service.ask("/fhir/R4/Encounter", form: "x=y"), 405, "method_not_allowed"),
                (try await service.ask("/fhir/R4/Patient/_search", json: "{}"), 400, "invalid_parameter"),
                (
                    try await service.ask("/fhir/R4/Patient/_search", form: "identifier=9990000019"), 400,
                    "invalid_parameter"
                ),
                (try await service.ask("/fhir/R4/Patient/_search", form: "family=x"), 400, "unknown_parameter"),
                (
                    try await service.ask("/fhir/R4/Patient/_search?identifier=1", form: "identifier=9990000018"), 400,
                    "use_post_search"
                ),
            ] {
                #expect(response.status.code == status && response.issue == code)
                #expect(response.object["resourceType"] as? String == "OperationOutcome")
            }
            let metadata = try await service.askBare("/fhir/R4/metadata")
            #expect(metadata.status == .ok && metadata.object["fhirVersion"] as? String == "4.0.1")
        }
    }

    @Test func `a search is of one practice, and another's is not found`() async throws {
        try await DetailService.with { service in
            let both = ["Z99001", "Z99002"]
            #expect(try await service.ask(Self.encounters, practices: both).issue == "practice_needed")
            let named: HTTPFields = [.endUserOrganisation: "Z99002"]
            let theirs = try await service.ask(Self.encounters, practices: both, headers: named).resources()
            #expect(theirs.count == 1)
            let id = try #require(theirs.first?["id"] as? String)
            #expect(try await service.ask("\(Self.encounters)/\(id)", practices: both).status == .ok)
            let before = try await service.count("select count(*) from audit.access where outcome = 'denied'")
            #expect(try await service.ask("\(Self.encounters)/\(id)").issue == "not_found")
            #expect(try await service.ask("\(Self.encounters)?_id=\(id)").resources().isEmpty)
            // Naming a practice in the header opens nothing, nor does a cursor of theirs.
            #expect(try await service.ask(Self.encounters, headers: named).resources().count == 6)
            let cursor = SearchCursor(practice: "Z99002", place: "9000000000000000 enc_z", query: "").text
            #expect(try await service.ask("\(Self.encounters)?_cursor=\(cursor)").issue == "not_found")
            #expect(
                try await service.ask("\(Self.encounters)?_cursor=\(cursor)", practices: ["Z99002"]).resources().count
                    == 1)
            #expect(try await service.count("select count(*) from audit.access where outcome = 'denied'") == before + 2)
            // Every patient of an answer is in its record.
            #expect(
                try await service.count(
                    """
                    select max(s.patients) from audit.shown s
                    join audit.access a on a.id = s.access and a.practice = s.practice
                    where a.route = 'fhir/encounters/search' and a.practice = 'Z99001'
                    """) == 5)
        }
    }

    @Test func `a silent feed is said among the entries`() async throws {
        try await DetailService.with(now: Given.now + .seconds(2 * 86_400)) { service in
            let bundle = try await service.ask(Self.encounters + "?class=AMB")
            #expect(bundle.resources().isEmpty)
            let outcome = try #require(bundle.resources("outcome").first)
            let issues = try #require(outcome["issue"] as? [[String: Any]])
            #expect(issues.map { $0["code"] as? String } == ["incomplete", "incomplete"])
            #expect(bundle.text.contains("southmoor has been silent since 2026-03-03T08:01:04Z"))
        }
    }

    /// The id of a ward's Location at ZX901.
    private static func place(ward: String) -> String? {
        var row = Given.stay()
        row.location = PlaceOfCare(site: "ZX901", ward: ward)
        return PlaceKey(row)?.text
    }
}

extension FHIRTests {
    @Test func `the span of a date is all that it names, in London`() {
        for (text, first, last) in [
            ("2026", "2026-01-01T00:00:00Z", "2026-12-31T23:59:59.999999Z"),
            ("2026-12", "2026-12-01T00:00:00Z", "2026-12-31T23:59:59.999999Z"),
            ("2026-09", "2026-08-31T23:00:00Z", "2026-09-30T22:59:59.999999Z"),
            ("2026-03-29", "2026-03-29T00:00:00Z", "2026-03-29T22:59:59.999999Z"),
            ("ge2026-10-25", "2026-10-24T23:00:00Z", "2026-10-25T23:59:59.999999Z"),
            ("sa2026-07-01T09:30", "2026-07-01T08:30:00Z", "2026-07-01T08:30:59.999999Z"),
            ("2026-10-25T01:30:00", "2026-10-25T00:30:00Z", "2026-10-25T00:30:00.999999Z"),
            ("2026-10-25T01:30:00Z", "2026-10-25T01:30:00Z", "2026-10-25T01:30:00.999999Z"),
            ("lt2026-01-01T00:00:00.5+01:00", "2025-12-31T23:00:00.5Z", "2025-12-31T23:00:00.599999Z"),
        ] {
            let span = FHIRDate.span(text)
            #expect(span?.first == Given.instant(first) && span?.last == Given.instant(last), "\(text)")
        }
        for text in [
            "", "ge", "xx2026", "ap2026", "202", "2026-13", "2026-02-30", "2026-3-1", "2026-03-01T", "2026-03-01T25:00",
            "2026-03-01 10:00", "26-03-01", "-2026",
        ] {
            #expect(FHIRDate.span(text) == nil, "\(text)")
        }
    }

    @Test func `texts that FHIR does not allow are mended or left out`() {
        #expect(FHIRText.string("a\u{1B}b\n") == "ab\n")
        for text in ["", " \u{A0}", "\u{0}"] { #expect(FHIRText.string(text) == nil) }
        #expect(FHIRText.code(" 2A ") == "2A" && FHIRText.code("a  b") == "a b" && FHIRText.code(" ") == nil)
        #expect(FHIRText.ref(id: "enc-7hq3v0k2mzd41", kind: "enc") == "enc_7hq3v0k2mzd41")
        for id in ["enc_7hq", "enc-", "pt-7hq", "enc-7HQ", "enc-7-h"] {
            #expect(FHIRText.ref(id: id, kind: "enc") == nil)
        }
        for text in ["9990000018", "999 000 0018", "x|999-000-0018"] { #expect(FHIRText.mayBeNHSNumber(text)) }
        #expect(!FHIRText.mayBeNHSNumber("pt-999000001") && !FHIRText.mayBeNHSNumber("2026-03-01T10"))
    }
}
