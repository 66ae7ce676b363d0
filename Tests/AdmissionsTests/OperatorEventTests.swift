import Admissions
import EventSourcing
import Testing

/// What an operator tells, as the log keeps it.
@Suite struct OperatorEventTests {
    let time = Given.instant("09:00")

    @Test func `a message read again is named by its place and by who read it`() throws {
        let event = AdmissionEvent.redriven(Position(17), by: "terminal:kay", at: time)
        #expect(
            String(decoding: event.payload, as: UTF8.self).hasPrefix(#"{"about":17,"by":"terminal:kay","telling":{"#))
        #expect(event.stream == StreamName("quarantine:17"))
        #expect(try AdmissionEvent(type: "message.redriven.v1", payload: event.payload) == event)
    }

    @Test func `a discarded message keeps the reason in the operator's words`() throws {
        let event = AdmissionEvent.discarded(Position(17), by: "terminal:kay", reason: "sent in error", at: time)
        #expect(event.stream == StreamName("quarantine:17"))
        let again = try AdmissionEvent(type: "message.discarded.v1", payload: event.payload)
        #expect(again == event && again.reason == "sent in error" && again.about == 17)
    }

    @Test func `a merge is taken back in its survivor's stream, and holds again if told again later`() throws {
        let loser = Identifier(value: "200", issuer: "ZX901")
        let merge = AdmissionEvent(
            kind: .patientMerged, telling: Telling(trigger: "A40", recorded: Given.moment("08:00")),
            patient: Given.patient, prior: PriorIdentity(identifiers: [loser]))
        let unmerge = AdmissionEvent.unmerged(
            PriorIdentity(identifiers: [loser]),
            from: PatientDetails(local: Identifier(value: "100", issuer: "ZX901")), by: "terminal:kay",
            reason: "two people", at: time)
        #expect(unmerge.stream == merge.stream)
        #expect(try AdmissionEvent(type: "patient.unmerged.v1", payload: unmerge.payload) == unmerge)
        let again = AdmissionEvent(
            kind: .patientMerged, telling: Telling(trigger: "A40", recorded: Given.moment("10:00")),
            patient: Given.patient, prior: PriorIdentity(identifiers: [loser]))

        func join(_ events: AdmissionEvent...) -> PatientKey? {
            var identities = Identities()
            for (index, event) in events.enumerated() {
                identities.note(event, position: Position(Int64(index) + 1))
            }
            return identities.patients.resolution.join(of: PatientKey("ZX901|200"))?.to
        }
        #expect(join(merge) == PatientKey("ZX901|100"))
        #expect(join(merge, unmerge) == nil)
        #expect(join(unmerge, merge) == nil)
        #expect(join(again, unmerge, merge) == PatientKey("ZX901|100"))
    }
}
