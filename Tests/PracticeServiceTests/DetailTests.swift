import Foundation
import HTTPTypes
import HummingbirdTesting
import Postgres
import Projections
import Testing

@testable import PracticeService

/// One encounter, one patient, who somebody is, and what is withheld; over what a projector made.
@Suite struct DetailTests {
    @Test func `a patient is found by number, and read with what all hospitals tell`() async throws {
        try await DetailService.with { service in
            let ref = try await service.match("9990000026", born: "1944-05-01")
            let response = try await service.ask("/api/v1/patients/\(ref)")
            #expect(response.status == .ok)
            let object = response.object
            #expect(object["practice"] as? String == "Z99001" && object["complete"] as? Bool == true)
            #expect((object["patient"] as? [String: Any])?["family"] as? String == "Abernathy")
            let encounters = try #require(object["encounters"] as? [[String: Any]])
            #expect(encounters.map { $0["class"] as? String } == ["emergency", "inpatient"])
            #expect((object["other_refs"] as? [String])?.count == 1)

            let timeline = try await service.ask("/api/v1/patients/\(ref)/timeline").object
            #expect(
                (timeline["items"] as? [[String: Any]])?.map { $0["type"] as? String } == [
                    "attendance.started", "encounter.discharged", "encounter.admitted",
                ])

            let encounter = try #require(encounters.last?["encounter"] as? String)
            let stay = try await service.ask("/api/v1/encounters/\(encounter)")
            #expect(
                (stay.object["discharged"] as? [String: Any])?["destination_text"] as? String
                    == "Usual place of residence")
            #expect((stay.object["location"] as? [String: Any])?["ward"] as? String == "3A")
            #expect(stay.object["nights"] as? Int == 4)

