package import EventSourcing

/// How far a rebuild or a comparison has come.
package struct RebuildProgress: Sendable, Hashable {
    /// What is being done.
    package enum Phase: String, Sendable, CaseIterable {
        /// Events are folded in memory.
        case folding
        /// States and rows are written to the shadow tables.
        case writing
        /// What was told meanwhile is projected onto the shadow tables.
        case catchingUp = "catching-up"
        /// Stored rows are compared with a fresh fold.
        case comparing
        /// The tables are exchanged.
        case swapping
    }

    /// What is being done.
    package var phase: Phase
    /// For which log; `nil` for all.
    package var log: LogName?
    /// Events (folding, catching up) or rows (writing, comparing) done so far.
    package var done: Int64
    /// How many there are, as far as is known.
    package var total: Int64

    /// Says how far.
    package init(phase: Phase, log: LogName?, done: Int64, total: Int64) {
        self.phase = phase
        self.log = log
        self.done = done
        self.total = total
    }
}
