import EventSourcing
import Ingest
import PracticeService
import SenderProfiles
import Simulator

/// Which hospitals tell us, and what they are called: the setting `feeds`.
///
/// One hospital is `CODE=feed:Name of the hospital`, or `CODE+ALIAS+…=feed:Name` where MSH-4 may hold other codes for
/// it, or `CODE=feed:Name:profile` where all its messages are read by one sender profile; hospitals are set between
/// commas. Without the setting, the simulated district's hospitals are listed.
struct HospitalList: Sendable {
    struct Hospital: Sendable {
        let log: LogName
        let facilities: Set<String>
        let feed: String
        let name: String
        /// The sender profile that was named; nil where the sender of each message decides.
        var profile: String?
    }

    let hospitals: [Hospital]
    /// The log of messages from facilities that are not listed.
    let unlisted: LogName

    /// Whether real patients are told of: the setting `live`. Off where it is not given, for trial installations.
    let isLive: Bool

    init(_ settings: Settings) throws {
        isLive = try settings.isOn("live")
        let entries = settings.list("feeds")
        hospitals =
            entries.isEmpty
            ? Simulator.Hospital.all.compactMap { hospital in
                LogName(hospital.code).map {
                    Hospital(
                        log: $0, facilities: [hospital.code],
                        feed: hospital.name.prefix { $0 != " " }.lowercased(), name: hospital.name)
                }
            } : try entries.map(Self.read)
        let name = settings.text("unlisted", or: "UNLISTED")
        guard let log = LogName(name) else {
            throw CommandFailure(.badConfiguration, "The setting unlisted must be 1 to 12 of A-Z, 0-9 and -.")
        }
        unlisted = log
    }

    /// The feeds, and which profile reads which sender.
    ///
    /// - Throws: `CommandFailure(.badConfiguration)` where a hospital names a profile that is not there.
    func feeds(_ profiles: ProfileLibrary) throws -> FeedDirectory {
        let feeds = try hospitals.map { hospital in
            let named = try hospital.profile.map { name in
                guard let found = profiles.named(name) else {
                    throw CommandFailure(
                        .badConfiguration,
                        "In the setting feeds, \(hospital.log.rawValue) names the profile '\(name)', "
                            + "which is not there.",
                        next: "primary-conect profile list")
                }
                return found.profile
            }
            return Feed(log: hospital.log, name: hospital.feed, facilities: hospital.facilities, profile: named)
        }
        return FeedDirectory(
            feeds: feeds, unlisted: Feed(log: unlisted, name: "unlisted", facilities: []), rules: profiles.rules,
            isLive: isLive)
    }

    var providers: ProviderDirectory {
        ProviderDirectory(hospitals.map { .init(code: $0.log.rawValue, name: $0.name, feed: $0.feed) })
    }

    func feedName(_ log: LogName) -> String {
        hospitals.first { $0.log == log }?.name ?? (log == unlisted ? "Unlisted senders" : log.rawValue)
    }

    private static func read(_ entry: String) throws -> Hospital {
        let sides = entry.split(separator: "=", maxSplits: 1).map(String.init)
        let codes = (sides.first ?? "").split(separator: "+").map { $0.uppercased() }
        guard sides.count == 2, let first = codes.first, let log = LogName(first) else {
            throw CommandFailure(.badConfiguration, "In the setting feeds, '\(entry)' is not CODE=feed:Name.")
        }
        let names = sides[1].split(separator: ":", maxSplits: 2).map(String.init)
        let feed = names.first ?? first.lowercased()
        return Hospital(
            log: log, facilities: Set(codes), feed: feed, name: names.count > 1 ? names[1] : feed,
            profile: names.count > 2 ? names[2] : nil)
    }
}
