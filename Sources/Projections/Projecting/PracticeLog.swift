import Admissions
import EventSourcing

/// A practice's log, and where what it means is kept.
struct PracticeLog: Sendable {
    let name: LogName
    let practice: ODSPracticeCode
    /// What rows are made with.
    let basis: ViewBasis
    let tables: ProjectionTables
    /// Through it a fold loads what it lacks.
    let channel: StatementChannel
}