            for path in [
                "/api/v1/patients/\(ref)", "/api/v1/encounters/\(encounter)", "/api/v1/patients/\(ref)/timeline",
            ] {
                let tag = try #require(try await service.ask(path).headers[.eTag])
                #expect(tag.hasPrefix("\""))
                #expect(try await service.ask(path, headers: [.ifNoneMatch: tag]).status == .notModified)
            }
            // Each look says whom it showed: the person under both refs, or the one of the encounter.
            let looks = try await service.owner.query(
                """
                select a.route, s.patients, a.outcome from audit.access a join audit.shown s on s.access = a.id
                where a.practice = 'Z99001' group by 1, 2, 3 order by 1
                """)
            #expect(
                try looks.map { "\(try $0.decode(0, as: String.self)) \(try $0.decode(1, as: Int32.self))" } == [
                    "encounters 1", "patients 2", "patients/match 2", "patients/timeline 2",
                ])
        }
    }

    @Test func `a match wants the number and the birth date, in the content alone`() async throws {
        try await DetailService.with { service in
            let path = "/api/v1/patients/$match"
            // Told as June 1950 alone: it agrees as far as it goes.
            _ = try await service.match("9990000042", born: "1950-06-17")
            for (json, code) in [
                (#"{"nhs_number":"9990000042","born":"1950-07-17"}"#, "not_found"),
                (#"{"nhs_number":"9990000107","born":"1950-06-17"}"#, "not_found"),
                (#"{"nhs_number":"9990000034","born":"1970-01-01"}"#, "not_found"),
                (#"{"nhs_number":"9990000043","born":"1950-06-17"}"#, "invalid_parameter"),
                (#"{"nhs_number":"9990000042","born":"1950-06"}"#, "invalid_parameter"),
                (#"{"nhs_number":"9990000042"}"#, "invalid_parameter"),
                (#"{"nhs_number":"9990000042","born":"1950-06-17","surname":"x"}"#, "invalid_parameter"),
                ("", "invalid_parameter"), (#"["9990000042"]"#, "invalid_parameter"),
                (#"{"nhs_number":"9990000042","nhs_number":"9990000042","born":"1950-06-17"}"#, "invalid_parameter"),
            ] {
                let response = try await service.ask(path, json: json)
                #expect(response.code == code, "\(json.utf8.count) bytes")
                #expect(!response.text.contains("9990000"))
            }
            #expect(try await service.ask(path, json: String(repeating: " ", count: 9_000)).status == .contentTooLarge)
            #expect(try await service.ask(path + "?nhs_number=9990000042", json: "{}").code == "unknown_parameter")
        }
    }

    @Test func `what is another practice's is not found, and recorded as a denial`() async throws {
        try await DetailService.with { service in
            let ref = try await service.match("9990000034", born: "1970-01-01", practices: ["Z99002"])
            let theirs = try await service.ask("/api/v1/patients/\(ref)", practices: ["Z99002"]).object
            let encounter = try #require((theirs["encounters"] as? [[String: Any]])?.first?["encounter"] as? String)
            let before = try await service.count("select count(*) from audit.access where outcome = 'denied'")
            let none = try await service.ask("/api/v1/patients/pt_0000000000000")
            for path in [
                "/api/v1/patients/\(ref)", "/api/v1/patients/\(ref)/timeline", "/api/v1/encounters/\(encounter)",
                "/api/v1/patients/9990000034",
            ] {
                let response = try await service.ask(path)
                #expect(response.status == .notFound && response.code == "not_found")
                #expect(response.object["detail"] as? String == none.object["detail"] as? String)
            }
            let reveal = try await service.ask(
                "/api/v1/patients/\(ref)/reveal", json: #"{"reason":"Rang to visit at home today"}"#)
            #expect(reveal.code == "not_found")
            #expect(try await service.count("select count(*) from audit.access where outcome = 'denied'") == before + 6)

            // With both practices in the token it is found, and where the other is named it is not.
            let both = ["Z99001", "Z99002"]
            let found = try await service.ask("/api/v1/encounters/\(encounter)", practices: both)
            #expect(found.object["practice"] as? String == "Z99002")
            #expect(
                try await service.ask("/api/v1/encounters/\(encounter)?practice=Z99001", practices: both).status
                    == .notFound)
            #expect(
                try await service.ask("/api/v1/encounters/\(encounter)?practice=Z99002", practices: ["Z99001"]).status
                    == .notFound)
            #expect(
                try await service.ask("/api/v1/encounters/\(encounter)?practise=Z99002").code == "unknown_parameter")
            for role in ["practice-admin", "hospital-onboarding", "auditor", "operator"] {
                #expect(try await service.ask("/api/v1/encounters/\(encounter)", role: role).code == "scope_missing")
            }
        }
    }

    @Test func `where a restricted patient is, is told to a clinician who says why`() async throws {
        try await DetailService.with { service in
            let ref = try await service.match("9990000042", born: "1950-06-01")
            let patient = try await service.ask("/api/v1/patients/\(ref)")
            let encounter = try #require(
                (patient.object["encounters"] as? [[String: Any]])?.first?["encounter"] as? String)
            for path in [
                "/api/v1/patients/\(ref)", "/api/v1/encounters/\(encounter)", "/api/v1/patients/\(ref)/timeline",
            ] {
                let text = try await service.ask(path).text
                for place in ["ZX901", "Southmoor", "9Z", "Private"] { #expect(!text.contains(place), "\(path)") }
            }
            let path = "/api/v1/patients/\(ref)/reveal"
            let why = #"{"reason":"Family asks where\n to   visit"}"#
            #expect(try await service.ask(path, role: "practice-coach", json: why).code == "scope_missing")
            #expect(try await service.ask(path, role: "integration", json: why).code == "scope_missing")
            #expect(try await service.ask(path, json: #"{"reason":"because  "}"#).code == "invalid_parameter")
            #expect(try await service.ask(path, json: "{}").code == "invalid_parameter")
            #expect(try await service.count("select count(*) from audit.access where purpose like 'reveal%'") == 0)

            let revealed = try await service.ask(path, json: why)
            let row = try #require((revealed.object["encounters"] as? [[String: Any]])?.first)
            #expect((row["location"] as? [String: Any])?["ward"] as? String == "9Z")
            #expect(
                row["hospital_name"] as? String == "Southmoor District" && row["reason"] as? String == "Private matter")
            #expect(
                try await service.count(
                    """
                    select count(*) from audit.access a join audit.shown s on s.access = a.id
                    where a.purpose = 'reveal: Family asks where to visit' and a.route = 'patients/reveal'
                      and s.patients = 1
                    """) == 1)
        }
    }

    @Test func `what the practice has done about a patient stands on the page and in the timeline`() async throws {
        try await DetailService.with { service in
            let ref = try await service.match("9990000018", born: "1931-12-25")
            for statement: SQL in [
                """
                insert into practice.concern (practice, concern_id, hospital, patient_ref, kind, state, raised_at,
                                              raised_by, note, version)
                values ('Z99001', '00000000-0000-4000-8000-000000000001', 'ZX901', \(ref), 'housing', 'open',
                        '2026-03-03T07:00:00Z', 'kay', 'No heating', 1),
                       ('Z99001', '00000000-0000-4000-8000-000000000002', 'ZX901', 'pt_other', 'housing', 'open',
                        '2026-03-03T07:00:00Z', 'kay', 'Of somebody else', 1),
                       ('Z99002', '00000000-0000-4000-8000-000000000003', 'ZX901', \(ref), 'housing', 'open',
                        '2026-03-03T07:00:00Z', 'kay', 'Of another practice', 1)
                """,
                """
                insert into practice.action (practice, action_id, hospital, patient_ref, kind, due, assignee, state,
                                             added_at, added_by, completed_at, completed_by, version)
                values ('Z99001', '00000000-0000-4000-8000-000000000004', 'ZX901', \(ref), 'call', '2026-03-04',
                        'person:kay', 'done', '2026-03-03T07:01:00Z', 'sam', '2026-03-03T07:30:00Z', 'kay', 2)
                """,
                """
                insert into practice.discussion (practice, huddle_day, patient_ref, hospital, discussed_at,
                                                 discussed_by, version)
                values ('Z99001', '2026-03-03', \(ref), 'ZX901', '2026-03-03T07:02:00Z', 'sam', 1)
                """,
                """
                insert into practice.symphony (practice, patient_ref, hospital, score, scored_on, scored_by,
                                               scored_at, version)
                values ('Z99001', \(ref), 'ZX901', 9, '2026-03-01', 'sam', '2026-03-01T07:00:00Z', 1)
                """,
            ] { try await service.owner.query(statement) }
            let response = try await service.ask("/api/v1/patients/\(ref)")
            let object = response.object
            let concerns = try #require(object["concerns"] as? [[String: Any]])
            #expect(concerns.map { $0["note"] as? String } == ["No heating"])
            #expect((object["actions"] as? [[String: Any]])?.map { $0["state"] as? String } == ["done"])
            #expect((object["discussions"] as? [[String: Any]])?.map { $0["by"] as? String } == ["sam"])
            #expect((object["symphony"] as? [String: Any])?["score"] as? Int == 9)
            let timeline = try await service.ask("/api/v1/patients/\(ref)/timeline").object
            #expect(
                (timeline["items"] as? [[String: Any]])?.map { $0["type"] as? String } == [
                    "action.completed", "huddle.discussed", "action.added", "concern.raised", "encounter.admitted",
                    "attendance.ended", "attendance.started",
                ])
        }
    }

    @Test func `what the practice's own list says stands on the page, and in the flags`() async throws {
        try await DetailService.with { service in
            for statement: SQL in [
                """
                insert into practice.registration (practice, nhs_number, is_listed, listed_from, family, born, usual_gp,
                    care_home, symphony_score, symphony_scored_on, on_caseload, consented, fopas_concern)
                values ('Z99001', '9990000018', true, '2020-01-01', 'x', '1931-12-25', 'Dr Patel', 'The Limes', 9,
                        '2026-02-01', true, false, false)
                """,
            ] { try await service.owner.query(statement) }
            let ref = try await service.match("9990000018", born: "1931-12-25")
            let object = try await service.ask("/api/v1/patients/\(ref)").object
            let listed = try #require(object["registration"] as? [String: Any])
            #expect(listed["care_home"] as? String == "The Limes" && listed["listed"] as? Bool == true)
            let other = try await service.match("9990000026", born: "1944-05-01")
            #expect(try await service.ask("/api/v1/patients/\(other)").object["registration"] is NSNull)
            let flags = try await service.ask("/fhir/R4/Flag?patient=\(FHIRText.id(ref: ref))").resources()
            let ids = flags.compactMap { $0["id"] as? String }
            #expect(
                ids.contains("\(FHIRText.id(ref: ref)).symphony") && ids.contains("\(FHIRText.id(ref: ref)).care-home"))
        }
    }
}
