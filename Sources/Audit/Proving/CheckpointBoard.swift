import EventSourcing
import Synchronization

/// The newest checkpoints, in memory: what every answer bears, so that whoever keeps answers is a witness.
///
/// `header` is made when the board is refreshed, not for each answer, and is at most some seconds old.
package final class CheckpointBoard: Sendable {
    private let state = Mutex<String?>(nil)

    /// Hospitals named in one header.
    private static let logsMax = 16

    package init() {}

    /// `RH5@1284311:<root in base64>, RD3@…`: the newest signed checkpoint of each hospital's log; `nil` for none.
    package var header: String? { state.withLock { $0 } }

    /// Shows these from now on; logs of practices are left out, for they are not everybody's affair.
    package func show(_ checkpoints: [SignedCheckpoint]) {
        let hospitals = checkpoints.filter { !Self.isOfPractice($0.log) }.prefix(Self.logsMax)
        let text = hospitals.map { "\($0.log)@\($0.size):\(Base64.encode($0.root.bytes))" }.joined(separator: ", ")
        state.withLock { $0 = text.isEmpty ? nil : text }
    }

    /// A letter and five digits (NHS Data Dictionary, Organisation Data Service codes of general practices).
    private static func isOfPractice(_ log: LogName) -> Bool {
        let code = Array(log.rawValue.utf8)
        return code.count == 6 && (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(code[0])
            && code.dropFirst().allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
