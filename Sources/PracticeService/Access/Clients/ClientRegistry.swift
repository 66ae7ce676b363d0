import EventSourcing

/// The systems that may get tokens here, and their keys.
package struct ClientRegistry: Sendable {
    struct Entry: Sendable {
        let client: RegisteredClient
        let keys: ClientKeys
    }

    private let entries: [String: Entry]

    /// Takes the clients in; looks at no key yet.
    ///
    /// - Parameter outbound: fetches the keys of clients that have them at an address.
    /// - Throws: `twice`.
    package init(_ clients: [RegisteredClient], outbound: OutboundHTTP) throws(ClientMistake) {
        var entries: [String: Entry] = [:]
        for client in clients {
            let keys = ClientKeys { try await Self.load(client, outbound) }
            guard entries.updateValue(Entry(client: client, keys: keys), forKey: client.id) == nil else { throw .twice }
        }
        self.entries = entries
    }

    /// A client by its id.
    subscript(id: String) -> Entry? { entries[id] }

    /// Reads the key files once, so that a wrong one is told at the start. Addresses are asked when a client comes.
    ///
    /// - Throws: `TokenKeyError`.
    package static func check(_ client: RegisteredClient) async throws(TokenKeyError) {
        if case .file(let file) = client.keys { _ = try await read(file, client) }
    }

    private static func load(_ client: RegisteredClient, _ outbound: OutboundHTTP) async throws -> [TokenKey] {
        switch client.keys {
        case .file(let file): return try await read(file, client)
        case .address(let url):
            let answer = try await outbound.send(.init(url: url, headers: [("Accept", "application/json")]))
            guard answer.status == 200 else { throw OutboundError.answerBroken }
            return try await TokenKey.read(document: answer.body, file: client.id, algorithm: client.algorithm)
        }
    }

    private static func read(_ file: String, _ client: RegisteredClient) async throws(TokenKeyError) -> [TokenKey] {
        try await TokenKey.read(document: KeyFile.readPublic(file), file: file, algorithm: client.algorithm)
    }
}
