import Foundation
import Postgres
import Testing

/// The first five minutes, as a new user has them.
@Suite(.serialized, .timeLimit(.minutes(5))) struct DemoTests {
    @Test func `the demo shows who was admitted overnight, stops without a trace, and goes on with the same data`()
        async throws
    {
        try await withSystemDirectory { directory in
            let first = try await Self.start(directory)
            let token = try String(contentsOfFile: "\(directory.path)/demo.token", encoding: .utf8)
            let admitted = try await eventually {
                let address = "http://127.0.0.1:\(first.ready.http ?? 0)/api/v1/practices/Z99001/lists/in-hospital"
                let (status, body) = try await Shell.curl(address, token: token)
                return status == 200 && !body.contains("\"total\":0") ? body : nil
            }
            #expect(admitted.contains("\"nhs_number\":\"999"))
            _ = try await eventually {
                let result = try await Binary.run(["project", "status", "--directory", directory.path])
                return result.status == 0 ? true : nil
            }
            let status = try await Binary.run(["status", "--json", "--directory", directory.path])
            #expect(status.out.contains("\"log\":\"ZX901\""), "\(status.out)\(status.errors)")
            let doctor = try await Binary.run(["doctor", "--directory", directory.path])
            #expect(doctor.status == 0, "\(doctor.out)\(doctor.errors)")
            let events = try directory.count("select sum(position)::int8 from event_log.head")
            #expect(events > 500)
            #expect(await first.end(SIGINT) == 0)
            #expect(directory.cluster == nil, "PostgreSQL was left running")

            let second = try await Self.start(directory)
            #expect(try directory.count("select sum(position)::int8 from event_log.head") >= events)
            #expect(await second.end(SIGINT) == 0)
        }
    }

    private static func start(_ directory: SystemDirectory) async throws -> DaemonProcess {
        try await DaemonProcess.start(
            ["demo", "--days", "1", "--mllp", "0", "--http", "0", "--progress", "none"], directory: directory.path)
    }
}
