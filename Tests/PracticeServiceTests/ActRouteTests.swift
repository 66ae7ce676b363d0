import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Postgres
import Projections
import Testing

@testable import PracticeService

/// What staff do about patients, over real rows.
@Suite(.timeLimit(.minutes(2)))
struct ActRouteTests {
    private static let huddle = "/api/v1/huddles/Z99001/2026-03-03"

    @Test func `a huddle marks, sees who marked before, undoes what was seen, and closes`() async throws {
        try await ActService.with { service in
            let path = Self.huddle + "/discussions"
            let body = #"{"patient":"\#(service.wilhelmina)","version":0}"#
            let marked = try await service.ask(.post, path, body, key: 1)
            #expect(marked.status == .created && marked.tag == "\"1\"" && !marked.isReplay)
            #expect(marked.member("discussed", "by") as? String == "kay")
            #expect(marked.object["patient"] as? String == service.wilhelmina)
            let slower = try await service.ask(.post, path, body, key: 2)
            #expect(slower.code == "already_discussed" && slower.member("discussed", "by") as? String == "kay")

            let mark = path + "/" + service.wilhelmina
            #expect(try await service.ask(.delete, mark, key: 3).code == "precondition_required")
            #expect(try await service.ask(.delete, mark, key: 3, ifMatch: "\"0\"").code == "precondition_failed")
            let undone = try await service.ask(.delete, mark, key: 4, ifMatch: "\"1\"")
            #expect(undone.status == .ok && undone.tag == "\"2\"" && undone.object["discussed"] is NSNull)
            // Seen before it was marked and unmarked: not what stands.
            #expect(try await service.ask(.post, path, body, key: 5).code == "version_conflict")
            // The first answer again, though the mark is gone by now.
            let again = try await service.ask(.post, path, body, key: 1)
            #expect(again.isReplay && again.status == .created && again.text == marked.text)

            _ = try await service.ask(.post, path, #"{"patient":"\#(service.kit)"}"#, key: 6)
            let close = #"{"not_discussed":1,"attendees":["kay","sam"]}"#
            let closed = try await service.ask(.post, Self.huddle + "/close", close, key: 7)
            #expect(closed.status == .ok && closed.tag == "\"4\"")
            #expect(try await service.ask(.post, Self.huddle + "/close", close, key: 8).code == "version_conflict")
            #expect(
                try await service.ask(.post, path, #"{"patient":"\#(service.wilhelmina)"}"#, key: 9).code
                    == "version_conflict")

            try await service.project()
            let day = try await service.ask(.get, Self.huddle)
            #expect(day.tag == "\"4\"" && day.member("closed", "not_discussed") as? Int == 1)
            let discussions = try #require(day.object["discussions"] as? [[String: Any]])
            #expect(discussions.map { $0["patient"] as? String } == [service.kit])
            #expect(
                try await service.ask(.post, "/api/v1/huddles/Z99001/2026-03-04/close", close, key: 10).code
                    == "rule_failed")
        }
    }

