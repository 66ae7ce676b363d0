/// Keeps messages and the events they tell.
///
/// `append` returns only after the entry is durable. Positions of one log follow the order of commits without gaps;
/// entries of one caller that waits for each receipt stand in the order of its calls. The same message (`MessageKey`)
/// again gives the first telling's receipt with `isDuplicate` and adds nothing; the same control id of the same sender
/// with other bytes is appended and flagged `controlIDReused` (never for an empty control id).
package protocol MessageLog: Sendable {
    /// Appends an entry and returns the proof.
    func append(_ entry: Entry) async throws(LogUnavailable) -> Receipt
}
