import EventSourcing
import Projections

/// What hospitals are called in answers.
package struct ProviderDirectory: Sendable {
    /// A hospital.
    package struct Provider: Sendable, Equatable {
        /// ODS code, of the organisation or of one of its sites: `ZX901`.
        package var code: String
        /// As staff know it: `Southmoor District`.
        package var name: String
        /// The short name of its feed: `southmoor`.
        package var feed: String

        /// Names a hospital.
        package init(code: String, name: String, feed: String) {
            self.code = code
            self.name = name
            self.feed = feed
        }
    }

    private let providers: [String: Provider]

    /// Of two providers with one code the first counts.
    package init(_ providers: [Provider] = []) {
        self.providers = Dictionary(providers.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The name of a site, else of the hospital it belongs to; `nil` where neither is listed.
    func siteName(site: String?, hospital: String?) -> String? {
        (site.flatMap { providers[$0] } ?? hospital.flatMap { providers[$0] })?.name
    }

    /// The name of the organisation with this code; `nil` where it is not listed.
    func name(of code: String) -> String? { providers[code]?.name }

    /// The name of a feed: as listed, else the hospital's code in lower case. A feed that is not the hospital's ADT
    /// feed has its own name behind a dot.
    func feedName(_ feed: FeedFreshness) -> String {
        let name = feedName(of: feed.hospital)
        return feed.feed == "adt" ? name : "\(name).\(feed.feed)"
    }

    /// The name of a hospital's ADT feed.
    func feedName(of hospital: LogName) -> String {
        providers[hospital.rawValue]?.feed ?? hospital.rawValue.lowercased()
    }
}
