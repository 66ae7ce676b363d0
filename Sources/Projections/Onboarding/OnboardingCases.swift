import Admissions
import EventSourcing

/// Makes the rows of hot onboarding cases from what a hospital's log means.
///
/// The patient of a case is whoever the patient for whom it was opened is by now, after merges; so a case moves with
/// its patient's rows.
extension PracticeFold {
    /// The row of a case; `nil` for one that has not begun, and for one of an encounter that is withheld. All of its
    /// patient must be held.
    mutating func row(of record: HotOnboardingRecord, stream: StreamName) -> OnboardingRow? {
        guard let openedFor = record.state.openedFor, let subject = record.state.subject else { return nil }
        let person = log.root(of: openedFor)
        let visits = visits(of: person)
        let encounter = log.root(of: subject.encounter)
        let own = visits.first { $0.reading.key == encounter }
        if own == nil, log.visitsNamed(of: person).contains(encounter), isWithheld(encounter),
            reading(encounter).patient.map({ log.root(of: $0) }) == person
        {
            return nil
        }
        let open = visits.last { $0.reading.isOpen && $0.reading.isInpatient }
        let stay = own.map(\.reading.isOpen) == true ? own : open ?? own
        var shown = shown(person, visits: visits)
        // A row may be restricted for itself; where it is, the case must not say (product.md 4.9).
        if [own, stay].contains(where: { $0.map { isSensitive($0.reading) } ?? false }) {
            shown.summary.isRestricted = true
        }
        return OnboardingRow(
            record, stream: stream, key: basis.key,
            encounterRef: basis.key.encounterRef(
                hospital: hospital, encounter: StateKey(encounter).rawValue, practice: shown.practice),
            of: shown, stay: stay?.reading)
    }
}

extension RecordedEvent {
    /// Whether it is a step of a hot onboarding case.
    var isOfOnboarding: Bool { !isRedacted && type.hasPrefix("onboarding.") }
}
