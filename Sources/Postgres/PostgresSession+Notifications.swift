import CLibpq

extension PostgresSession {
    /// Waits for a notification on any channel this session listens on; nil when the deadline has passed.
    ///
    /// Unlike other deadlines this one leaves the session in order. Wakes at the latest when the server goes away.
    package func waitForNotification(until deadline: ContinuousClock.Instant) throws(PostgresError)
        -> PostgresNotification?
    {
        while true {
            if let notification = try nextNotification() { return notification }
            let unsent = try flush()
            if SocketWait.wait(socket, writing: unsent, until: deadline).isEmpty { return nil }
            try consumeInput()
        }
    }

    /// The oldest notification that has arrived, without waiting.
    func nextNotification() throws(PostgresError) -> PostgresNotification? {
        let handle = try open()
        guard let notify = PQnotifies(handle) else {
            if isLost(handle) { throw breakOff(.connectionLost) }
            return nil
        }
        defer { PQfreemem(notify) }
        return PostgresNotification(
            channel: String(cString: notify.pointee.relname), payload: String(cString: notify.pointee.extra),
            processID: notify.pointee.be_pid)
    }
}
