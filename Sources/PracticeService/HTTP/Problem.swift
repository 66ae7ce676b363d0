import EventSourcing
import HTTPTypes
import Hummingbird

/// An error as the caller sees it: RFC 9457 problem details with our code.
///
/// Every word in it is a literal of this source (`StaticString`), so that no value that was sent, no patient datum and
/// no SQL can come back in an error. The exceptions are the request id, which is a UUID, and what `More` says.
struct Problem: Error, Sendable {
    /// A parameter that is at fault.
    struct Fault: Sendable {
        /// Where in the request: `/query/since`.
        let pointer: StaticString
        let detail: StaticString
    }

    let code: ProblemCode
    let detail: StaticString
    let faults: [Fault]
    let headers: HTTPFields
    /// What the caller needs besides to go on.
    enum More: Sendable {
        /// The ref that has taken the place of the one that was asked for.
        case mergedInto(String)
        /// Who of the staff was quicker, and when.
        case discussed(by: String, at: Instant)
    }

    private(set) var more: More?

    init(_ code: ProblemCode, _ detail: StaticString, faults: [Fault] = [], headers: HTTPFields = [:]) {
        self.code = code
        self.detail = detail
        self.faults = faults
        self.headers = headers
    }

    /// A parameter with a value that cannot be used.
    static func invalid(_ code: ProblemCode = .invalidParameter, _ pointer: StaticString, _ detail: StaticString)
        -> Problem
    {
        Problem(code, detail, faults: [Fault(pointer: pointer, detail: detail)])
    }

    /// The answer that tells it.
    func response(requestID: String) -> Response {
        var headers = headers
        headers[.contentType] = "application/problem+json"
        return .json(json(requestID), status: code.status, headers: headers)
    }

    private func json(_ requestID: String) -> [UInt8] {
        var json = JSONAnswer(capacity: 512)
        json.beginObject()
        json.field("type", code.type)
        json.key("title")
        json.string(code.title)
        json.field("status", Int64(code.status.code))
        json.key("detail")
        json.string(detail)
        json.field("instance", "/requests/\(requestID)")
        json.field("code", code.rawValue)
        json.field("retry", code.isWorthRetrying)
        switch more {
        case .mergedInto(let ref): json.field("merged_into", ref)
        case .discussed(let who, let at):
            json.key("discussed")
            json.beginObject()
            json.field("by", who)
            json.field("at", systemTime: at)
            json.endObject()
        case nil: break
        }
        if !faults.isEmpty {
            json.key("errors")
            json.beginArray()
            for fault in faults {
                json.beginObject()
                json.key("pointer")
                json.string(fault.pointer)
                json.key("detail")
                json.string(fault.detail)
                json.endObject()
            }
            json.endArray()
        }
        json.endObject()
        return json.bytes
    }
}

extension Problem {
    /// Nothing here that this caller may see: the same for what does not exist and for another practice's.
    static var notFound: Problem {
        Problem(.notFound, "Nothing is at this address, or it is not for this token.")
    }

    /// The hospital has joined the record to another's, which this ref is of.
    static func merged(into ref: String) -> Problem {
        var problem = Problem(.merged, "The hospital has joined this patient's record to another. Ask for that one.")
        problem.more = .mergedInto(ref)
        return problem
    }

    /// Somebody has marked the patient before.
    static func alreadyDiscussed(by who: String, at: Instant) -> Problem {
        var problem = Problem(.alreadyDiscussed, "Somebody has marked this patient as discussed.")
        problem.more = .discussed(by: who, at: at)
        return problem
    }
}
