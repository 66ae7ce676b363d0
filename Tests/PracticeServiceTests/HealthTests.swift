import HTTPTypes
import HummingbirdTesting
import Testing

@testable import PracticeService

@Suite struct HealthTests {
    @Test func `readiness follows the life of the service and its database`() async throws {
        let fixture = try await ServiceFixture()
        func ready() async throws -> (Int, String) {
            let response = try await fixture.server.adminApplication().test(.router) { client in
                try await client.execute(uri: "/readyz", method: .get)
            }
            return (response.status.code, response.text)
        }
        #expect(try await ready() == (503, #"{"ready":false,"stage":"starting","database":"reachable"}"#))
        fixture.server.health.beganServing()
        #expect(try await ready() == (200, #"{"ready":true,"stage":"serving","database":"reachable"}"#))
        fixture.lists.change { $0.isBroken = true }
        #expect(try await ready() == (503, #"{"ready":false,"stage":"serving","database":"unreachable"}"#))
        fixture.lists.change { $0.isBroken = false }
        fixture.server.health.beganDraining()
        fixture.server.health.beganServing()
        #expect(try await ready() == (503, #"{"ready":false,"stage":"draining","database":"reachable"}"#))
    }

    @Test func `the service lives though its database does not`() async throws {
        let fixture = try await ServiceFixture()
        fixture.lists.change { $0.isBroken = true }
        let response = try await fixture.server.adminApplication().test(.router) { client in
            try await client.execute(uri: "/livez", method: .get)
        }
        #expect(response.status == .ok && response.text == #"{"live":true}"#)
    }

    @Test func `health is not told where practices come in, nor lists where the supervisor does`() async throws {
        let fixture = try await ServiceFixture()
        #expect(try await fixture.ask("/livez").status == .notFound)
        #expect(try await fixture.ask("/readyz").status == .notFound)
        let token = try await fixture.keys.token()
        let response = try await fixture.server.adminApplication().test(.router) { client in
            try await client.execute(
                uri: ServiceFixture.path, method: .get, headers: [.authorization: "Bearer \(token)"])
        }
        #expect(response.status == .notFound)
    }

    @Test func `it serves over a socket, tells its address, and drains when told to stop`() async throws {
        let fixture = try await ServiceFixture()
        let token = try await fixture.keys.token()
        try await fixture.server.application().test(.live) { client in
            let response = try await client.execute(
                uri: ServiceFixture.path, method: .get, headers: [.authorization: "Bearer \(token)"])
            #expect(response.status == .ok)
            #expect(fixture.server.health.stage == .serving)
            let notModified = try await client.execute(
                uri: ServiceFixture.path, method: .get,
                headers: [.authorization: "Bearer \(token)", .ifNoneMatch: "*"])
            #expect(notModified.status == .notModified)
            #expect(notModified.headers[.contentLength] == nil)
        }
        #expect(fixture.server.health.stage == .draining)
    }
}
