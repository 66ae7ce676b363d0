import Admissions
import ArgumentParser
import Audit
import EventLog
import EventSourcing
import Foundation
import Postgres
import PracticeService
import Projections

/// What a practice could see at a moment, with all that is behind it, in one zip.
struct ExportEvidence: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evidence",
        abstract: "A zip: the lists of a practice as shown at a moment, who looked, the events and messages behind them.",
        discussion: """
            Examples:
              primary-conect export evidence --practice Z99001 --at 2026-03-03T08:00:00Z --out pack.zip --reason "incident 4711"
              primary-conect export evidence --practice Z99001 --at 2026-03-03T08:00:00Z --patient pt_c91xw5e8rdq0h \\
                --out pack.zip --reason "complaint 4712"

            README.txt in it says how to check it, MANIFEST.sha256 has the SHA-256 of every file. Without --patient the
            looks are those of --window minutes before and behind the moment; with it all looks at that patient. The lists
            are folded from the log as it stood then. The pack names patients: it has no form without identifiers.
            """)

    @OptionGroup var installation: InstallationOptions
    @Option(help: "The practice (ODS code).")
    var practice: String
    @Option(help: "The moment: a day, or RFC 3339.")
    var at: MomentArgument
    @Option(help: "One patient alone, by the practice's ref: pt_…")
    var patient: String?
    @Option(help: "Minutes before and behind the moment of which looks are in the pack.")
    var window = 60
    @Option(help: "The zip; never written over.")
    var out: String
    @Option(help: "Why; recorded.")
    var reason: String?

    func run() async throws {
        try await reporting {
            let reason = try OperatorInput.reason(reason)
            guard (1...10_080).contains(window) else {
                throw CommandFailure(.badData, "--window is 1 to 10080 minutes.")
            }
            let practice = practice.uppercased()
            let installation = try await Installation(options: installation)
            let lists = try await lists(of: practice, installation, reason: reason)
            let question = EvidenceQuestion(
                practice: practice, at: at.instant, window: .seconds(60 * window), patient: patient)
            let file = try OutputFile(out)
            do {
                try await Auditor.working(in: self.installation) { auditor in
                    try await EvidencePack(pool: auditor.pool).write(
                        question, lists: lists.files, refs: lists.refs.sorted(),
                        look: auditor.look("export/evidence", practice: practice, reason: reason), madeAt: WallClock.now(),
                        proofs: { try await EvidenceProofs(reader: ProofReader(pool: auditor.pool)).files(for: $0) },
                        to: { try file.write($0) })
                }
                try file.finish()
            } catch is EvidencePack.Refusal {
                file.discard()
                throw CommandFailure(
                    .badData, "More than \(EvidencePack.eventsMax) events are behind these lists.",
                    next: "primary-conect export evidence --patient REF")
            } catch {
                file.discard()
                throw error
            }
            Console.error("OK  \(out), \(grouped(file.bytesWritten)) bytes, \(lists.files.count) lists")
        }
    }

    /// The lists as they stood, each whole, and who is in them; of one patient the lines of that patient.
    private func lists(
        of practice: String, _ installation: Installation, reason: String
    ) async throws -> (files: [EvidenceFile], refs: Set<String>) {
        let desk = try installation.pool(.service, connectionsMax: 1)
        let archive = try installation.pool(.auditor, connectionsMax: 1)
        do {
            let found = try await lists(
                of: practice,
                AsAtReader(
                    desk: desk, archive: archive, rule: try installation.settings.freshnessRule(),
                    settings: try HuddleSettings(installation.settings)),
                providers: try HospitalList(installation.settings).providers, reason: reason)
            await desk.close()
            await archive.close()
            return found
        } catch {
            await desk.close()
            await archive.close()
            throw error
        }
    }

    private func lists(
        of practice: String, _ reader: AsAtReader, providers: ProviderDirectory, reason: String
    ) async throws -> (files: [EvidenceFile], refs: Set<String>) {
        let moment = at.instant
        let window = ListQuestion.Window.afterLastHuddle(
            otherwise: LondonClock.eveningOfPreviousWorkingDay(before: moment))
        let requestID = UUID().uuidString.lowercased()
        var files: [EvidenceFile] = []
        var refs: Set<String> = []
        for list in PracticeList.allCases where list != .unknownPractice {
            let access = AccessRequest(
                practice: practice, subject: "terminal:\(NSUserName())", role: AuditLook.auditorRole,
                client: "command-line", purpose: "\(AuditLook.purpose): \(reason)", route: "lists/\(list.rawValue)",
                requestID: requestID)
            if list == .huddle {
                // Sections are of all patients together: of one there are the lists.
                guard patient == nil else { continue }
                let page = try await reader.huddle(window: window, at: .time(moment), scope: .then, access: access)
                refs.formUnion(page.sections.flatMap(\.items).map(\.row.patient.ref))
                files.append(
                    EvidenceFile(
                        name: "huddle.json", bytes: EvidenceList.json(page, providers: providers, at: moment)))
                continue
            }
            var whole: ListPage?
            var cursor: String?
            repeat {
                let page = try await reader.page(
                    ListQuestion(list, window: window, limit: ListReader.limitMax, cursor: cursor), at: .time(moment),
                    scope: .then, access: access)
                cursor = page.nextCursor
                if whole == nil { whole = page } else { whole?.items += page.items }
            } while cursor != nil
            guard var page = whole else { continue }
            if let patient {
                page.items = page.items.filter { $0.row.patient.ref == patient }
                page.total = page.items.count
            }
            refs.formUnion(page.items.map(\.row.patient.ref))
            files.append(
                EvidenceFile(
                    name: "\(list.rawValue).json", bytes: EvidenceList.json(page, providers: providers, at: moment)))
        }
        return (files, refs)
    }
}
