import ArgumentParser
import Foundation

/// What a daemon does. One process may do all of it, or each its own.
enum Role: String, CaseIterable, ExpressibleByArgument {
    /// Takes messages over MLLP into the log.
    case ingest
    /// Folds the log into practice views.
    case project
    /// Answers practices over HTTP.
    case web

    /// Roles between commas.
    static func list(_ text: String) throws -> Set<Role> {
        var roles: Set<Role> = []
        for name in text.split(separator: ",") {
            guard let role = Role(rawValue: name.trimmingCharacters(in: .whitespaces)) else {
                let known = allCases.map(\.rawValue).joined(separator: ", ")
                throw CommandFailure(.badConfiguration, "There is no role '\(name)'; the roles are \(known).")
            }
            roles.insert(role)
        }
        return roles
    }
}
