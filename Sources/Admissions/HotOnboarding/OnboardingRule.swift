import EventSourcing

/// A reason to suggest a patient, found by the service (domain.md 6.2).
///
/// The identifier and version go into the log with what was measured, so that it can be said for good why somebody was
/// suggested. Change what a rule means, and its version goes up; its threshold is a setting and is logged itself.
package enum OnboardingRule: String, Sendable, CaseIterable {
    /// Emergency admissions in the 365 days to today, this one counted.
    case frequentAdmissions = "frequent-admissions"
    /// Attendances of the emergency department in the 365 days to today.
    case frequentAttendances = "frequent-attendances"
    /// Nights in hospital, this stay.
    case longStay = "long-stay"
    /// The latest Symphony score.
    case symphonyScore = "symphony-score"
    /// Days from the last discharge to this emergency admission, at most so many.
    case readmission
    /// An open FOPAS concern, or a ward or function of that service.
    case fopas
    /// Years of age, in an emergency admission.
    case agedEmergency = "aged-emergency"

    /// Goes up with each change of meaning.
    package var version: Int {
        switch self {
        case .frequentAdmissions, .frequentAttendances, .longStay, .symphonyScore, .readmission, .fopas,
            .agedEmergency:
            1
        }
    }
}

/// That a rule applies: what was measured against what, and the events that speak for it.
package struct OnboardingFinding: Sendable, Equatable {
    /// The rule's identifier, `long-stay` say; text, for a rule may be gone from the code and still be in the log.
    package let rule: String
    package let version: Int
    package let measured: Int
    package let threshold: Int
    /// Ascending, at most `Evidence.countMax`.
    package let evidence: [Evidence]

    package init(_ rule: OnboardingRule, measured: Int, threshold: Int, evidence: [Evidence]) {
        self.rule = rule.rawValue
        version = rule.version
        self.measured = measured
        self.threshold = threshold
        self.evidence = Evidence.kept(evidence)
    }

    /// `{"evidence":[…],"measured":4,"rule":"frequent-admissions","threshold":3,"version":1}`
    func encode(into json: inout JSONWriter) {
        json.beginObject()
        json.field("evidence", evidence)
        json.field("measured", Int64(measured))
        json.field("rule", rule)
        json.field("threshold", Int64(threshold))
        json.field("version", Int64(version))
        json.endObject()
    }

    init(reading json: inout JSONReader) throws(JSONError) {
        let start = json.offset
        var evidence: [Evidence] = []
        var measured: Int64?
        var rule: String?
        var threshold: Int64?
        var version: Int64?
        try json.beginObject()
        while let key = try json.nextKey() {
            switch key {
            case "evidence": evidence = try json.readEvidence()
            case "measured": measured = try json.readInt64()
            case "rule": rule = try json.readString()
            case "threshold": threshold = try json.readInt64()
            case "version": version = try json.readInt64()
            default: try json.skipValue()
            }
        }
        guard let measured, let rule, let threshold, let version else { throw JSONError(.missingField, offset: start) }
        self.rule = rule
        self.version = Int(version)
        self.measured = Int(measured)
        self.threshold = Int(threshold)
        self.evidence = evidence
    }
}
