import Admissions
import EventLog
import EventSourcing
import Postgres
import Projections
import TestSupport
import Testing

/// Events of a message that was read again, as the views take them.
@Suite struct RedriveTests {
    @Test func `a message read again is shown, and does not make a silent feed look fresh`() async throws {
        try await World.with { world in
            let admitted = Visit(number: "SP1", person: .billie).admitted("2026-03-02T21:00:00Z")
            var entry = world.entry(admitted.newEvent, by: World.hospital)
            entry.message.disposition = .quarantined
            entry.message.reason = "pid-missing"
            entry.events = [
                NewEvent(
                    stream: StreamName("message"), type: "message.quarantined.v1", payload: Array("{}".utf8),
                    occurredAt: nil)
            ]
            world.clock.set(instant("2026-03-02T21:05:00Z"))
            let place = try await world.log.append(entry).first
            try await world.project()
            #expect(try await world.names(.inHospital).isEmpty)

            let operators = PostgresPool(
                world.database.configuration(user: "primary_conect_operator"), connectionsMax: 1)
            let held = try await OperatorReader(pool: operators).messages(
                in: World.hospital, at: [place],
                look: OperatorLook(subject: "test", purpose: "redrive", route: "quarantine/ZX901", requestID: "r"))
            await operators.close()
            let writer = OperatorWriter(
                configuration: world.database.configuration(user: "primary_conect_operator"),
                now: { instant("2026-03-03T07:55:00Z") })
            let acts = held.map { message in
                OperatorAct(
                    redriving: message, told: [admitted.newEvent],
                    act: AdmissionEvent.redriven(place, by: "test", at: instant("2026-03-03T07:55:00Z")).newEvent)
            }
            #expect(try await writer.append(acts, to: World.hospital).eventCount == 2)
            try await world.project()
            #expect(try await world.names(.inHospital) == [Person.billie.family])
            let page = try await world.page(.inHospital, now: "2026-03-03T08:00:00Z")
            #expect(page.feeds.map(\.lastHeard) == [instant("2026-03-02T21:05:00Z")])
            #expect(page.feeds.map(\.state) == [.silent])
            #expect(page.feeds.map(\.messages) == [1])
            #expect(try await world.comparison().differences.isEmpty)
        }
    }
}
