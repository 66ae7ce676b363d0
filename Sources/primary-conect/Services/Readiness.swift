import Synchronization

/// Says once, when every part that was waited for is ready, where the daemon listens.
final class Readiness: Sendable {
    private struct State {
        var waiting: Set<Role>
        var ports: [Role: Int] = [:]
        var isTold = false
    }

    private let state: Mutex<State>
    private let announce: @Sendable ([Role: Int]) -> Void

    /// - Parameter announce: called once, with the ports of the parts that have one.
    init(waitingFor roles: Set<Role>, announce: @escaping @Sendable ([Role: Int]) -> Void) {
        state = Mutex(State(waiting: roles))
        self.announce = announce
    }

    func isReady(_ role: Role, port: Int? = nil) {
        let ports: [Role: Int]? = state.withLock { state in
            state.waiting.remove(role)
            state.ports[role] = port
            guard state.waiting.isEmpty, !state.isTold else { return nil }
            state.isTold = true
            return state.ports
        }
        if let ports { announce(ports) }
    }

    /// The line that scripts and tests wait for on standard output.
    static func line(_ ports: [Role: Int]) -> String {
        var line = "{\"schema\":\"ready/1\""
        if let port = ports[.ingest] { line += ",\"mllp\":\(port)" }
        if let port = ports[.web] { line += ",\"http\":\(port)" }
        return line + "}"
    }
}
