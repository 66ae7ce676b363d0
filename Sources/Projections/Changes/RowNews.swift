import Admissions
import EventSourcing

/// What may change rows: a fact that a hospital told, or what a practice told of its list.
enum RowNews: Sendable {
    case fact(ToldEvent)
    case point(RegistrationPoint)

    var toldAt: Instant {
        switch self {
        case .fact(let fact): fact.toldAt
        case .point(let point): point.toldAt
        }
    }

    /// What the hospital told; `nil` where it was a practice.
    var event: AdmissionEvent? {
        switch self {
        case .fact(let fact): fact.event
        case .point: nil
        }
    }
}

extension PracticeFold {
    /// The people whose rows some news may change: before it is applied.
    func people(concernedBy news: RowNews) -> Set<PatientKey> {
        switch news {
        case .fact(let fact): people(concernedBy: fact.event)
        case .point(let point): Set(people(bearing: point.person))
        }
    }
}
