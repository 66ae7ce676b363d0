import Admissions
import EventSourcing
import Projections

/// What happened to a patient and was done about it, the latest first, as far as a practice's rows tell it.
///
/// Types are those of the change feed (product.md section 5.3). What has no time of its own stands where it was told.
/// An item says nothing of places, so it is the same for a restricted patient.
struct PatientTimeline {
    /// One thing that happened.
    struct Item {
        let type: StaticString
        let happening: Happening
        let encounterRef: String?
        /// By when it sorts: when it happened, else when it was told.
        let at: Instant
    }

    let items: [Item]

    init(_ detail: PatientDetail) {
        let rows = detail.rows
        var items = Self.items(detail.acts)
        for row in rows {
            func add(_ type: StaticString, _ happening: Happening) {
                guard happening.at != nil || happening.toldAt != nil else { return }
                items.append(
                    Item(
                        type: type, happening: happening, encounterRef: row.encounterRef,
                        at: happening.at ?? happening.toldAt ?? row.startedAt))
            }
            if row.isAttendance { add("attendance.started", row.arrived) }
            if row.isAttendance, !row.becameStay { add("attendance.ended", row.discharged) }
            if !row.isAttendance || row.becameStay {
                if row.becameStay { add("attendance.ended", row.admitted) }
                add("encounter.admitted", row.admitted)
                add("encounter.discharged", row.discharged)
            }
            if row.isCorrected {
                add(
                    row.withdrawnReason == .registeredElsewhere
                        ? "patient.moved_practice"
                        : row.status == "cancelled" ? "encounter.cancelled" : "encounter.corrected",
                    Happening(at: nil, precision: nil, isAmbiguous: false, toldAt: row.correctedAt))
            }
        }
        if let patient = rows.first(where: { $0.patient.isDeceased })?.patient, let died = patient.diedAt {
            let happening = Happening(at: died, precision: patient.diedPrecision, isAmbiguous: false, toldAt: nil)
            items.append(Item(type: "patient.died", happening: happening, encounterRef: nil, at: died))
        }
        // What happened at one time keeps the order in which it follows from the other.
        self.items = items.enumerated().sorted { ($0.element.at, $0.offset) > ($1.element.at, $1.offset) }.map(
            \.element)
    }

    private static func items(_ acts: PatientActs) -> [Item] {
        func item(_ type: StaticString, _ at: Instant) -> Item {
            Item(
                type: type, happening: Happening(at: at, precision: nil, isAmbiguous: false, toldAt: at),
                encounterRef: nil, at: at)
        }
        return acts.concerns.map { item("concern.raised", $0.raisedAt) }
            + acts.concerns.compactMap { $0.closedAt.map { item("concern.closed", $0) } }
            + acts.actions.map { item("action.added", $0.addedAt) }
            + acts.actions.compactMap { $0.completedAt.map { item("action.completed", $0) } }
            + acts.discussions.map { item("huddle.discussed", $0.at) }
    }
}

extension JSONAnswer {
    /// The items of a timeline.
    mutating func timeline(_ timeline: PatientTimeline) {
        beginArray()
        for item in timeline.items {
            beginObject()
            key("type")
            string(item.type)
            field("encounter", item.encounterRef)
            key("happening")
            happening(item.happening)
            endObject()
        }
        endArray()
    }
}
