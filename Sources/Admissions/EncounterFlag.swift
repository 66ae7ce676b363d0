/// What is odd about an encounter, worked out from its facts; stable codes that an operator and a list may show.
package enum EncounterFlag: String, Sendable, CaseIterable {
    /// No admission or arrival was told; an update, transfer, discharge or cancelled discharge spoke of it first.
    case inferred
    /// PV1-45 came without a discharge message.
    case dischargeImplied = "discharge-implied"
    /// PV1-45 lies after the message that told it and came without a discharge message: not taken as a discharge.
    case dischargeInFuture = "discharge-in-future"
    /// An admission was told for a spell that had ended: not reopened.
    case admittedAfterDischarge = "admitted-after-discharge"
    /// An admission was told with the time of one that had been cancelled before: taken as a new one.
    case admittedAgainAfterCancel = "admitted-again-after-cancel"
    /// A cancel named another admission than any we know: nothing cancelled.
    case cancelUnmatched = "cancel-unmatched"
    /// An update told another admission time; the admission's own stands.
    case admittedTimeDiffers = "admitted-time-differs"
    /// An update told another discharge time; the discharge's own stands.
    case dischargedTimeDiffers = "discharged-time-differs"
    /// The class was missing from an admission; taken as inpatient.
    case classMissing = "class-missing"
    /// The facts name more than one patient; the latest counts.
    case patientChanged = "patient-changed"
}
