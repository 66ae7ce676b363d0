/// A system that may get tokens here, as it was registered: who it is, for whom, and how it proves it.
package struct RegisteredClient: Sendable {
    /// Where the client's public keys are.
    package enum KeySource: Sendable, Hashable {
        /// A file: JWK, JWK set or PEM. Read again when a key is not found in it.
        case file(String)
        /// The client's own JWK set (RFC 7517), fetched over https.
        case address(OutboundURL)
    }

    /// `iss` and `sub` of its assertions, `client_id` of its tokens; 1 to 64 printable ASCII characters.
    package var id: String
    package var role: Role
    package var practices: Set<String>
    /// What it may ask for, within what the role opens.
    package var scopes: Set<Permission>
    /// The one algorithm that its assertions are signed with (RFC 8725 section 3.1).
    package var algorithm: TokenKey.Algorithm
    package var keys: KeySource

    /// What a client's assertions may be signed with: as NHS England has it (RS512), SMART (RS384, ES384), and EdDSA.
    package static let algorithms: [TokenKey.Algorithm] = [.rs512, .rs384, .es384, .edDSA]

    /// Registers a client.
    ///
    /// - Parameter scopes: `nil` for all that the role opens.
    /// - Throws: what cannot be.
    package init(
        id: String, role: Role, practices: Set<String>, scopes: Set<Permission>? = nil, algorithm: TokenKey.Algorithm,
        keys: KeySource
    ) throws(ClientMistake) {
        guard (1...64).contains(id.utf8.count), id.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { throw .id }
        guard Self.algorithms.contains(algorithm) else { throw .algorithm }
        guard practices.count <= Self.practicesMax,
            practices.allSatisfy({ role.worksAcrossPractices ? ODSCode.isOrganisation($0) : ODSCode.isPractice($0) })
        else { throw .practices }
        guard scopes?.isSubset(of: role.permissions) ?? true else { throw .scopesBeyondRole }
        self.id = id
        self.role = role
        self.practices = practices
        self.scopes = scopes ?? role.permissions
        self.algorithm = algorithm
        self.keys = keys
    }

    /// As many as a token may name.
    private static let practicesMax = 400
}

/// What a registration must not say.
package enum ClientMistake: Error, Sendable, CustomStringConvertible {
    case id, algorithm, practices, scopesBeyondRole, twice

    package var description: String {
        switch self {
        case .id: "an id is 1 to 64 characters of ASCII, without blanks"
        case .algorithm: "the algorithm is RS512, RS384, ES384 or EdDSA"
        case .practices: "practices are at most 400 ODS codes: a letter and five digits; of hospital staff any ODS code"
        case .scopesBeyondRole: "a scope is not one that the role opens"
        case .twice: "two clients have the same id"
        }
    }
}
