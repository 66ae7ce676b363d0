import Admissions
import EventSourcing
import HTTPTypes
import Hummingbird
import NIOCore

/// A request that changes something: which command it is, what it says, and which version the caller saw.
///
/// `Idempotency-Key` is a UUID (product.md 5.7). What the key stands for is the digest of method, path and content, so
/// the same content sent to another address under the same key is another command.
struct CommandRequest: Sendable {
    /// The command, as the log remembers it.
    let key: CommandKey
    let content: [UInt8]
    /// Of `If-Match`.
    let condition: Condition

    /// Which versions the caller will have changed.
    enum Condition: Sendable, Equatable {
        /// There is no `If-Match`.
        case none
        /// `*`: whatever stands there.
        case any
        /// This one: one strong tag that is a version; `nil` for a tag that no version of ours has.
        case version(Int64?)
    }

    /// The longest content in bytes.
    static let contentBytesMax = 64 * 1_024

    /// Reads a request whole.
    ///
    /// - Throws: 400 without a key, or with an `If-Match` that is neither `*` nor one tag; 413 for content that is too
    ///   long.
    init(_ request: Request) async throws {
        guard let id = request.headers[.idempotencyKey] else {
            throw Problem.invalid(
                .invalidParameter, "/header/Idempotency-Key",
                "Send an Idempotency-Key: a new UUID for each command, the same when the command is sent again.")
        }
        condition = try Self.condition(request.headers[.ifMatch])
        do {
            content = Array(buffer: try await request.body.collect(upTo: Self.contentBytesMax))
        } catch is NIOTooManyBytesError {
            throw Problem(.contentNotAllowed, "The content is longer than 64 KiB.", headers: [.connection: "close"])
        }
        let asked = Array("\(request.method.rawValue) \(request.uri.path)\n".utf8) + content
        guard let key = CommandKey(id: id, digest: Digest(of: asked)) else {
            throw Problem.invalid(
                .invalidParameter, "/header/Idempotency-Key", "The Idempotency-Key is a UUID (RFC 9562).")
        }
        self.key = key
    }

    /// The version that must stand there for the command to be carried out; `nil` for any.
    ///
    /// - Throws: 428 without `If-Match`, 412 for a tag that no version has.
    func requiredVersion() throws(Problem) -> Int64? {
        switch condition {
        case .none:
            throw Problem(.preconditionRequired, "Send If-Match with the entity tag of what you saw.")
        case .any: return nil
        case .version(let version):
            guard let version else { throw .stale }
            return version
        }
    }

    private static func condition(_ field: String?) throws(Problem) -> Condition {
        guard let field else { return .none }
        let text = field.drop { $0 == " " || $0 == "\t" }
        if text == "*" { return .any }
        // A weak tag never matches here (RFC 9110 section 13.1.1).
        if text.hasPrefix("W/\"") { return .version(nil) }
        guard text.count >= 2, text.first == "\"", text.last == "\"", !text.dropFirst().dropLast().contains("\"") else {
            throw .invalid(
                .invalidParameter, "/header/If-Match", "If-Match is one entity tag as it was given out, or *.")
        }
        return .version(Int64(text.dropFirst().dropLast()))
    }
}

extension Problem {
    /// What stands there is not what the caller saw.
    static var stale: Problem {
        Problem(.preconditionFailed, "It has changed since you saw it. Read it again and decide anew.")
    }

    /// The content is not what this address takes; nothing of it is repeated.
    static var contentUnreadable: Problem {
        .invalid(
            .invalidParameter, "/body",
            "The content is not the JSON object that this address takes, or has a member it does not know.")
    }

    /// Why a command is not carried out.
    init(_ rejection: ActRejection) {
        switch rejection.code {
        case .commandIDReused:
            self.init(.idempotencyKeyReused, "This Idempotency-Key was used before, with other content.")
        case .notFound: self = .notFound
        case .alreadyDiscussed:
            self.init(.alreadyDiscussed, "Somebody has marked this patient as discussed.")
        case .alreadyExists, .notAllowedInState, .markChanged, .joinedToOther, .subjectDiffers:
            self.init(.versionConflict, "It stands where this cannot be done. Read it again and decide anew.")
        case .roleNotAllowed:
            self.init(.scopeMissing, "This step, or a note with it, is not for the role of the token.")
        case .encounterHadCase, .declinedRecently, .noFinding, .streamFull:
            self.init(.ruleFailed, "A rule forbids it.")
        case .reasonMissing, .textTooLong, .textNotStorable, .valueOutOfRange, .wrongCount:
            self.init(
                .invalidParameter, "A member of the content has a value that cannot be used.",
                faults: rejection.field.map {
                    [Fault(pointer: $0.pointer, detail: "Missing, too long, or outside its range.")]
                } ?? [])
        }
    }
}

extension ActRejection.Field {
    /// Where it is in the content.
    fileprivate var pointer: StaticString {
        switch self {
        case .attendees: "/body/attendees"
        case .due: "/body/due"
        case .encounter: "/body/encounter"
        case .keyworker: "/body/keyworker"
        case .note: "/body/note"
        case .owner: "/body/owner"
        case .patient: "/body/patient"
        case .reason: "/body/reason"
        case .reasons: "/body/reasons"
        case .review: "/body/review_on"
        case .score: "/body/score"
        case .scoredOn: "/body/scored_on"
        case .consentVersion: "/body/consent/version"
        case .givenOn: "/body/consent/given_on"
        case .deferUntil: "/body/until"
        case .findings: "/body/findings"
        case .visitAt: "/body/visit_at"
        }
    }
}
