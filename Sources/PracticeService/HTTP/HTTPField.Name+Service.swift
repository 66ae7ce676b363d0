import HTTPTypes

/// The header fields we use that HTTPTypes does not name.
extension HTTPField.Name {
    // Each of these is a literal token (RFC 9110 section 5.1), for which the initialiser gives a name.
    static let requestID = HTTPField.Name("X-Request-ID")!
    // As above.
    static let correlationID = HTTPField.Name("X-Correlation-ID")!
    // As above.
    static let pollInterval = HTTPField.Name("X-Poll-Interval")!
    // As above.
    static let referrerPolicy = HTTPField.Name("Referrer-Policy")!
    // As above.
    static let breakGlass = HTTPField.Name("X-Break-Glass")!
    // As above.
    static let endUserOrganisation = HTTPField.Name("NHSD-End-User-Organisation-ODS")!
    // As above.
    static let prefer = HTTPField.Name("Prefer")!
    // As above.
    static let accelBuffering = HTTPField.Name("X-Accel-Buffering")!
    // As above.
    static let link = HTTPField.Name("Link")!
    // As above.
    static let pragma = HTTPField.Name("Pragma")!
    // As above.
    static let rateLimit = HTTPField.Name("RateLimit")!
    // As above.
    static let rateLimitPolicy = HTTPField.Name("RateLimit-Policy")!
    // As above.
    static let idempotencyKey = HTTPField.Name("Idempotency-Key")!
    // As above.
    static let idempotentReplay = HTTPField.Name("Idempotent-Replay")!
    // As above.
    static let logCheckpoint = HTTPField.Name("Log-Checkpoint")!
    // As above.
    static let lastEventID = HTTPField.Name("Last-Event-ID")!
}
