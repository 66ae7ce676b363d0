import Postgres

/// The statements by which a look is recorded.
enum AccessStatements {
    /// Opens the practice's rows to this transaction by recording who looks; gives the record's id and the time.
    static func open(_ access: AccessRequest) -> SQL {
        """
        select opened.id::text, opened.at
        from audit.open_access(\(access.practice), \(access.subject), \(access.role), \(access.client), \
        \(access.purpose), \(access.route), \(access.requestID), \(access.organisation as String?), \
        \(access.grant as String?)::uuid) opened
        """
    }

    /// Records a look that was refused.
    static func deny(_ access: AccessRequest, reason: DenialReason) -> SQL {
        """
        select audit.record_denial(\(access.practice), \(access.subject), \(access.role), \(access.client), \
        \(access.purpose), \(access.route), \(access.requestID), \(reason.rawValue), \(access.organisation as String?))
        """
    }
}
