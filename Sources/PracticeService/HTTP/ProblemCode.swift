import HTTPTypes

/// The codes of our errors (product.md section 5.6).
///
/// A code is a promise to integrators and never changes its meaning; new ones may come. Beyond the table of 5.6:
/// `practice_needed`, `use_post_search`, `token_invalid`, `method_not_allowed`, `not_acceptable`,
/// `content_not_allowed` and `internal_error`.
package enum ProblemCode: String, Sendable, CaseIterable {
    case unknownParameter = "unknown_parameter"
    case invalidParameter = "invalid_parameter"
    case invalidTime = "invalid_time"
    case practiceNeeded = "practice_needed"
    case usePostSearch = "use_post_search"
    case tokenMissing = "token_missing"
    case tokenExpired = "token_expired"
    case tokenInvalid = "token_invalid"
    case scopeMissing = "scope_missing"
    case notFound = "not_found"
    case methodNotAllowed = "method_not_allowed"
    case notAcceptable = "not_acceptable"
    case contentNotAllowed = "content_not_allowed"
    case rateLimited = "rate_limited"
    case versionConflict = "version_conflict"
    case alreadyDiscussed = "already_discussed"
    case preconditionFailed = "precondition_failed"
    case preconditionRequired = "precondition_required"
    case idempotencyKeyReused = "idempotency_key_reused"
    case ruleFailed = "rule_failed"
    case listCatchingUp = "list_catching_up"
    case cursorExpired = "cursor_expired"
    case merged
    case databaseUnavailable = "database_unavailable"
    case internalError = "internal_error"

    var status: HTTPResponse.Status {
        switch self {
        case .unknownParameter, .invalidParameter, .invalidTime, .practiceNeeded, .usePostSearch: .badRequest
        case .tokenMissing, .tokenExpired, .tokenInvalid: .unauthorized
        case .scopeMissing: .forbidden
        case .notFound: .notFound
        case .methodNotAllowed: .methodNotAllowed
        case .notAcceptable: .notAcceptable
        case .contentNotAllowed: .contentTooLarge
        case .rateLimited: .tooManyRequests
        case .versionConflict, .alreadyDiscussed: .conflict
        case .preconditionFailed: .preconditionFailed
        case .preconditionRequired: .preconditionRequired
        case .idempotencyKeyReused, .ruleFailed: .unprocessableContent
        case .listCatchingUp, .databaseUnavailable: .serviceUnavailable
        case .cursorExpired, .merged: .gone
        case .internalError: .internalServerError
        }
    }

    /// A short summary that is the same for every occurrence (RFC 9457 section 3.1.3).
    var title: StaticString {
        switch self {
        case .unknownParameter: "A parameter that was sent is not known here"
        case .invalidParameter: "A parameter has a value that cannot be used"
        case .invalidTime: "A time cannot be read or used"
        case .practiceNeeded: "The practice has to be named"
        case .usePostSearch: "Search with POST"
        case .tokenMissing: "A bearer token is needed"
        case .tokenExpired: "The token has expired"
        case .tokenInvalid: "The token is not accepted"
        case .scopeMissing: "The token does not open this"
        case .notFound: "There is nothing here"
        case .methodNotAllowed: "This address does not answer that method"
        case .notAcceptable: "There is no form of it that the client can read"
        case .contentNotAllowed: "Content that is not taken here"
        case .rateLimited: "Too many requests"
        case .versionConflict: "It stands where this cannot be done"
        case .alreadyDiscussed: "Somebody has done this before"
        case .preconditionFailed: "It has changed since it was seen"
        case .preconditionRequired: "A condition is needed"
        case .idempotencyKeyReused: "This key was used for a different request"
        case .ruleFailed: "A rule forbids it"
        case .listCatchingUp: "What was done does not show yet"
        case .cursorExpired: "The cursor is too old"
        case .merged: "The hospital has joined this record to another"
        case .databaseUnavailable: "The database cannot be reached"
        case .internalError: "Something went wrong here"
        }
    }

    /// Whether the same request may succeed later without being changed.
    var isWorthRetrying: Bool {
        switch self {
        case .rateLimited, .databaseUnavailable, .internalError: true
        default: false
        }
    }

    /// `/problems/unknown-parameter`: relative, and opens a page of help (RFC 9457 section 3.1.1).
    var type: String { "/problems/" + rawValue.map { $0 == "_" ? "-" : String($0) }.joined() }
}
