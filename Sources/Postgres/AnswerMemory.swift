import CLibpq

/// What becomes of the memory of answers that were let go.
package enum AnswerMemory {
    /// The most that is kept, in bytes, of each of the allocator's arenas.
    private static let keptMax: Int32 = 64 * 1_048_576
    /// What an arena takes at once, in bytes.
    private static let takenAtOnce: Int32 = 32 * 1_048_576

    /// Keeps it for the answers to come: for commands that read a log in large pieces, one after the other.
    ///
    /// glibc would give the kernel each piece back and take the next page by page, which costs `audit verify` a tenth of
    /// its time. Holds for the whole process.
    package static func keep() {
        // Refused values leave things as they are.
        _ = mallopt(M_TRIM_THRESHOLD, keptMax)
        _ = mallopt(M_TOP_PAD, takenAtOnce)
    }
}
