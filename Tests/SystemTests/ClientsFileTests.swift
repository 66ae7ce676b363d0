import Foundation
import PracticeService
import Testing

@testable import primary_conect

/// What a file of clients may say, and how its mistakes are told.
@Suite struct ClientsFileTests {
    private static let good = """
        clients:
          - id: levels-mdt
            role: integration
            practices: [Z99001, Z99002]
            scopes: [lists:read]
            algorithm: EdDSA
            keys: levels-mdt.json
          - id: ward-board
            role: hospital-onboarding
            practices: [ZX901]
            algorithm: RS512
            keys: https://keys.ward-board.test/jwks.json
        """
    private static let key = """
        {"kty":"OKP","crv":"Ed25519","kid":"k1","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}
        """

    @Test func `a file says who may get tokens, for whom, and where the keys are`() async throws {
        try await withFolder { folder in
            let clients = try await clients(Self.good, in: folder)
            #expect(clients.map(\.id) == ["levels-mdt", "ward-board"])
            #expect(clients[0].scopes == [.readLists] && clients[0].practices == ["Z99001", "Z99002"])
            #expect(clients[0].keys == .file("\(folder)/levels-mdt.json"))
            #expect(clients[1].scopes == PracticeService.Role.hospitalOnboarding.permissions)
            let address = try #require(OutboundURL("https://keys.ward-board.test/jwks.json"))
            #expect(clients[1].keys == .address(address))
        }
    }

    @Test func `a mistake is told with its line`() async throws {
        let cases: [(old: String, new: String, line: Int, word: String)] = [
            ("clients:", "client:", 1, "says clients:"), ("id: levels-mdt\n", "id: levels mdt\n", 2, "without blanks"),
            ("role: integration", "role: boss", 3, "no such role"), ("Z99002", "99002", 2, "ODS codes"),
            ("[lists:read]", "[lists:raed]", 5, "no scope"),
            ("[lists:read]", "[audit:read]", 2, "not one that the role"),
            ("EdDSA", "HS256", 6, "RS512, RS384, ES384"), ("EdDSA", "ES384", 2, "no key of its algorithm"),
            ("levels-mdt.json", "nothing.json", 2, "cannot be read"),
            ("keys: levels", "kees: levels", 7, "nothing else"),
            ("    keys: levels-mdt.json\n", "", 2, "needs keys"), ("ward-board\n", "levels-mdt\n", 8, "the same id"),
            ("https://", "ftp://", 12, "no https address"),
        ]
        try await withFolder { folder in
            for item in cases {
                let text = Self.good.replacing(item.old, with: item.new, maxReplacements: 1)
                #expect(text != Self.good, "\(item.old)")
                let failure = await #expect(throws: CommandFailure.self, "\(item.new)") {
                    _ = try await clients(text, in: folder)
                }
                let told = failure?.description ?? ""
                #expect(told.contains("clients.yaml:\(item.line): ") && told.contains(item.word), "\(told)")
            }
        }
    }

    private func clients(_ text: String, in folder: String) async throws -> [RegisteredClient] {
        let path = "\(folder)/clients.yaml"
        try Data(text.utf8).write(to: URL(filePath: path))
        return try await ClientsFile(path: path).clients()
    }

    private func withFolder(_ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "clients-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try Data(Self.key.utf8).write(to: URL(filePath: "\(folder)/levels-mdt.json"))
        try await body(folder)
    }
}
