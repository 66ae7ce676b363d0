/// A flag on a patient's line, and why it is there.
package struct HuddleFlag: Sendable, Hashable {
    /// What a flag measures.
    package enum Value: Sendable, Hashable {
        case number(Int)
        case text(String)
    }

    /// An encounter as it stood when the rule looked at it.
    package struct Evidence: Sendable, Hashable {
        package let encounterRef: String
        /// Number of distinct facts told of it.
        package let version: Int64

        package init(encounterRef: String, version: Int64) {
            self.encounterRef = encounterRef
            self.version = version
        }
    }

    /// The most encounters that one flag names; the newest are kept.
    package static let evidenceMax = 32

    package let rule: HuddleRule
    package let value: Value?
    /// Of a Symphony score: the day it was given.
    package var scoredOn: String?
    /// Of a Symphony score: whether that is long ago.
    package var isOld = false
    /// What the rule measured it on, oldest first.
    package let evidence: [Evidence]

    package init(_ rule: HuddleRule, _ value: Value? = nil, evidence: [Evidence] = []) {
        self.rule = rule
        self.value = value
        self.evidence = evidence
    }
}
