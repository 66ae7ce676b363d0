import Admissions
import EventSourcing
import Projections

/// Something that a board shows beside a patient, as far as one row tells it.
///
/// Worked out at the moment of asking, from the same rows as the lists: a flag is there while its rule holds, so none is
/// ever inactive.
struct PatientFlag: Sendable {
    /// What is flagged; raw values stand in ids and as codes.
    enum Code: String, Sendable, CaseIterable {
        /// A stay of 7, 14 or 21 nights or more.
        case longStay = "los"
        /// An encounter that may have ended without our hearing of it.
        case standing
        /// An encounter known only from messages that told something else.
        case inferred
        /// The death has been told.
        case deceased

        /// The code of flag-category (R4).
        var category: String { self == .longStay || self == .deceased ? "clinical" : "admin" }
    }

    let code: Code
    /// In words.
    let text: String
    let row: EncounterRow
    /// Since when, as a FHIR dateTime; `nil` where that cannot be said.
    let since: String?
    /// The span of `since`.
    let sinceSpan: ClosedRange<Instant>?

    /// `enc-….los`; of a person rather than an encounter `pt-….deceased`.
    var id: String {
        let subject = code == .deceased ? row.patient.ref : row.encounterRef
        return "\(FHIRText.id(ref: subject)).\(code.rawValue)"
    }

    /// The flags of rows, in the order of their ids; of a person's own the one of the row that comes first.
    static func flags(of rows: [EncounterRow], now: Instant) -> [PatientFlag] {
        var flags: [String: PatientFlag] = [:]
        for flag in rows.flatMap({ Self.flags(of: $0, now: now) }) where flags[flag.id] == nil { flags[flag.id] = flag }
        return flags.values.sorted { $0.id < $1.id }
    }

    private static func flags(of row: EncounterRow, now: Instant) -> [PatientFlag] {
        var flags: [PatientFlag] = []
        if row.isOpen, let nights = row.nights(at: now), let band = [21, 14, 7].first(where: { nights >= Int64($0) }),
            let admitted = row.admitted.at
        {
            let day = LondonDay(of: admitted) + band
            flags.append(
                PatientFlag(
                    code: .longStay, text: "\(band) nights or more in hospital", row: row, since: day.text,
                    sinceSpan: day.start...((day + 1).start)))
        }
        let standing = EncounterStanding.of(row, now: now)
        if standing != .confirmed {
            let text =
                switch standing {
                case .confirmed, .stale: "In A&E for more than a day: may have left"
                case .presumedClosed: "In A&E for more than three days: has surely left"
                case .unconfirmed: "Nothing heard of this stay for two weeks: may have gone home"
                }
            flags.append(PatientFlag(code: .standing, text: text, row: row, since: nil, sinceSpan: nil))
        }
        if row.isInferred {
            flags.append(
                PatientFlag(
                    code: .inferred, text: "Known only from messages that told something else", row: row, since: nil,
                    sinceSpan: nil))
        }
        if row.patient.isDeceased {
            let since = row.patient.diedAt.map { FHIRText.dateTime($0, precision: row.patient.diedPrecision) }
            let span = row.patient.diedAt.map { died in
                died...Moment(died, precision: row.patient.diedPrecision.flatMap(Moment.Precision.init) ?? .second).last
            }
            flags.append(
                PatientFlag(code: .deceased, text: "The hospital has told of the death", row: row, since: since, sinceSpan: span))
        }
        return flags
    }
}
