package import EventSourcing

/// One line of an access report: who looked at what, when, for whom and why, or was turned away.
///
/// Made of `audit.access` with `shown`, of `audit.poll` and of `audit.break_glass`. A line names patients by refs alone;
/// a reason is what somebody typed and may name a patient.
package struct AccessLine: Sendable, Hashable {
    /// What kind of look it was.
    package enum Kind: String, Sendable, CaseIterable {
        /// Rows were shown, or there were none to show.
        case look
        /// The place of a restricted patient was shown, for a reason.
        case reveal
        /// Rows of a practice that was opened for a reason.
        case breakGlass = "break-glass"
        /// A practice was opened for a reason: nothing was shown by that alone.
        case grant
        /// Turned away.
        case denial
        /// Asked, and nothing was new: no patient was shown.
        case poll
    }

    package var kind: Kind
    /// On whose behalf; of a denial the practice asked for.
    package var practice: String
    /// The record, within its practice; a UUID.
    package var id: String
    package var at: Instant
    /// The person or program.
    package var subject: String
    package var role: String
    package var client: String
    /// Organisation that a system says it asked for.
    package var organisation: String?
    /// What was asked for: a route without identifiers.
    package var route: String
    package var purpose: String
    /// Why, as it was typed: of a reveal, a broken glass, an audit.
    package var reason: String?
    /// Empty for polls, which are noted in batches.
    package var requestID: String
    /// Why somebody was turned away.
    package var denial: String?
    /// How many patients the look showed.
    package var patients: Int
    /// Which of them; of a report on one patient that patient's alone.
    package var refs: [String]
    /// How many polls the line stands for; 1 for all else.
    package var count: Int
    /// Whether the broken glass was reviewed; `nil` where none was broken.
    package var isReviewed: Bool?

    package init(
        kind: Kind, practice: String, id: String, at: Instant, subject: String, role: String, client: String,
        organisation: String? = nil, route: String, purpose: String, reason: String? = nil, requestID: String,
        denial: String? = nil, patients: Int = 0, refs: [String] = [], count: Int = 1, isReviewed: Bool? = nil
    ) {
        self.kind = kind
        self.practice = practice
        self.id = id
        self.at = at
        self.subject = subject
        self.role = role
        self.client = client
        self.organisation = organisation
        self.route = route
        self.purpose = purpose
        self.reason = reason
        self.requestID = requestID
        self.denial = denial
        self.patients = patients
        self.refs = refs
        self.count = count
        self.isReviewed = isReviewed
    }

    /// Routes by which one thing is read by its ref; all others look for many.
    static let readRoutes: Set<String> = [
        "encounters", "patients", "patients/timeline", "patients/reveal", "fhir/encounters", "fhir/patients",
        "fhir/flags", "fhir/locations", "fhir/organizations",
    ]

    /// Whether one thing was asked for by its name.
    package var isRead: Bool { Self.readRoutes.contains(route) }

    /// Where the line stands in a report.
    package var place: AccessPlace { AccessPlace(at: at, practice: practice, id: id) }
}

/// Where a line stands in a report: by time, then by practice and record.
package struct AccessPlace: Sendable, Hashable {
    package var at: Instant
    package var practice: String
    package var id: String

    package init(at: Instant, practice: String, id: String) {
        self.at = at
        self.practice = practice
        self.id = id
    }
}
