import NIOCore

/// What all connections of one server share.
struct ServerServices: Sendable {
    let respond: @Sendable (MLLPInput, MLLPPeer) async -> MLLPAnswer
    let ledger: ConnectionLedger
    let meters: Meters
    let log: FaultLog
    let limits: ServerConnection.Limits
    let frameBytesMax: Int
    let noiseBytesMax: Int
    let headBytesMax: Int

    func note(_ fault: MLLPFault, address: String, now: NIODeadline) {
        meters.add(fault)
        log.write(fault, address: address, now: now)
    }
}
