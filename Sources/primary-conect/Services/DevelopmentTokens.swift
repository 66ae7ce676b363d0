import EventLog
import EventSourcing
import Foundation
import PracticeService

/// The local key and what its tokens say: for development, demonstrations and tests.
enum DevelopmentTokens {
    static let policy = TokenPolicy(issuer: "primary-conect-development", audience: "primary-conect")

    /// Opens the key in the installation's folder, and makes it where there is none.
    static func issuer(_ installation: Installation) async throws -> TokenIssuer {
        try await opening("\(installation.directory)/keys/token.jwk", installation, policy)
    }

    /// Opens a signing key, and makes it where there is none.
    ///
    /// - Throws: `CommandFailure(.badConfiguration)` where it cannot be used.
    static func opening(
        _ keyFile: String, _ installation: Installation, _ policy: TokenPolicy
    ) async throws -> TokenIssuer {
        let folder = "\(installation.directory)/keys"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        do {
            return try await TokenIssuer.opening(keyFile: keyFile, policy: policy)
        } catch {
            throw CommandFailure(.badConfiguration, "The token key \(keyFile) cannot be used: \(error).")
        }
    }

    static func token(
        _ issuer: TokenIssuer, role: PracticeService.Role, practices: [String], scopes: Set<Permission>? = nil,
        subject: String, lifetime: Duration
    ) async throws -> String {
        try await issuer.token(
            subject: subject, client: "development", role: role, practices: practices, scopes: scopes,
            lifetime: lifetime, identifier: UUID().uuidString, at: WallClock.now())
    }
}
