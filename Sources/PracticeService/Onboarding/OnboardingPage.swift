import EventSourcing
import Projections

/// Which part of a list of hot onboarding is wanted: `limit` (1 to 200, standard 50) and the `cursor` of the page
/// before.
struct OnboardingPage: Equatable, Sendable {
    let limit: Int
    let place: OnboardingReader.Place?

    /// - Throws: `invalid_parameter`, naming the parameter, never its value.
    init(_ parameters: QueryParameters) throws(Problem) {
        limit = try ListParameters.limit(parameters)
        guard let text = parameters["cursor"] else {
            place = nil
            return
        }
        guard let place = Self.place(text) else { throw ListParameters.cursorProblem }
        self.place = place
    }

    /// The cursor of the page that begins at a place.
    static func cursor(_ place: OnboardingReader.Place) -> String {
        "o1." + Base64URL.encode("\(place.since.microseconds) \(place.ref)".utf8)
    }

    private static func place(_ text: String) -> OnboardingReader.Place? {
        guard text.hasPrefix("o1."), let bytes = Base64URL.decode(Array(text.utf8.dropFirst(3))[...]),
            let decoded = String(validating: bytes, as: UTF8.self)
        else { return nil }
        let parts = decoded.split(separator: " ")
        // No text of PostgreSQL holds a zero byte, and so no ref of ours.
        guard parts.count == 2, let since = Int64(parts[0]), !parts[1].utf8.contains(0) else { return nil }
        return OnboardingReader.Place(since: Instant(microseconds: since), ref: String(parts[1]))
    }
}
