import EventLog
import EventSourcing
import Foundation
import PracticeService

/// The local key and what its tokens say: for development, demonstrations and tests.
enum DevelopmentTokens {
    static let policy = TokenPolicy(issuer: "primary-conect-development", audience: "primary-conect")

    /// Opens the key in the installation's folder, and makes it where there is none.
    static func issuer(_ installation: Installation) async throws -> TokenIssuer {
        let folder = "\(installation.directory)/keys"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        do {
            return try await TokenIssuer.opening(keyFile: "\(folder)/token.jwk", policy: policy)
        } catch {
            throw CommandFailure(.badConfiguration, "The token key in \(folder) cannot be used: \(error).")
        }
    }

    static func token(
        _ issuer: TokenIssuer, role: PracticeService.Role, practices: [String], subject: String, lifetime: Duration
    ) async throws -> String {
        try await issuer.token(
            subject: subject, client: "development", role: role, practices: practices, lifetime: lifetime,
            identifier: UUID().uuidString, at: WallClock.now())
    }
}
