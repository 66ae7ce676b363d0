import Admissions
import EventSourcing
import HL7v2

/// Events that say what a patient or a visit was before: MRG.
extension ADTReader {
    /// A06; under a new visit number that names the one before, told of both (domain.md 1.2).
    func stepIn(
        _ trigger: TriggerEvent, _ source: borrowing MessageSource, _ times: inout MessageTimes
    ) throws(ReasonCode) -> [NewEvent] {
        let now = try visit(source)
        guard let before = VisitNumber(.mrg, 5, source)?.by(now), !isSame(before, now, source) else {
            return [try event(.becameInpatient, trigger, source, &times)]
        }
        return [
            try event(.becameInpatient, trigger, source, &times, prior: PriorWriting(before)),
            try event(.continued, trigger, source, &times, about: before, prior: PriorWriting(now)),
        ]
    }

    /// The events of a message about one patient or visit, and what it was before; none where nothing changes here.
    func joined(
        _ joining: TriggerEvent.Joining, _ trigger: TriggerEvent, _ message: HL7Message
    ) throws(ReasonCode) -> [NewEvent] {
        let source = MessageSource(message)
        var times = MessageTimes(source, habits: habits)
        let identity = try identity(source)
        guard source.has(.mrg) else { throw .mergeMissing }
        if isLive, PriorWriting.namesTestNumber(source, habits: habits) { throw .priorTestNumberInLive }
        guard identity.isKnown else {
            throw identity.hasInvalidNHSNumber ? .nhsNumberInvalid : .patientIdentifierMissing
        }
        switch joining {
        case .patients(let kind):
            let prior = try patientsBefore(identity, source)
            guard !prior.namesNobodyElse else { throw .mergeIntoItself }
            return [try event(kind, trigger, source, &times, prior: prior)]
        case .visits(let kind):
            guard let now = visitOrAccount(source) else { throw .visitNumberMissing }
            guard let before = VisitNumber.before(now, source) else { throw .priorVisitMissing }
            // Which of the two is wrong a person must say: a visit must not go from one patient to another unasked.
            if let prior = try? patientsBefore(identity, source), prior.namesAnother { throw .visitOfAnotherPatient }
            if isSame(before, now, source) {
                guard joinsAccounts(source) else { throw .visitMergeIntoItself }
                return []
            }
            return [try event(kind, trigger, source, &times, about: now, prior: PriorWriting(before))]
        case .patientsAndVisits:
            let prior = try patientsBefore(identity, source)
            var events: [NewEvent] = []
            if !prior.namesNobodyElse {
                events.append(try event(.patientMerged, trigger, source, &times, prior: prior))
            }
            if let now = visitOrAccount(source), let before = VisitNumber.before(now, source),
                !isSame(before, now, source)
            {
                events.append(try event(.merged, trigger, source, &times, about: now, prior: PriorWriting(before)))
            }
            guard !events.isEmpty else { throw .mergeIntoItself }
            return events
        case .visitToPatient:
            let visit = VisitNumber(.pv1, 19, source)
            let account = VisitNumber(.pid, 18, source)
            let named = VisitNumber(.mrg, 5, source)?.by(visit) ?? VisitNumber(.mrg, 3, source)?.by(account)
            guard let moved = named ?? visit ?? account else { throw .priorVisitMissing }
            let prior = try patientsBefore(identity, source)
            guard !prior.namesNobodyElse else { throw .mergeIntoItself }
            return [try event(.moved, trigger, source, &times, about: moved, prior: prior)]
        case .visitNumberToPatient: return try moveVisitNumber(trigger, identity, source, &times)
        }
    }

    /// A45: the visit is another patient's, and may have another number now.
    private func moveVisitNumber(
        _ trigger: TriggerEvent, _ identity: PatientIdentity, _ source: borrowing MessageSource,
        _ times: inout MessageTimes
    ) throws(ReasonCode) -> [NewEvent] {
        let told = VisitNumber(.pv1, 19, source)
        let before = VisitNumber(.mrg, 5, source)?.by(told)
        guard let now = told ?? before ?? VisitNumber(.mrg, 3, source) else { throw .priorVisitMissing }
        let prior = try patientsBefore(identity, source)
        var events: [NewEvent] = []
        if let before, !isSame(before, now, source) {
            events.append(try event(.renumbered, trigger, source, &times, about: now, prior: PriorWriting(before)))
        }
        if !prior.namesNobodyElse {
            events.append(try event(.moved, trigger, source, &times, about: now, prior: prior))
        }
        guard !events.isEmpty else { throw .mergeIntoItself }
        return events
    }

    private func patientsBefore(
        _ identity: PatientIdentity, _ source: borrowing MessageSource
    ) throws(ReasonCode) -> PriorWriting {
        try PriorWriting(
            patientsBefore: identity, facility: source.text(source.value(.msh, 4)), habits: habits, source)
    }

    /// PV1-19, else PID-18: in a merge some senders name the account alone.
    private func visitOrAccount(_ source: borrowing MessageSource) -> VisitNumber? {
        VisitNumber(.pv1, 19, source) ?? VisitNumber(.pid, 18, source)
    }

    /// Whether the accounts of PID-18 and MRG-3 are two: Cerner joins those behind a visit that stays what it is.
    private func joinsAccounts(_ source: borrowing MessageSource) -> Bool {
        guard let now = VisitNumber(.pid, 18, source), let before = VisitNumber(.mrg, 3, source)?.by(now) else {
            return false
        }
        return !isSame(before, now, source)
    }

    private func isSame(_ left: VisitNumber, _ right: VisitNumber, _ source: borrowing MessageSource) -> Bool {
        let facility = source.text(source.value(.msh, 4))
        return left.key(facility: facility, source) == right.key(facility: facility, source)
    }
}
