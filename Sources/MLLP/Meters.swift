import Synchronization

/// Counts what a server does; shared by all its connections, which add to it once a read or write, not once a frame.
final class Meters: Sendable {
    private let connectionsAccepted = Atomic<Int>(0)
    private let connectionsOpen = Atomic<Int>(0)
    private let framesReceived = Atomic<Int>(0)
    private let keepAlivesReceived = Atomic<Int>(0)
    private let noiseBytesReceived = Atomic<Int>(0)
    private let bytesReceived = Atomic<Int>(0)
    private let answersSent = Atomic<Int>(0)
    private let bytesSent = Atomic<Int>(0)
    private let faults = Mutex<[MLLPFault: Int]>([:])

    /// What one connection has seen since it last told.
    struct Tally {
        var frames = 0
        var keepAlives = 0
        var noiseBytes = 0
        var bytesReceived = 0
        var answers = 0
        var bytesSent = 0
    }

    /// Adds a connection's tally, and empties it.
    func add(_ tally: inout Tally) {
        if tally.frames != 0 { framesReceived.add(tally.frames, ordering: .relaxed) }
        if tally.keepAlives != 0 { keepAlivesReceived.add(tally.keepAlives, ordering: .relaxed) }
        if tally.noiseBytes != 0 { noiseBytesReceived.add(tally.noiseBytes, ordering: .relaxed) }
        if tally.bytesReceived != 0 { bytesReceived.add(tally.bytesReceived, ordering: .relaxed) }
        if tally.answers != 0 { answersSent.add(tally.answers, ordering: .relaxed) }
        if tally.bytesSent != 0 { bytesSent.add(tally.bytesSent, ordering: .relaxed) }
        tally = Tally()
    }

    func opened() {
        connectionsAccepted.add(1, ordering: .relaxed)
        connectionsOpen.add(1, ordering: .relaxed)
    }

    func closed() {
        connectionsOpen.subtract(1, ordering: .relaxed)
    }

    func add(_ fault: MLLPFault, times: Int = 1) {
        faults.withLock { $0[fault, default: 0] += times }
    }

    func snapshot(certificateExpiresAt: Int64?) -> MLLPCounters {
        MLLPCounters(
            connectionsOpen: connectionsOpen.load(ordering: .relaxed),
            connectionsAccepted: connectionsAccepted.load(ordering: .relaxed),
            framesReceived: framesReceived.load(ordering: .relaxed),
            keepAlivesReceived: keepAlivesReceived.load(ordering: .relaxed),
            noiseBytesReceived: noiseBytesReceived.load(ordering: .relaxed),
            bytesReceived: bytesReceived.load(ordering: .relaxed),
            answersSent: answersSent.load(ordering: .relaxed),
            bytesSent: bytesSent.load(ordering: .relaxed),
            faults: faults.withLock { $0 },
            certificateExpiresAt: certificateExpiresAt
        )
    }
}
