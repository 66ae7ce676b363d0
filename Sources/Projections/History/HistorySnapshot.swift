import Admissions
import EventSourcing

/// What is known of an encounter or a patient at one place of the log, field by field.
struct HistorySnapshot: Equatable {
    private(set) var values: [HistoryField: String] = [:]

    /// Nothing is known yet.
    init() {}

    /// - Parameter whose: how the encounter's patient is named.
    init(_ reading: EncounterReading, whose: String?) {
        guard reading.version > 0 else { return }
        values = [
            .status: reading.status.rawValue, .encounterClass: reading.encounterClass?.rawValue,
            .whose: whose,
            .arrived: reading.arrived?.moment.map(Self.text), .admitted: reading.admitted?.moment.map(Self.text),
            .discharged: reading.discharged?.moment.map(Self.text),
            .site: reading.location?.site, .ward: reading.location?.ward, .bay: reading.location?.bay,
            .bed: reading.location?.bed, .consultant: reading.consultant.flatMap { $0.code ?? $0.name },
            .specialty: reading.specialty, .admissionMethod: reading.admissionMethod,
            .admissionSource: reading.admissionSource, .expectedDischarge: reading.expectedDischarge,
            .dischargeMethod: reading.dischargeMethod, .dischargeDestination: reading.dischargeDestination,
            .disposal: reading.disposal, .reason: reading.reason,
            .medicallyFit: reading.medicallyFit.map { $0 ? "yes" : "no" },
            .readyForDischarge: reading.readyForDischarge.map(Self.text),
        ].compactMapValues(\.self)
    }

    /// - Parameter records: how many of the hospital's records are this person's.
    init(_ patient: Patient, records: Int) {
        values = [
            .practice: patient.practice?.rawValue, .nhsNumber: patient.nhsNumber?.digits,
            .name: patient.name.map { ([$0.family] + $0.given).joined(separator: ", ") }, .born: patient.born,
            .gender: patient.gender?.rawValue, .deceased: patient.isToldDead ? "yes" : nil,
            .died: patient.toldDiedAt.map(Self.text), .restricted: patient.isRestricted ? "yes" : nil,
            .removed: patient.isRemoved ? "yes" : nil, .records: records > 1 ? String(records) : nil,
        ].compactMapValues(\.self)
    }

    /// What is otherwise in `after`, as it may be seen.
    func changes(to after: HistorySnapshot, _ reach: HistoryReach) -> [HistoryChange] {
        HistoryField.allCases.compactMap { field in
            let (was, now) = (values[field], after.values[field])
            guard was != now else { return nil }
            return HistoryChange(field: field, before: reach.shown(was, of: field), after: reach.shown(now, of: field))
        }
    }

    /// A time on London's clock, as closely as it was told: `2026-03-01`, `2026-03-01T09:05+00:00`.
    static func text(_ moment: Moment) -> String {
        let minutes = LondonCalendar.offsetMinutes(at: moment.instant)
        let wall = (moment.instant + .seconds(60 * minutes)).iso8601
        let offset = minutes == 0 ? "+00:00" : "+01:00"
        return switch moment.precision {
        case .year: String(wall.prefix(4))
        case .month: String(wall.prefix(7))
        case .day: String(wall.prefix(10))
        case .hour, .minute: wall.prefix(16) + offset
        case .second, .fraction: wall.prefix(19) + offset
        }
    }
}
