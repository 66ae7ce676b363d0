import Foundation
import Postgres
import Testing

/// What an operator does with messages held back, and with a wrong merge: the real command beside a real daemon.
@Suite(.serialized, .timeLimit(.minutes(5))) struct QuarantineTests {
    /// A hospital that writes the visit number where nobody expects it.
    private static let odd = Message(
        controlID: "ODD1", localNumber: "P7001", family: "QUINCE", visit: "", account: "V7001")

    private func withDaemon(_ body: (SystemDirectory, DaemonProcess) async throws -> Void) async throws {
        try await withSystemDirectory { directory in
            let daemon = try await FeedTests.serve(directory)
            try await body(directory, daemon)
            #expect(await daemon.end(SIGTERM) == 0)
        }
    }

    private func send(_ messages: [Message], to daemon: DaemonProcess) async throws {
        let port = daemon.ready.mllp
        try await Sender(port: { port }).send(messages.map(\.bytes))
    }

    private func run(
        _ arguments: [String], in directory: SystemDirectory, profiles: String? = nil
    ) async throws -> Binary.Result {
        try await Binary.run(
            arguments + ["--directory", directory.path],
            environment: profiles.map { ["PRIMARY_CONECT_PROFILES": $0] } ?? [:])
    }

    /// A folder with the profile that mends it.
    private func profiles(_ directory: SystemDirectory) throws -> String {
        let folder = "\(directory.path)/profiles"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let text = """
            name: odd-visits
            extends: uk-default
            senders:
              - facility: ZX901
            visit-number:
              pid-18: true

            """
        try text.write(toFile: "\(folder)/odd-visits.yaml", atomically: true, encoding: .utf8)
        return folder
    }

    @Test func `a message held back is listed, and shown without its patient`() async throws {
        try await withDaemon { directory, daemon in
            try await send([Self.odd], to: daemon)
            let list = try await run(["quarantine", "list", "--json"], in: directory)
            #expect(list.status == 0 && list.out.contains("\"schema\":\"quarantine/1\""))
            #expect(list.out.contains("\"log\":\"ZX901\",\"position\":1"))
            #expect(list.out.contains("\"reason\":\"visit-number-missing\",\"where\":\"PV1-19\""))
            let other = try await run(["quarantine", "list", "--reason", "pid-missing"], in: directory)
            #expect(other.out.contains("Nothing is held back."))

            let masked = try await run(["quarantine", "show", "ZX901", "1"], in: directory)
            #expect(masked.status == 0)
            #expect(masked.out.contains("visit-number-missing at PV1-19"))
            let line = masked.out.split(separator: "\n").first { $0.hasPrefix("PV1-19") }
            #expect(line?.contains("(empty)") == true && line?.contains("◀ visit-number-missing") == true)
            #expect(masked.out.contains("•••^^^ZX901^MR"))
            for secret in ["QUINCE", "P7001", "V7001", "19400101"] {
                #expect(!masked.out.contains(secret) && !list.out.contains(secret))
            }
            let unasked = try await run(["quarantine", "show", "ZX901", "1", "--show-identifiers"], in: directory)
            #expect(unasked.status == 77 && !unasked.out.contains("QUINCE"))
            let full = try await run(
                ["quarantine", "show", "ZX901", "1", "--show-identifiers", "--reason", "ticket 4711"], in: directory)
            #expect(full.status == 0 && full.out.contains("QUINCE"))
            #expect(
                try directory.count(
                    """
                    select count(*) from audit.access
                    where purpose = 'ticket 4711' and route = 'quarantine/ZX901/1' and role = 'operator'
                    """) == 1)
            #expect(try directory.count("select count(*) from audit.access") == 2)
            #expect(try await run(["quarantine", "show", "ZX901", "9"], in: directory).status == 66)
        }
    }

    @Test func `after the profile is mended the patient appears, once`() async throws {
        try await withDaemon { directory, daemon in
            try await send([Self.odd], to: daemon)
            let held = try await run(["status", "--json"], in: directory)
            #expect(held.out.contains("\"held\":1"))
            #expect(held.out.contains("\"held_by_reason\":{\"visit-number-missing\":1}"))
            #expect(try await run(["status"], in: directory).out.contains("visit-number-missing"))

            let still = try await run(["quarantine", "redrive", "--all"], in: directory)
            #expect(still.status == 3 && still.out.contains("visit-number-missing at PV1-19"))
            #expect(try directory.count("select count(*) from event_log.event") == 1)

            let profiles = try profiles(directory)
            let plan = try await run(["quarantine", "redrive", "--all", "--dry-run"], in: directory, profiles: profiles)
            #expect(plan.status == 0 && plan.out.contains("encounter.admitted.v1"))
            #expect(try directory.count("select count(*) from event_log.event") == 1)

            let done = try await run(["quarantine", "redrive", "ZX901", "1"], in: directory, profiles: profiles)
            #expect(done.status == 0 && done.out.contains("1 read again"))
            let token = try await FeedTests.token(directory, practice: "Z99001")
            let body = try await eventually {
                let (status, body) = try await FeedTests.list(
                    daemon, "admissions", practice: "Z99001", token: token)
                return status == 200 && body.contains("\"QUINCE\"") ? body : nil
            }
            #expect(body.contains("\"total\":1"))
            #expect(
                try directory.count(
                    "select count(*) from event_log.event where message_position = 1 and type like 'encounter.%'") == 1)

            // What the rules of hot onboarding tell of the patient comes by itself, at any time.
            let told: SQL = "select count(*) from event_log.event where type not like 'onboarding.%'"
            let events = try directory.count(told)
            let again = try await run(["quarantine", "redrive", "ZX901", "1"], in: directory, profiles: profiles)
            #expect(again.status == 0 && again.out.contains("read again before"))
            #expect(try await run(["quarantine", "redrive", "--all"], in: directory).status == 0)
            #expect(try directory.count(told) == events)
            #expect(try await run(["status", "--json"], in: directory).out.contains("\"held\":0"))
            #expect(!(done.out + done.errors + still.out + plan.out + daemon.log).contains("QUINCE"))
        }
    }

    @Test func `a discarded message waits no longer, stays stored, and is not read again`() async throws {
        try await withDaemon { directory, daemon in
            try await send([Self.odd], to: daemon)
            #expect(try await run(["quarantine", "discard", "ZX901", "1"], in: directory).status == 64)
            #expect(try await run(["quarantine", "discard", "ZX901", "1", "--reason", " "], in: directory).status == 77)
            let done = try await run(
                ["quarantine", "discard", "ZX901", "1", "--reason", "sent in error"], in: directory)
            #expect(done.status == 0)
            #expect(try await run(["quarantine", "list"], in: directory).out.contains("Nothing is held back."))
            let again = try await run(
                ["quarantine", "discard", "ZX901", "1", "--reason", "sent in error"], in: directory)
            #expect(again.status == 66)
            let redrive = try await run(
                ["quarantine", "redrive", "ZX901", "1"], in: directory, profiles: try profiles(directory))
            #expect(redrive.status == 1)
            #expect(try directory.count("select count(*) from event_log.message") == 1)
            #expect(
                try directory.count(
                    """
                    select count(*) from event_log.event
                    where type = 'message.discarded.v1' and payload like '%"about":1,%'
                      and payload like '%sent in error%'
                    """) == 1)
        }
    }

    @Test func `a wrong merge is taken back by an event, and only if it stands`() async throws {
        try await withDaemon { directory, daemon in
            var survivor = Message(
                trigger: "A28", controlID: "M1", localNumber: "P100001", family: "QUINCE", visit: "V1")
            let loser = Message(
                trigger: "A28", controlID: "M2", localNumber: "P100002", family: "MEDLAR", visit: "V2")
            try await send([survivor, loser], to: daemon)
            survivor.trigger = "A40"
            survivor.controlID = "M3"
            survivor.mergedNumber = "P100002"
            try await send([survivor], to: daemon)

            let aliases = try await run(["identity", "aliases", "ZX901"], in: directory)
            #expect(aliases.status == 0 && aliases.out.contains("merged"))
            #expect(aliases.out.contains("ZX901|•••02") && aliases.out.contains("ZX901|•••01"))
            for secret in ["QUINCE", "MEDLAR", "P100001", "P100002"] { #expect(!aliases.out.contains(secret)) }

            func unmerge(_ loser: String, _ survivor: String) async throws -> Int32 {
                try await run(
                    ["identity", "unmerge", "ZX901", loser, survivor, "--reason", "two people"], in: directory
                ).status
            }
            #expect(try await unmerge("ZX901|P100003", "ZX901|P100001") == 65)
            #expect(try await unmerge("ZX901|P100001", "ZX901|P100002") == 65)
            #expect(try await unmerge("P100002", "ZX901|P100001") == 65)
            #expect(try await unmerge("NHS|9990000018", "ZX901|P100001") == 77)
            #expect(try await unmerge("ZX901|P100002", "ZX901|P100001") == 0)
            #expect(try await unmerge("ZX901|P100002", "ZX901|P100001") == 65)
            #expect(
                try directory.count("select count(*) from event_log.event where type = 'patient.unmerged.v1'") == 1)
            #expect(try await run(["identity", "aliases", "ZX901"], in: directory).out.contains("unmerged"))
        }
    }

    @Test func `somebody in hospital of whom no practice is known is work for an operator`() async throws {
        try await withDaemon { directory, daemon in
            try await send([Message(controlID: "WORK1", localNumber: "P100008", visit: "W8")], to: daemon)
            #expect(try await run(["identity", "work", "ZX901"], in: directory).status == 0)
            let stranger = Message(controlID: "WORK2", localNumber: "P100009", practice: "", visit: "W9")
            try await send([stranger], to: daemon)
            let work = try await run(["identity", "work", "ZX901"], in: directory)
            #expect(work.status == 3 && work.out.contains("practice-unknown"))
            #expect(!work.out.contains("P100009"))
        }
    }
}
