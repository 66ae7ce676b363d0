package import EventSourcing

/// Who looks, for which practice, in which role and why: what an access record says.
///
/// All text is stored as given in `audit.access` and must hold no patient data; `route` names the list or the kind of
/// page, never a person. IHE ATNA and BALP name the same parts (domain.md 7.5).
package struct AccessRequest: Sendable, Hashable {
    /// The practice on whose behalf: an ODS code out of the caller's token, never out of a parameter alone.
    package var practice: String
    /// The person or program: the token's subject.
    package var subject: String
    /// In which role: `practice-clinician`, `integration`.
    package var role: String
    /// With which client.
    package var client: String
    /// Why: `direct-care`, or the reason that was typed.
    package var purpose: String
    /// What is asked for: `lists/in-hospital`.
    package var route: String
    /// X-Request-ID of the request.
    package var requestID: String
    /// The organisation that a system says it asks for (`NHSD-End-User-Organisation-ODS`): noted, never a scope.
    package var organisation: String?
    /// The grant that opens the practice, where the purpose is break-glass; a UUID.
    package var grant: String?

    /// Adds to the route at which moment of the past the look is: `lists/in-hospital@2026-03-03T08:00:00Z`.
    package mutating func noteMoment(_ moment: Instant) {
        route += "@" + moment.iso8601
    }

    /// Says who looks and why.
    package init(
        practice: String, subject: String, role: String, client: String, purpose: String, route: String,
        requestID: String, organisation: String? = nil, grant: String? = nil
    ) {
        self.practice = practice
        self.subject = subject
        self.role = role
        self.client = client
        self.purpose = purpose
        self.route = route
        self.requestID = requestID
        self.organisation = organisation
        self.grant = grant
    }
}
