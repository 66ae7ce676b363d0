package import EventSourcing

/// A patient with what the rules count of them: the same for all their lines, so it is counted once.
package struct HuddleReading: Sendable {
    package let patient: HuddlePatient
    package let now: Instant
    let history: HuddleHistory
    /// Within the days that are counted, oldest first; so the others.
    package let emergencyAdmissions: [HuddleEncounter]
    package let attendances: [HuddleEncounter]
    let leftBeforeTreatment: [HuddleEncounter]
}
