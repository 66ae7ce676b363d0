package import EventSourcing

/// How far an open encounter is still to be believed, since discharges are missed (domain.md 1.2, hanging visits).
///
/// A reading at the moment of asking, never an event: nothing here pretends to come from the hospital, and an inpatient
/// is never dropped from a list because of it.
package enum EncounterStanding: String, Sendable, CaseIterable {
    /// Nothing to doubt, or ended.
    case confirmed
    /// An attendance open for more than 24 hours.
    case stale
    /// An attendance open for more than 72 hours: it has surely ended, and nobody told us.
    case presumedClosed = "presumed-closed"
    /// A stay of which nothing has been told for more than 14 days.
    case unconfirmed

    /// An attendance open for longer is stale.
    package static let attendanceStaleAfter: Duration = .seconds(24 * 3_600)
    /// An attendance open for longer is presumed closed.
    package static let attendanceClosedAfter: Duration = .seconds(72 * 3_600)
    /// A stay silent for longer is unconfirmed.
    package static let staySilentMax: Duration = .seconds(14 * 24 * 3_600)

    /// Reads the standing of a row at an instant.
    package static func of(_ row: EncounterRow, now: Instant) -> EncounterStanding {
        guard row.isOpen else { return .confirmed }
        return ofOpen(
            isAttendance: row.encounterClass == "emergency", since: row.arrived.at ?? row.startedAt,
            lastToldAt: row.lastToldAt, now: now)
    }

    /// Reads the standing of what is open.
    static func ofOpen(isAttendance: Bool, since: Instant, lastToldAt: Instant, now: Instant) -> EncounterStanding {
        if isAttendance {
            let open = now - since
            if open > attendanceClosedAfter { return .presumedClosed }
            return open > attendanceStaleAfter ? .stale : .confirmed
        }
        return now - lastToldAt > staySilentMax ? .unconfirmed : .confirmed
    }
}
