package import EventSourcing

/// A hot onboarding case as its stream tells it: where it stands, and who did what.
///
/// The fold of the stream in its order; of steps the newest `stepsMax` are kept.
package struct HotOnboardingRecord: Sendable, Equatable {
    /// One step, as those who work on the case see it.
    package struct Step: Sendable, Hashable {
        package let kind: HotOnboardingFact.Kind
        package let at: Instant
        package let by: String
        package let role: StaffRole
        /// What was written there: a note, or a reason.
        package let note: StaffNote?
    }

    package private(set) var state: HotOnboardingCase
    /// Oldest first.
    package private(set) var steps: [Step] = []
    /// How many events the stream holds.
    package private(set) var version: Int64 = 0

    package static let stepsMax = 50

    /// Begins before the first event.
    package init(settings: HotOnboardingSettings = HotOnboardingSettings()) {
        state = HotOnboardingCase()
        state.settings = settings
    }

    /// Takes in the next event of the stream as it stands in the log.
    ///
    /// Throws for one that cannot be read; it counts all the same, so that the version is that of the log.
    package mutating func take(_ event: RecordedEvent) throws(JSONError) {
        version += 1
        take(try StaffEvent<HotOnboardingFact>(event))
    }

    private mutating func take(_ event: StaffEvent<HotOnboardingFact>) {
        state.evolve(event)
        steps.append(
            Step(
                kind: event.fact.kind, at: event.act.at, by: event.act.by, role: event.act.role,
                note: event.fact.note))
        if steps.count > Self.stepsMax { steps.removeFirst(steps.count - Self.stepsMax) }
    }
}

extension HotOnboardingFact {
    /// What somebody wrote with it.
    package var note: StaffNote? {
        switch self {
        case .flagged(_, _, let note), .triaged(_, let note), .declined(_, let note), .closed(_, let note): note
        case .foundNotSuitable(let reason), .deferred(_, let reason): reason
        case .lost(_, let reason), .withdrawn(_, let reason, _): reason
        case .identified, .visitPlanned, .visitOffered, .consented, .started, .handedOver, .resumed, .died,
            .ownerAssigned, .patientLeft, .patientReturned, .placeChanged, .encounterFollowed, .reinstated, .rekeyed,
            .otherJoined:
            nil
        }
    }
}
