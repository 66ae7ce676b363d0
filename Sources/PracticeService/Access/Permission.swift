/// A part of the service that a role opens or not; the raw value is its scope in product.md section 5.1.
package enum Permission: String, CaseIterable, Sendable {
    case readLists = "lists:read"
    /// The change feed and its stream.
    case readChanges = "changes:read"
    /// One patient, one encounter, a timeline.
    case readPatients = "patients:read"
    /// A ref for an NHS number that the caller knows already.
    case matchPatients = "patients:match"
    /// Marks patients as discussed, closes huddles, keeps actions and scores.
    case writeHuddle = "huddle:write"
    case writeConcerns = "concerns:write"
    case readOnboarding = "onboarding:read"
    case writeOnboarding = "onboarding:write"
    case writeRoster = "roster:write"
    /// Opens a practice that is not the caller's own, for a reason.
    case breakGlass = "break-glass:write"
    case readAudit = "audit:read"
    case writeWebhooks = "webhooks:write"
    /// How fresh the feeds are; nothing of a patient.
    case readStatus = "status:read"
    case readFHIR = "fhir:read"
}
