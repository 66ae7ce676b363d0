import Foundation
import PracticeService
import Yams

/// The systems that may get tokens here: the YAML file of the setting `clients`.
///
/// ```yaml
/// clients:
///   - id: levels-mdt                      # iss and sub of its assertions
///     role: integration
///     practices: [Z99001, Z99002]
///     scopes: [lists:read, changes:read]  # without it: all that the role opens
///     algorithm: RS512                    # RS512, RS384, ES384 or EdDSA
///     keys: levels-mdt.jwks.json          # a file beside this one, or an https address of a JWK set
/// ```
///
/// A key that is not known here, and a client that says too little or too much, are mistakes, told by line.
struct ClientsFile {
    let path: String

    /// - Throws: `CommandFailure(.badConfiguration)` where the file cannot be read, or for its first mistake.
    func clients() async throws -> [RegisteredClient] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandFailure(.badConfiguration, "The file \(path) of the setting clients cannot be read.")
        }
        let root: Node?
        do {
            root = try Yams.compose(yaml: String(decoding: data, as: UTF8.self))
        } catch {
            throw CommandFailure(.badConfiguration, "The file \(path) of the setting clients is no YAML.")
        }
        guard let mapping = root?.mapping, Array(mapping.keys).map(\.string) == ["clients"],
            let items = mapping["clients"]?.sequence
        else { throw mistake(at: root, "the file says clients: and a list") }
        var clients: [RegisteredClient] = []
        for item in items {
            let client = try client(item)
            if clients.contains(where: { $0.id == client.id }) { throw mistake(at: item, "\(ClientMistake.twice)") }
            do {
                try await ClientRegistry.check(client)
            } catch {
                let what = error == .noKeys ? "in its file there is no key of its algorithm" : "\(error)"
                throw mistake(at: item, "of the client \(client.id): \(what)")
            }
            clients.append(client)
        }
        return clients
    }

    private func client(_ node: Node) throws -> RegisteredClient {
        guard let mapping = node.mapping else { throw mistake(at: node, "a client has id, role, practices, keys ...") }
        for (key, _) in mapping where !Self.known.contains(key.string ?? "") {
            throw mistake(at: key, "a client has \(Self.known.joined(separator: ", ")), and nothing else")
        }
        let id = try text("id", of: node)
        guard let role = try PracticeService.Role(rawValue: text("role", of: node)) else {
            throw mistake(at: mapping["role"], "there is no such role")
        }
        guard let algorithm = try TokenKey.Algorithm(rawValue: text("algorithm", of: node)) else {
            throw mistake(at: mapping["algorithm"], "\(ClientMistake.algorithm)")
        }
        var scopes: Set<Permission>?
        if let node = mapping["scopes"] {
            scopes = try Set(
                texts(node).map { word in
                    guard let scope = Permission(rawValue: word) else {
                        throw mistake(at: node, "there is no scope '\(word)'")
                    }
                    return scope
                })
        }
        do {
            return try RegisteredClient(
                id: id, role: role, practices: Set(mapping["practices"].map(texts) ?? []), scopes: scopes,
                algorithm: algorithm, keys: keySource(text("keys", of: node), at: mapping["keys"]))
        } catch let error as ClientMistake {
            throw mistake(at: node, "\(error)")
        }
    }

    private func keySource(_ text: String, at node: Node?) throws -> RegisteredClient.KeySource {
        guard text.contains("://") else {
            return .file(URL(filePath: text, relativeTo: URL(filePath: path).deletingLastPathComponent()).path)
        }
        guard let address = OutboundURL(text) else { throw mistake(at: node, "keys is no https address") }
        return .address(address)
    }

    private static let known = ["id", "role", "practices", "scopes", "algorithm", "keys"]

    private func text(_ key: String, of node: Node) throws -> String {
        guard let text = node.mapping?[Node(key)]?.scalar?.string, !text.isEmpty else {
            throw mistake(at: node, "a client needs \(key)")
        }
        return text
    }

    private func texts(_ node: Node) throws -> [String] {
        guard let items = node.sequence else { throw mistake(at: node, "this is a list: [A, B]") }
        return try items.map { item in
            guard let text = item.scalar?.string else { throw mistake(at: item, "this is a list of words") }
            return text
        }
    }

    private func mistake(at node: Node?, _ what: String) -> CommandFailure {
        let place = (node?.mark).map { "\(path):\($0.line)" } ?? path
        return CommandFailure(.badConfiguration, "\(place): \(what).")
    }
}
