import NIOCore
import Synchronization

/// Who is connected, and whether one more may be.
final class ConnectionLedger: Sendable {
    private let rules: Rules
    private let state = Mutex(State())

    struct Rules: Sendable {
        var connectionsMax: Int
        var connectionsPerAddressMax: Int
        var allowedAddresses: [AddressRange]?
    }

    private struct State {
        var open: [ObjectIdentifier: any Channel] = [:]
        var countByAddress: [IPAddress: Int] = [:]
        var isDraining = false
    }

    init(rules: Rules) { self.rules = rules }

    /// Whether the server shuts down.
    var isDraining: Bool { state.withLock { $0.isDraining } }

    /// Enters a connection; nil if it is let in, else why not.
    ///
    /// An entered connection stays entered until `leave`.
    func enter(_ channel: any Channel, from address: IPAddress) -> MLLPFault? {
        if let allowed = rules.allowedAddresses, !allowed.contains(where: { $0.contains(address) }) {
            return .addressNotAllowed
        }
        return state.withLock { state in
            if state.isDraining || state.open.count >= rules.connectionsMax { return .connectionLimit }
            let count = state.countByAddress[address, default: 0]
            if count >= rules.connectionsPerAddressMax { return .addressLimit }
            state.open[ObjectIdentifier(channel)] = channel
            state.countByAddress[address] = count + 1
            return nil
        }
    }

    /// Strikes out a connection that has closed.
    func leave(_ channel: any Channel, from address: IPAddress) {
        state.withLock { state in
            guard state.open.removeValue(forKey: ObjectIdentifier(channel)) != nil else { return }
            let count = state.countByAddress[address, default: 1] - 1
            state.countByAddress[address] = count == 0 ? nil : count
        }
    }

    /// Lets nobody in any more, and gives those who are.
    func drain() -> [any Channel] {
        state.withLock { state in
            state.isDraining = true
            return Array(state.open.values)
        }
    }
}
