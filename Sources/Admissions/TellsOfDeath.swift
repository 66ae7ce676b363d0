/// What the discharge of one encounter says about the patient's death: the telling recorded last counts.
///
/// A discharge that tells death writes its time, any other discharge and any cancel takes it back. So an A13 undoes a
/// death that its discharge had set, in whatever order the two arrive (domain.md 1.2, A13).
package struct TellsOfDeath: Sendable, Equatable {
    package let encounter: EncounterKey
    /// When the person died, as the discharge tells it; no value where no discharge tells death.
    package var time = Register<Moment>()

    init(_ encounter: EncounterKey) {
        self.encounter = encounter
    }
}

extension AdmissionEvent {
    /// What the event says about death on discharge; `absent` if it says nothing.
    var deathOnDischarge: Told<Moment> {
        guard let encounter else { return .absent }
        switch kind {
        case .discharged:
            return encounter.tellsDeath ? .value(encounter.dischargedAt.value ?? happened ?? telling.recordedAt) : .null
        case .updated where encounter.tellsDeath && encounter.dischargedAt.value != nil:
            return .value(encounter.dischargedAt.value ?? telling.recordedAt)
        case .updated where encounter.dischargeMethod.value != nil:
            return .null
        case .dischargeCancelled, .admissionCancelled, .deleted: return .null
        default: return .absent
        }
    }
}
