import HTTPTypes

/// A form in which a history is answered: the caller chooses it by `Accept`.
enum HistoryForm: String, CaseIterable, Sendable {
    case json = "application/json"
    case svg = "image/svg+xml"
    case html = "text/html"

    /// - Throws: 406 where none is welcome.
    init(accept field: String?) throws(Problem) {
        guard let type = AcceptField(field).first(of: Self.allCases.map(\.rawValue)), let form = Self(rawValue: type)
        else {
            throw Problem(
                .notAcceptable, "A history is application/json, image/svg+xml or text/html; Accept names none of them.",
                headers: [.vary: "Accept"])
        }
        self = form
    }

    /// The value of `Content-Type`.
    var contentType: String { self == .html ? rawValue + "; charset=utf-8" : rawValue }

    /// The first letters of its entity tags: each form has its own.
    var tagPrefix: String {
        switch self {
        case .json: "his"
        case .svg: "his-svg"
        case .html: "his-html"
        }
    }

    /// What it may load: nothing, and of styles a page its own.
    var policy: String {
        switch self {
        case .json, .svg: "default-src 'none'; frame-ancestors 'none'"
        case .html:
            "default-src 'none'; style-src 'sha256-\(HistoryPage.styleDigest)'; "
                + "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
        }
    }
}
