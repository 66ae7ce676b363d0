import Admissions
import Audit
import EventSourcing
import Foundation
import Postgres
import PracticeService
import Projections
import Synchronization

/// A replay of a district: folds every log up to a moment, then makes, writes and compares the lists, practice by
/// practice.
struct ReplayJob: Sendable {
    let installation: Installation
    let moment: AsAtMoment
    /// Of which practices; empty for all, and for the patients of none.
    let practices: [String]
    /// Which lists; empty for all.
    let lists: [PracticeList]
    /// The folder, not there yet, for one file a practice and list; without it nobody is shown.
    let out: String?
    let isCompared: Bool
    let reason: String?
    let progress: ProgressStyle
    let place = ReplayPlace()

    /// - Throws: `CommandFailure`.
    func run() async throws -> ReplayReport {
        try await Auditor.working(in: installation, connectionsMax: 2) { auditor in
            let desk = try installation.pool(.service, connectionsMax: 1)
            do {
                let report = try await run(
                    AsAtReader(
                        desk: desk, archive: auditor.pool, rule: try installation.settings.freshnessRule(),
                        settings: try HuddleSettings(installation.settings)))
                await desk.close()
                return report
            } catch {
                await desk.close()
                throw error
            }
        }
    }

    private func run(_ past: AsAtReader) async throws -> ReplayReport {
        let district = try await fold(past)
        let folder = try out.map { try OutputFolder($0) }
        let hospitals = try HospitalList(installation.settings)
        var report = ReplayReport(of: district, isCompared: isCompared)
        let wanted = wanted(of: district)
        let total = wanted.reduce(0) { $0 + $1.lists.count }
        let bar = ProgressBar("lists", total: total, unit: "lists", style: progress)
        place.now { "behind \(grouped(0)) of \(grouped(total)) lists" }
        let requestID = UUID().uuidString.lowercased()
        for (code, lists) in wanted {
            let practice = try await district.practice(code)
            // With files each list is a look of its own, as it is where one asks for it alone.
            for some in folder == nil ? [lists] : lists.map({ [$0] }) {
                let made = try await practice.lists(
                    some, isShown: folder != nil, isCompared: isCompared,
                    access: access(to: code, some, at: district.cut.moment, requestID))
                for list in made {
                    guard let page = list.queryPage else { continue }
                    let text = QueryText(showIdentifiers: false, hospitals: hospitals, now: district.cut.moment)
                    try folder?.write("\(code)-\(list.list.rawValue).json", Array((text.json(page) + "\n").utf8))
                }
                report.take(made)
                bar.advance(by: made.count)
                let done = report.lists.count
                place.now { "behind \(grouped(done)) of \(grouped(total)) lists" }
            }
        }
        bar.finish()
        return report
    }

    private func fold(_ past: AsAtReader) async throws -> ReplayedDistrict {
        var bar: ProgressBar?
        defer { bar?.finish() }
        let replay = DistrictReplay(past) {
            .afterLastHuddle(otherwise: LondonClock.eveningOfPreviousWorkingDay(before: $0))
        }
        do {
            return try await replay.run(to: moment) { done, total in
                let known = bar ?? ProgressBar("replaying", total: Int(total), unit: "events", style: progress)
                bar = known
                known.advance(to: Int(done))
                place.now { "behind \(grouped(Int(done))) of \(grouped(Int(total))) events; nothing was written" }
            }
        } catch ProjectionError.momentUnknown {
            throw CommandFailure(.badData, "There is no such position.")
        }
    }

    /// Practices and their lists, in order; that of nobody's patients last.
    private func wanted(of district: ReplayedDistrict) -> [(practice: String, lists: [PracticeList])] {
        let all = lists.isEmpty ? PracticeList.allCases : lists
        let own = all.filter { $0 != .unknownPractice }
        var wanted = own.isEmpty ? [] : (practices.isEmpty ? district.practices : practices).map { ($0, own) }
        if lists.contains(.unknownPractice) || (lists.isEmpty && practices.isEmpty) {
            wanted.append((EncounterRow.unknownPractice, [.unknownPractice]))
        }
        return wanted
    }

    private func access(
        to practice: String, _ lists: [PracticeList], at moment: Instant, _ requestID: String
    ) -> AccessRequest {
        let route = lists.count == 1 ? lists.map { "lists/\($0.rawValue)" }.joined() : "replay"
        var access = AccessRequest(
            practice: practice, subject: "terminal:\(NSUserName())",
            // Nobody's patients are the operator's.
            role: practice == EncounterRow.unknownPractice ? "operator" : AuditLook.auditorRole,
            client: "command-line", purpose: reason.map { "\(AuditLook.purpose): \($0)" } ?? AuditLook.purpose,
            route: route, requestID: requestID)
        access.noteMoment(moment)
        return access
    }
}

/// How far a replay is, for whoever stops it.
final class ReplayPlace: Sendable {
    private let words = Mutex("before anything was read")

    var text: String { words.withLock { $0 } }

    func now(_ text: () -> String) {
        let text = text()
        words.withLock { $0 = text }
    }
}

extension ReplayedList {
    /// The list as `query` writes it; `nil` where nobody was to be shown.
    fileprivate var queryPage: QueryPage? {
        switch page {
        case .list(let page)?: QueryPage(page)
        case .huddle(let page)?: QueryPage(page)
        case nil: nil
        }
    }
}
