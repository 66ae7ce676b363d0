import Admissions
import EventSourcing
import HTTPTypes
import Hummingbird
import NIOCore
import Projections

/// `PUT /api/v1/practices/{ods}/roster`: a practice's registered list as CSV, whole, as `import-roster` reads it.
///
/// With `?dry_run=true` nothing is written. Rows that cannot be read are held back with their line and a code, and
/// nothing happens to whom they are about. A file that would take more than 5 % off the list changes nothing. The same
/// file again changes nothing either, so no `Idempotency-Key` is needed.
struct RosterRoute: Sendable {
    let rosters: RosterStore
    let parts: ServiceParts

    /// The longest file in bytes; a practice of 30,000 patients has some 3 MiB.
    static let fileBytesMax = 8 * 1_048_576
    /// The most rows held back that an answer names.
    static let heldMax = 1_000

    @Sendable func take(_ request: Request, _ context: PracticeContext) async throws -> Response {
        let access = try await parts.gate.admit(
            request, context, to: .writeRoster, of: context.parameters.get("ods") ?? "", route: "roster")
        let isDryRun = try Self.isDryRun(request)
        let file: [UInt8]
        do {
            file = Array(buffer: try await request.body.collect(upTo: Self.fileBytesMax))
        } catch is NIOTooManyBytesError {
            throw Problem(.contentNotAllowed, "The file is longer than 8 MiB.", headers: [.connection: "close"])
        }
        do {
            let upload = try await rosters.take(file, isDryRun: isDryRun, access)
            return Self.answer(upload, practice: access.practice, isDryRun: isDryRun)
        } catch RosterStore.Refusal.refused(let refusal) {
            throw Problem(refusal)
        } catch RosterStore.Refusal.overtaken {
            throw Problem(.versionConflict, "Others tell the list at this very time; nothing was written. Send it again.")
        } catch {
            throw parts.logger.sourceFailed(error, requestID: access.requestID, configuration: parts.configuration)
        }
    }

    private static func isDryRun(_ request: Request) throws(Problem) -> Bool {
        switch try QueryParameters(request.uri.query, known: ["dry_run"])["dry_run"] {
        case nil, "false": return false
        case "true": return true
        default: throw .invalid(.invalidParameter, "/query/dry_run", "It is true or false.")
        }
    }

    private static func answer(_ upload: RosterStore.Upload, practice: String, isDryRun: Bool) -> Response {
        let (reading, comparison) = (upload.reading, upload.comparison)
        var json = JSONAnswer(capacity: 1_024)
        json.beginObject()
        json.field("practice", practice)
        json.field("dry_run", isDryRun)
        json.field("rows", Int64(reading.rowCount))
        json.field("good", Int64(reading.goodCount))
        json.field("joined", Int64(comparison.joinedCount))
        json.field("left", Int64(comparison.leftCount))
        json.field("changed", Int64(comparison.changedCount))
        json.field("spared", Int64(comparison.sparedCount))
        json.field("listed", Int64(comparison.listedAfter))
        json.field("held_back", Int64(reading.heldBack.count))
        json.key("held")
        json.beginArray()
        for fault in reading.heldBack.prefix(heldMax) {
            json.beginObject()
            json.field("line", Int64(fault.line))
            json.field("code", fault.code.rawValue)
            json.field("column", fault.column?.rawValue)
            json.endObject()
        }
        json.endArray()
        json.endObject()
        return .json(json.bytes)
    }
}

extension Problem {
    /// Why a list changes nothing.
    fileprivate init(_ refusal: RosterRefusal) {
        switch refusal {
        case .tooManyLeft:
            self.init(
                .ruleFailed, "More than 5 % of the list would leave. Nothing changed. Is this the right file?")
        case .nothingRead: self.init(.ruleFailed, "No row could be read. Nothing changed.")
        case .tooLarge, .tooManyRows: self.init(.ruleFailed, "The file has too many rows. Nothing changed.")
        case .notCSV: self.init(.ruleFailed, "The file is UTF-16 text: send CSV in UTF-8. Nothing changed.")
        case .headingsMissing:
            self.init(.ruleFailed, "None of the first 20 rows has the heading of an NHS number. Nothing changed.")
        case .columnMissing, .columnTwice, .columnUnknown, .headingTwice:
            self.init(
                .ruleFailed, "Of NHS number, date of birth and surname one heading is missing, or two mean the same. Nothing changed.")
        }
    }
}
