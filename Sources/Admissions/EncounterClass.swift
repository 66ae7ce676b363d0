/// What kind of encounter a visit number stands for (HL7 table 0004, mapped by the sender profile).
package enum EncounterClass: String, Sendable, CaseIterable {
    /// A bed for at least a night, obstetric and commercial included.
    case inpatient
    /// Admitted, without a night.
    case daycase
    /// An emergency department attendance.
    case emergency
    case outpatient
    /// Expected; not here yet.
    case preadmit
    /// Anything else a sender names, regular attenders among it.
    case other
}
