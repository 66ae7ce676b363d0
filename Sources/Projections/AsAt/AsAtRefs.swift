import EventSourcing

/// By which ref the practice knew the patients of acts at the moment.
struct AsAtRefs {
    private var refs: [String: String] = [:]

    init(_ rows: some Sequence<EncounterRow>) {
        var latest: [String: Instant] = [:]
        for row in rows where !row.isWithdrawn {
            for former in row.patient.formerRefs where latest[former].map({ $0 < row.lastToldAt }) ?? true {
                latest[former] = row.lastToldAt
                refs[former] = row.patient.ref
            }
        }
    }

    func of(_ ref: String) -> String { refs[ref] ?? ref }
}
