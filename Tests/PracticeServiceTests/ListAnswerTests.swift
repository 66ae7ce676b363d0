import Admissions
import Foundation
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import PracticeService
@testable import Projections

@Suite struct ListAnswerTests {
    @Test func `in hospital has the shape of product md 5 2`() async throws {
        let fixture = try await ServiceFixture()
        fixture.lists.change {
            $0.feeds = [Given.feed("ZX901"), Given.feed("ZX902", lastHeard: "2026-03-03T04:10:03Z", .silent)]
        }
        let response = try await fixture.ask(ServiceFixture.path + "?limit=1")
        #expect(
            response.text
                == golden(
                    """
                    {"list":"in-hospital","practice":"Z99001",
                    "as_of":{"told_through":"2026-03-03T07:59:11Z","made_at":"2026-03-03T08:02:04Z"},
                    "complete":false,
                    "feeds":[{"feed":"southmoor","state":"fresh","last_heard":"2026-03-03T07:59:11Z","behind":0},
                    {"feed":"castlemead","state":"silent","last_heard":"2026-03-03T04:10:03Z","behind":0}],
                    "total":1,
                    "items":[{"encounter":"enc_7hq3v0k2mz","version":14,
                    "patient":{"ref":"pt_c91xw5e8rd","nhs_number":"9990209251","family":"NIGHTINGALE-ASHWORTH",
                    "given":["Wilhelmina"],"prefix":"Mrs","preferred":"Billie","born":"1931-12-25",
                    "gender":"female","deceased":null,"restricted":false},
                    "admitted":{"happened_at":"2026-02-09T15:22:00+00:00","told_at":"2026-02-09T15:23:08Z",
                    "time_ambiguous":false,"method":"21","method_text":"Emergency, via A&E"},
                    "location":{"site":"ZX901","site_name":"Southmoor District","ward":"7B","bed":"3"},
                    "nights":22,"expected_discharge":"2026-03-05",
                    "flags":[{"code":"los","value":21}],
                    "discussed":null}],
                    "next_cursor":null}
                    """))
        #expect(response.headers[.contentType] == "application/json")
        #expect(response.headers[.cacheControl] == "private, no-store")
        #expect(response.headers[.pollInterval] == "60")
        #expect(response.headers[.eTag]?.hasPrefix("\"inh.Z99001.") == true)
    }

    @Test func `a discharge says how and where to`() async throws {
        var row = Given.stay()
        row.status = "finished"
        row.discharged = Given.told("2026-03-02T16:35:00Z", "2026-03-02T16:40:00Z", precision: "minute")
        row.dischargeMethod = "1"
        row.dischargeDestination = "19"
        row.location = PlaceOfCare(site: "ZX999", ward: "7B")
        row.patient.isDeceased = true
        row.patient.diedAt = Given.instant("2026-03-03T00:00:00Z")
        row.patient.diedPrecision = "day"
        #expect(
            try await item(row, .discharges)
                == golden(
                    """
                    {"encounter":"enc_7hq3v0k2mz","version":14,
                    "patient":{"ref":"pt_c91xw5e8rd","nhs_number":"9990209251","family":"NIGHTINGALE-ASHWORTH",
                    "given":["Wilhelmina"],"prefix":"Mrs","preferred":"Billie","born":"1931-12-25",
                    "gender":"female","deceased":{"on":"2026-03-03"},"restricted":false},
                    "admitted":{"happened_at":"2026-02-09T15:22:00+00:00","told_at":"2026-02-09T15:23:08Z",
                    "time_ambiguous":false,"method":"21","method_text":"Emergency, via A&E"},
                    "discharged":{"happened_at":"2026-03-02T16:35:00+00:00","told_at":"2026-03-02T16:40:00Z",
                    "time_ambiguous":false,"method":"1","method_text":"On clinical advice or with consent",
                    "destination":"19","destination_text":"Usual place of residence"},
                    "location":{"site":"ZX999","site_name":"Southmoor District","ward":"7B","bed":null},
                    "nights":21,"expected_discharge":"2026-03-05","flags":[{"code":"deceased"}],"discussed":null}
                    """))
    }

    @Test func `an attendance arrives, departs and may lead to a stay`() async throws {
        var row = Given.attendance()
        row.status = "finished"
        row.discharged = Given.told("2026-03-03T06:10:00Z", "2026-03-03T06:12:00Z")
        row.disposal = "1"
        #expect(
            try await item(row, .attendances, linked: "enc_7hq3v0k2mz")
                == golden(
                    """
                    {"encounter":"enc_3mm1t9q0aa","version":1,
                    "patient":{"ref":"pt_c91xw5e8rd","nhs_number":"9990209251","family":"NIGHTINGALE-ASHWORTH",
                    "given":["Wilhelmina"],"prefix":"Mrs","preferred":"Billie","born":"1931-12-25",
                    "gender":"female","deceased":null,"restricted":false},
                    "arrived":{"happened_at":"2026-03-03T02:40:00+00:00","told_at":"2026-03-03T02:41:12Z",
                    "time_ambiguous":false},
                    "departed":{"happened_at":"2026-03-03T06:10:00+00:00","told_at":"2026-03-03T06:12:00Z",
                    "time_ambiguous":false,"disposal":"1","disposal_text":"Admitted as an inpatient"},
                    "location":{"site":"ZX901","site_name":"Southmoor District","ward":"ED","bed":null},
                    "led_to":"enc_7hq3v0k2mz","flags":[],"discussed":null}
                    """))
    }

    @Test func `a stay by way of the emergency department says when the person came and from which attendance`() async throws {
        var row = Given.stay()
        row.arrived = Given.told("2026-02-09T11:02:00Z", "2026-02-09T11:03:00Z")
        let text = try await item(row, .inHospital, linked: "enc_3mm1t9q0aa")
        #expect(
            text.contains(
                golden(
                    """
                    "arrived":{"happened_at":"2026-02-09T11:02:00+00:00","told_at":"2026-02-09T11:03:00Z",
                    "time_ambiguous":false},"came_from":"enc_3mm1t9q0aa","admitted":
                    """)))
    }

    @Test func `what was withdrawn says when we learned it and why, and not where it went`() async throws {
        var row = Given.stay()
        row.status = "withdrawn"
        row.location = PlaceOfCare()
        row.withdrawnAt = Given.instant("2026-03-03T07:30:00Z")
        row.withdrawnReason = .wrongPatient
        let text = try await item(row, .corrected)
        #expect(text.contains(#""status":"withdrawn","corrected":{"told_at":"2026-03-03T07:30:00Z","reason":"wrong-patient"}"#))
        row.withdrawnAt = nil
        row.withdrawnReason = nil
        row.status = "cancelled"
        #expect(try await item(row, .corrected).contains(#""reason":"cancelled""#))
    }

    @Test func `of an attendance nobody told us the end of, departed is null and the standing is told`() async throws {
        let text = try await item(Given.attendance(), .attendances, standing: .presumedClosed)
        #expect(text.contains(#""departed":null"#))
        #expect(text.contains(#""flags":[{"code":"standing","value":"presumed-closed"}]"#))
    }

    @Test func `an attendance that became a stay under its own number departs with the admission`() async throws {
        var row = Given.attendance()
        row.encounterClass = "inpatient"
        row.status = "in-progress"
        row.admitted = Given.told("2026-03-03T05:00:00Z", "2026-03-03T05:01:00Z")
        let text = try await item(row, .attendances)
        #expect(
            text.contains(#""departed":{"happened_at":"2026-03-03T05:00:00+00:00","told_at":"2026-03-03T05:01:00Z""#))
        #expect(text.contains(#""led_to":"enc_3mm1t9q0aa""#))
    }

    @Test func `clinical times carry summer's offset, days stay days, doubt is told`() async throws {
        var row = Given.stay()
        row.admitted = Given.told("2026-07-01T08:30:00Z", "2026-07-01T08:31:00Z", isAmbiguous: true)
        #expect(
            try await item(row, .admissions).contains(
                #""admitted":{"happened_at":"2026-07-01T09:30:00+01:00","told_at":"2026-07-01T08:31:00Z","#
                    + #""time_ambiguous":true"#
            ))
        for (precision, text) in [("day", "2026-07-01"), ("month", "2026-07"), ("year", "2026")] {
            row.admitted = Given.told("2026-06-30T23:00:00Z", "2026-07-01T08:31:00Z", precision: precision)
            #expect(try await item(row, .admissions).contains(#""happened_at":"\#(text)""#))
        }
        row.admitted = Happening(at: nil, precision: nil, isAmbiguous: false, toldAt: Given.now)
        let untimed = try await item(row, .admissions)
        #expect(untimed.contains(#""admitted":{"happened_at":null,"told_at":"2026-03-03T08:02:04Z""#))
        #expect(untimed.contains(#""nights":null"#))
        row.admitted = .unknown
        row.isInferred = true
        let inferred = try await item(row, .inHospital)
        #expect(inferred.contains(#""admitted":null"#))
        #expect(inferred.contains(#""flags":[{"code":"inferred"}]"#))
    }

    @Test func `long stays are flagged at 7, 14 and 21 nights while they last`() async throws {
        let bands: [(admitted: String, nights: Int, band: Int?)] = [
            ("2026-02-25T23:59:59Z", 6, nil), ("2026-02-24T23:59:59Z", 7, 7), ("2026-02-18T12:00:00Z", 13, 7),
            ("2026-02-17T12:00:00Z", 14, 14), ("2026-02-11T00:00:00Z", 20, 14), ("2026-02-10T00:00:00Z", 21, 21),
        ]
        for (admitted, nights, band) in bands {
            var row = Given.stay()
            row.admitted = Given.told(admitted, admitted)
            let text = try await item(row, .inHospital)
            #expect(text.contains("\"nights\":\(nights),"))
            let flags = band.map { #"[{"code":"los","value":\#($0)}]"# } ?? "[]"
            #expect(text.contains("\"flags\":\(flags)"), "\(nights)")
        }
        var ended = Given.stay()
        ended.status = "finished"
        ended.discharged = Given.told("2026-03-03T07:00:00Z", "2026-03-03T07:00:00Z")
        #expect(try await item(ended, .discharges).contains(#""flags":[]"#))
    }

    @Test func `of a restricted patient no place is told, whatever the source gives`() async throws {
        var row = Given.stay()
        row.patient.isRestricted = true
        row.dischargeDestination = "87"
        row.dischargeMethod = "1"
        row.discharged = Given.told("2026-03-03T07:00:00Z", "2026-03-03T07:00:00Z")
        row.location = PlaceOfCare(site: "SITEMARK", ward: "WARDMARK", bay: "BAYMARK", bed: "BEDMARK", text: "TEXTMARK")
        row.specialty = "SPECIALTYMARK"
        row.consultant = "CONSULTANTMARK"
        row.reason = "REASONMARK"
        row.patient.localNumber = "LOCALMARK"
        for list in PracticeList.allCases where list != .huddle && list != .unknownPractice {
            let text = try await item(row, list)
            #expect(text.contains(#""location":{"withheld":true}"#), "\(list)")
            #expect(text.contains(#""restricted":true"#), "\(list)")
            for mark in ["MARK", "ZX901", "Southmoor", "\"87\"", "Hospital, not NHS"] {
                #expect(!text.contains(mark), "\(list)")
            }
        }
    }

    @Test func `moving a restricted patient does not move the entity tag, moving another does`() async throws {
        for isRestricted in [true, false] {
            var row = Given.stay()
            row.patient.isRestricted = isRestricted
            let before = try await tag(row)
            row.location.ward = "8C"
            #expect((try await tag(row) == before) == isRestricted)
        }
    }

    @Test func `names are written as they are`() async throws {
        var row = Given.stay()
        row.patient.family = "O\"BRIEN\\SMYTHE\u{1}\n"
        row.patient.given = ["Zoë", "李"]
        row.patient.nhsNumber = nil
        let fixture = try await ServiceFixture()
        fixture.lists.change { $0.items[MemoryLists.key(Given.practice, .inHospital)] = [Given.item(row)] }
        let items = try await fixture.ask().object["items"] as? [[String: Any]]
        let patient = items?.first?["patient"] as? [String: Any]
        #expect(patient?["family"] as? String == "O\"BRIEN\\SMYTHE\u{1}\n")
        #expect(patient?["given"] as? [String] == ["Zoë", "李"])
        #expect(patient?["nhs_number"] is NSNull)
    }

    @Test func `a gender of no known word is unknown`() async throws {
        var row = Given.stay()
        row.patient.gender = "f"
        #expect(try await item(row, .inHospital).contains(#""gender":"unknown""#))
        row.patient.gender = nil
        #expect(try await item(row, .inHospital).contains(#""gender":null"#))
    }

    @Test func `a huddle has all its sections, and says what is new and why`() async throws {
        var item = Given.item(Given.stay())
        item.isNew = true
        item.concerns = [.init(id: "c1", kind: "safeguarding", raisedAt: Given.instant("2026-03-01T09:00:00Z"))]
        item.discussed = .init(at: Given.instant("2026-03-03T07:50:00Z"), by: "kay")
        let fixture = try await ServiceFixture()
        fixture.lists.change { state in
            state.sections[Given.practice] = [
                .init(section: .admissions, items: [item]), .init(section: .symphony, items: [], othersUnchanged: 31),
            ]
        }
        let response = try await fixture.ask("/api/v1/practices/Z99001/lists/huddle")
        for part in [
            #""since":"2026-03-02T18:00:00Z","total":1,"sections":[{"section":"admissions","total":1,"items":[{"#,
            #""flags":[{"code":"los","value":21,"rule":{"id":"los","version":1},"#
                + #""evidence":[{"encounter":"enc_7hq3v0k2mz","version":14}]}],"#
                + #""concerns":[{"concern":"c1","kind":"safeguarding","raised_at":"2026-03-01T09:00:00Z"}],"#
                + #""system_concerns":[],"new":true,"discussed":{"at":"2026-03-03T07:50:00Z","by":"kay"}}]}"#,
            #"{"section":"symphony","total":0,"others_unchanged":31,"items":[]}]}"#,
        ] {
            #expect(response.text.contains(part), "\(part)")
        }
        let tag = try #require(response.headers[.eTag])
        #expect(tag.hasPrefix("\"hud.Z99001."))
        let again = try await fixture.ask("/api/v1/practices/Z99001/lists/huddle", headers: [.ifNoneMatch: tag])
        #expect(again.status == .notModified)
    }

    @Test func `why is told where it is asked for`() async throws {
        let fixture = try await ServiceFixture()
        #expect(try await fixture.ask(ServiceFixture.path).text.contains(#""flags":[{"code":"los","value":21}]"#))
        #expect(
            try await fixture.ask(ServiceFixture.path + "?include=why").text.contains(
                #""rule":{"id":"los","version":1},"evidence":[{"encounter":"enc_7hq3v0k2mz","version":14}]"#))
    }

    @Test func `an empty list over heard feeds is complete and says how far it counts`() async throws {
        let fixture = try await ServiceFixture()
        let response = try await fixture.ask("/api/v1/practices/Z99001/lists/attendances")
        #expect(
            response.text
                == golden(
                    """
                    {"list":"attendances","practice":"Z99001",
                    "as_of":{"told_through":"2026-03-03T07:59:11Z","made_at":"2026-03-03T08:02:04Z"},"complete":true,
                    "feeds":[{"feed":"southmoor","state":"fresh","last_heard":"2026-03-03T07:59:11Z","behind":0}],
                    "total":0,"items":[],"next_cursor":null}
                    """))
    }

    private func item(
        _ row: EncounterRow, _ list: PracticeList, standing: EncounterStanding = .confirmed, linked: String? = nil
    ) async throws -> String {
        let text = try await answer(row, list, standing: standing, linked: linked).text
        let start = try #require(text.range(of: "\"items\":["))
        let end = try #require(text.range(of: "],\"next_cursor\"", options: .backwards))
        return String(text[start.upperBound..<end.lowerBound])
    }

    private func tag(_ row: EncounterRow) async throws -> String? {
        try await answer(row, .inHospital).tag
    }

    private func answer(
        _ row: EncounterRow, _ list: PracticeList, standing: EncounterStanding = .confirmed, linked: String? = nil
    ) async throws -> (text: String, tag: String?) {
        let fixture = try await ServiceFixture()
        fixture.lists.change {
            $0.items[MemoryLists.key(Given.practice, list)] = [Given.item(row, standing: standing, linked: linked)]
        }
        let response = try await fixture.ask("/api/v1/practices/Z99001/lists/\(list.rawValue)")
        return (response.text, response.headers[.eTag])
    }

    /// Goldens are broken into lines for reading; the answer is one line.
    private func golden(_ text: String) -> String {
        text.replacingOccurrences(of: "\n", with: "")
    }
}