    @Test func `an action passes on, is done, and is not done after all`() async throws {
        try await ActService.with { service in
            let add = #"""
                {"patient":"\#(service.wilhelmina)","kind":"call","due":"2026-03-05","assignee":{"person":"kay"},
                 "note":"ring her son"}
                """#
            let added = try await service.ask(.post, "/api/v1/actions", add, key: 1)
            #expect(added.status == .created && added.tag == "\"1\"" && added.object["state"] as? String == "open")
            let path = "/api/v1/actions/" + ActService.key(1)
            let assign = #"{"assignee":{"role":"practice-coach"}}"#
            #expect(try await service.ask(.patch, path, assign, key: 2).code == "precondition_required")
            #expect(try await service.ask(.patch, path, assign, key: 2, ifMatch: "\"1\"").tag == "\"2\"")
            let done = #"{"state":"done","note":"he comes on Friday"}"#
            #expect(try await service.ask(.patch, path, done, key: 3, ifMatch: "\"1\"").code == "precondition_failed")
            let completed = try await service.ask(.patch, path, done, key: 4, ifMatch: "\"2\"")
            #expect(completed.object["result"] as? String == "he comes on Friday")
            #expect(completed.object["patient"] as? String == service.wilhelmina)
            try await service.project()
            #expect(try await service.ask(.get, "/api/v1/practices/Z99001/actions").object["total"] as? Int == 0)
            let reopened = try await service.ask(.patch, path, #"{"state":"open"}"#, key: 5, ifMatch: "\"3\"")
            #expect(reopened.object["state"] as? String == "open" && reopened.object["completed"] is NSNull)
            try await service.project()
            let list = try await service.ask(.get, "/api/v1/practices/Z99001/actions?state=open")
            let items = try #require(list.object["items"] as? [[String: Any]])
            #expect(items.map { $0["version"] as? Int } == [4])
            #expect((items.first?["assignee"] as? [String: String]) == ["role": "practice-coach"])
            #expect(try await service.ask(.get, "/api/v1/practices/Z99001/actions?state=lost").status == .badRequest)
        }
    }

    @Test func `a concern's words are for those who treat, not for those who organise`() async throws {
        try await ActService.with { service in
            let raise = #"""
                {"patient":"\#(service.kit)","kind":"housing","note":"stairs she cannot climb","review_on":"2026-03-10"}
                """#
            let raised = try await service.ask(.post, "/api/v1/concerns", raise, key: 1)
            #expect(raised.status == .created && raised.object["note"] as? String == "stairs she cannot climb")
            let admin = "practice-admin"
            #expect(try await service.ask(.post, "/api/v1/concerns", raise, key: 2, role: admin).code == "scope_missing")
            let wordless = #"{"patient":"\#(service.kit)","kind":"fopas","owner":{"role":"practice-coach"}}"#
            #expect(try await service.ask(.post, "/api/v1/concerns", wordless, key: 3, role: admin).status == .created)
            try await service.project()
            let seen = try await service.ask(.get, "/api/v1/practices/Z99001/concerns", role: admin)
            #expect(seen.object["total"] as? Int == 2)
            #expect(!seen.text.contains("stairs"))
            let path = "/api/v1/concerns/\(ActService.key(1))/close"
            let closed = try await service.ask(.post, path, #"{"reason":"a lift was put in"}"#, key: 4, ifMatch: "\"1\"")
            #expect(closed.status == .ok && closed.object["closing_reason"] as? String == "a lift was put in")
            #expect(try await service.ask(.post, path, #"{"reason":"again"}"#, key: 5).code == "version_conflict")
            #expect(try await service.ask(.post, path, #"{"reason":" "}"#, key: 6).code == "version_conflict")
            try await service.project()
            let open = try await service.ask(.get, "/api/v1/practices/Z99001/concerns")
            #expect((open.object["items"] as? [[String: Any]])?.map { $0["kind"] as? String } == ["fopas"])
            let all = try await service.ask(.get, "/api/v1/practices/Z99001/concerns?state=all")
            #expect(all.text.contains("stairs") && all.object["total"] as? Int == 2)
        }
    }

    @Test func `of many at once one marks, and one command sent many times is one`() async throws {
        try await ActService.with { service in
            let path = Self.huddle + "/discussions"
            let body = #"{"patient":"\#(service.wilhelmina)"}"#
            let answers = try await withThrowingTaskGroup(of: TestResponse.self) { group in
                for key in 1...6 { group.addTask { try await service.ask(.post, path, body, key: key) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.filter { $0.status == .created }.count == 1)
            #expect(answers.filter { $0.code == "already_discussed" }.count == 5)
            let other = #"{"patient":"\#(service.kit)"}"#
            let same = try await withThrowingTaskGroup(of: TestResponse.self) { group in
                for _ in 1...6 { group.addTask { try await service.ask(.post, path, other, key: 20) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(same.map(\.text)).count == 1 && same.allSatisfy { $0.status == .created })
            #expect(same.filter(\.isReplay).count == 5)
            #expect(try await service.ask(.post, path, body, key: 20).code == "idempotency_key_reused")
            #expect(try await service.count("select count(*) from event_log.event where log = 'Z99001'") == 2)
        }
    }

    /// Everything that names a patient or an act, as somebody of another practice asks it.
    private static func commands(_ service: ActService) -> [(HTTPRequest.Method, String, String)] {
        let (ref, id) = (service.wilhelmina, ActService.key(1))
        return [
            (.post, "/api/v1/huddles/Z99002/2026-03-03/discussions", #"{"patient":"\#(ref)"}"#),
            (.delete, "/api/v1/huddles/Z99002/2026-03-03/discussions/\(ref)", ""),
            (.post, "/api/v1/actions", #"{"patient":"\#(ref)","kind":"call","due":"2026-03-05","assignee":{"person":"x"}}"#),
            (.patch, "/api/v1/actions/\(id)", #"{"state":"done"}"#),
            (.post, "/api/v1/concerns", #"{"patient":"\#(ref)","kind":"housing"}"#),
            (.post, "/api/v1/concerns/\(id)/close", #"{"reason":"none of theirs"}"#),
            (.post, "/api/v1/patients/\(ref)/symphony-score", #"{"score":3,"scored_on":"2026-03-03"}"#),
        ]
    }

    @Test func `another practice's patients and acts are not found, and each attempt is recorded`() async throws {
        try await ActService.with { service in
            let raise = #"{"patient":"\#(service.wilhelmina)","kind":"housing"}"#
            _ = try await service.ask(.post, "/api/v1/concerns", raise, key: 1)
            let before = try await service.count("select count(*) from event_log.event")
            for (index, (method, path, body)) in Self.commands(service).enumerated() {
                let response = try await service.ask(
                    method, path, body, key: 30 + index, ifMatch: "\"1\"", practices: ["Z99002"])
                #expect(response.status == .notFound, "\(method) \(path)")
                #expect(
                    try await service.count("select count(*) from audit.access where outcome = 'denied'") == index + 1)
            }
            for path in ["/api/v1/practices/Z99001/actions", "/api/v1/practices/Z99001/concerns", Self.huddle] {
                #expect(try await service.ask(.get, path, practices: ["Z99002"]).status == .notFound)
            }
            #expect(try await service.count("select count(*) from event_log.event") == before)
            // A token for both finds it at the one that knows it.
            let both = try await service.ask(
                .post, "/api/v1/concerns/\(ActService.key(1))/close", #"{"reason":"done"}"#, key: 50,
                practices: ["Z99002", "Z99001"])
            #expect(both.status == .ok)
        }
    }

    @Test func `what is done is recorded with the patient whom the answer shows`() async throws {
        try await ActService.with { service in
            let score = #"{"score":9,"scored_on":"2026-03-01"}"#
            let path = "/api/v1/patients/\(service.kit)/symphony-score"
            let scored = try await service.ask(.post, path, score, key: 1, role: "practice-coach")
            #expect(scored.status == .created && scored.object["score"] as? Int == 9)
            #expect(
                try await service.count(
                    """
                    select count(*) from audit.access a join audit.shown s on (s.practice, s.access) = (a.practice, a.id)
                    where a.practice = 'Z99001' and a.subject = 'kay' and a.role = 'practice-coach'
                      and a.route = 'symphony-score' and a.outcome = 'granted' and s.refs = array[\(service.kit)]
                    """) == 1)
            #expect(try await service.ask(.post, path, score, key: 2, role: "practice-admin").code == "scope_missing")
            #expect(
                try await service.ask(.post, path, #"{"score":11,"scored_on":"2026-03-01"}"#, key: 3).code
                    == "invalid_parameter")
            for role in ["auditor", "operator", "hospital-onboarding", "complex-care"] {
                #expect(try await service.ask(.post, path, score, key: 4, role: role).status == .forbidden, "\(role)")
            }
        }
    }

    @Test func `content that is not understood is refused whole, and so is a command without its key`() async throws {
        try await ActService.with { service in
            let sound = #"{"patient":"\#(service.kit)","kind":"housing"}"#
            #expect(try await service.ask(.post, "/api/v1/concerns", sound).code == "invalid_parameter")
            let unsound = [
                "", "[]", "{", #"{"kind":"housing"}"#, #"{"patient":"\#(service.kit)","kind":"weather"}"#,
                #"{"patient":"\#(service.kit)","kind":"housing","urgent":true}"#,
                #"{"patient":"\#(service.kit)","kind":"housing","kind":"fopas"}"#,
                #"{"patient":"\#(service.kit)","kind":"housing","review_on":"tomorrow"}"#,
                #"{"patient":"\#(service.kit)","kind":"housing","owner":{"person":"a","role":"practice-coach"}}"#,
                #"{"patient":"\#(service.kit)","kind":"other"}"#,
                #"{"patient":"\#(service.kit)","kind":"housing","note":"\#(String(repeating: "x", count: 501))"}"#,
            ]
            for (index, body) in unsound.enumerated() {
                let response = try await service.ask(.post, "/api/v1/concerns", body, key: 10 + index)
                #expect(response.status == .badRequest, "\(index)")
            }
            let zero = #"{"patient":"pt_\u0000","kind":"housing"}"#
            #expect(try await service.ask(.post, "/api/v1/concerns", zero, key: 41).status == .notFound)
            let long = sound + String(repeating: " ", count: 64 * 1_024)
            #expect(try await service.ask(.post, "/api/v1/concerns", long, key: 40).status == .contentTooLarge)
            #expect(try await service.count("select count(*) from event_log.event where log = 'Z99001'") == 0)
        }
    }

    @Test func `whoever writes reads it at once`() async throws {
        // So long that only the projector can end the wait.
        try await ActService.with(projectionWaitMax: .seconds(60)) { service in
            let following = Task { try await service.projector.run() }
            let raise = #"{"patient":"\#(service.wilhelmina)","kind":"housing"}"#
            #expect(try await service.ask(.post, "/api/v1/concerns", raise, key: 1).status == .created)
            #expect(try await service.ask(.get, "/api/v1/practices/Z99001/concerns").object["total"] as? Int == 1)
            following.cancel()
            try await following.value
        }
    }

    @Test func `a list comes in by the service as by the command, and one that would empty a practice does not`() async throws {
        try await ActService.with { service in
            let path = "/api/v1/practices/Z99001/roster"
            let heading = "NHS number,Surname,Date of birth\n"
            let people = [
                "9990000018,Tregenza,1931-12-25\n", "9990000026,Okafor,1940-01-02\n", "9990000034,Abernathy,1950-03-04\n",
            ]
            let file = heading + people.joined() + "9990000019,Nobody,1950-03-04\n"
            let admin = "practice-admin"
            let dry = try await service.ask(.put, path + "?dry_run=true", file, role: admin)
            #expect(dry.status == .ok && dry.object["joined"] as? Int == 3)
            #expect(try await service.count("select count(*) from event_log.head where log = 'Z99001'") == 0)
            let told = try await service.ask(.put, path, file, role: admin)
            #expect(told.object["listed"] as? Int == 3 && told.object["held_back"] as? Int == 1)
            let held = try #require(told.object["held"] as? [[String: Any]])
            #expect(held.first?["line"] as? Int == 5 && held.first?["code"] as? String == "nhs-number-check")
            let events = try await service.count("select count(*) from event_log.event where log = 'Z99001'")
            #expect(try await service.ask(.put, path, file, role: admin).object["joined"] as? Int == 0)
            #expect(try await service.ask(.put, path, heading + people[0], role: admin).code == "rule_failed")
            #expect(try await service.ask(.put, path, "no list at all", role: admin).code == "rule_failed")
            #expect(try await service.count("select count(*) from event_log.event where log = 'Z99001'") == events)
            #expect(try await service.ask(.put, path, file, role: "practice-coach").status == .forbidden)
            #expect(try await service.ask(.put, path, file, role: admin, practices: ["Z99002"]).status == .notFound)
            #expect(
                try await service.count(
                    "select count(*) from audit.access where route = 'roster' and role = 'practice-admin' and outcome = 'granted'"
                ) > 0)
        }
    }
}
