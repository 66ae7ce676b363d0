import EventSourcing
import Projections

extension Settings {
    /// When a feed is quiet or silent: the setting `freshness.beating` names hospitals, between commas, whose interface
    /// engine sends something at least hourly, patients or none. Unlisted senders are no feed.
    ///
    /// - Throws: `CommandFailure(.badConfiguration)` where one is no hospital's code.
    func freshnessRule() throws -> FreshnessRule {
        let beating = try list("freshness.beating").map { code in
            guard let log = LogName(code.uppercased()) else {
                throw CommandFailure(.badConfiguration, "The setting freshness.beating names codes as feeds does.")
            }
            return log
        }
        return FreshnessRule(beating: Set(beating), unwatched: [try HospitalList(self).unlisted])
    }
}
