import Foundation
import HTTPTypes
import HummingbirdTesting
import Postgres
import Testing

@testable import PracticeService
@testable import Projections

/// Every route × every kind of caller, over a real database: the answer, and what the audit says of it.
@Suite(.timeLimit(.minutes(1)))
struct RouteTableTests {
    private struct Caller {
        let name: String
        let token: String?
        let status: Int
        let code: String?
        /// What stands in the audit: `granted`, the reason of a denial, or nothing at all; `nil` asks nothing.
        var record: String?
    }

    @Test func `each route has its row in the table, and each row its route`() async throws {
        try await StoredService.with { service in
            let routes = service.server.servedRoutes
            let served = Set(routes.map { "\($0.method) \($0.path)" })
            #expect(served == Set(RouteRow.all.map { "\($0.method) \($0.path)" }))
            #expect(routes.count == served.count)
            for route in routes {
                let row = RouteRow.all.first { $0.path == route.path && $0.method.rawValue == route.method }
                #expect((route.permission == nil) == row?.isOpen, "\(route.path)")
                guard let permission = route.permission, let row else { continue }
                #expect(row.role.may(permission) && row.wrongRole?.may(permission) != true, "\(route.path)")
                // Where a role may not, one of them is tried.
                #expect((row.wrongRole == nil) == Role.allCases.allSatisfy { $0.may(permission) }, "\(route.path)")
            }
        }
    }

    @Test func `each kind of caller meets the expected status on each route, and denials are recorded`() async throws {
        try await StoredService.with { service in
            for row in RouteRow.all {
                for caller in try await callers(of: row, service.keys) {
                    let requestID = UUID().uuidString.lowercased()
                    var headers = row.headers
                    headers[.requestID] = requestID
                    headers[.contentType] = row.contentType
                    let answer = try await service.ask(
                        row.method, row.address, token: caller.token, body: row.body, headers)
                    let name = "\(row.method) \(row.path): \(caller.name)"
                    #expect(Int(answer.status.code) == caller.status, "\(name)")
                    // The facade tells errors as FHIR does.
                    let tellsCodes = !row.path.hasPrefix("/fhir")
                    if tellsCodes, let code = caller.code { #expect(answer.code == code, "\(name)") }
                    let records = try await service.texts(
                        "select coalesce(denial, outcome) from audit.access where request_id = \(requestID)")
                    switch caller.record {
                    case nil: break
                    case RouteRow.Record.nothing.rawValue: #expect(records.isEmpty, "\(name)")
                    case .some(let record): #expect(records.contains(record), "\(name): \(records)")
                    }
                }
            }
        }
    }

    private func callers(of row: RouteRow, _ keys: TestKeys) async throws -> [Caller] {
        func claims(_ role: Role, practice: String = "Z99001") -> TokenClaims {
            TestKeys.claims(practices: [practice], role: role.rawValue)
        }
        let sound = try await keys.token(claims(row.role))
        var expired = claims(row.role)
        (expired.iat, expired.nbf, expired.exp) = (expired.iat - 1_000, nil, expired.iat - 500)
        var foreign = claims(row.role)
        foreign.aud = .init("someone-else")
        let forged = try await TestKeys().token(claims(row.role))
        if row.isOpen {
            return try await [nil, sound, forged, keys.token(expired)].map { token in
                Caller(name: "anybody", token: token, status: row.right, code: nil, record: nil)
            }
        }
        let nothing = RouteRow.Record.nothing.rawValue
        let record = (row.record ?? (row.method == .get ? .granted : nil))?.rawValue
        var callers = [
            Caller(name: "no token", token: nil, status: 401, code: "token_missing", record: nothing),
            Caller(
                name: "expired", token: try await keys.token(expired), status: 401, code: "token_expired",
                record: nothing),
            Caller(name: "wrong signature", token: forged, status: 401, code: "token_invalid", record: nothing),
            Caller(
                name: "wrong audience", token: try await keys.token(foreign), status: 401, code: "token_invalid",
                record: nothing),
            Caller(
                name: "another practice's", token: try await keys.token(claims(row.role, practice: "Z99002")),
                status: row.elsewhere, code: row.elsewhere == 404 ? "not_found" : nil,
                record: row.elsewhere == 404 ? "practice-out-of-scope" : record),
            Caller(name: "right", token: sound, status: row.right, code: nil, record: record),
        ]
        var unknown = claims(row.role)
        unknown.role = "chief"
        var narrow = claims(row.role)
        narrow.scope = "openid"
        var refused = [unknown, narrow]
        if let role = row.wrongRole { refused.append(claims(role)) }
        for claims in refused {
            callers.append(
                Caller(
                    name: "role \(claims.role), scope \(claims.scope ?? "all")", token: try await keys.token(claims),
                    status: 403, code: "scope_missing", record: "role-not-allowed"))
        }
        return callers
    }
}
