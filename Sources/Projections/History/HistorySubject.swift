package import EventSourcing

/// Whose history is asked for.
package enum HistorySubject: Sendable, Equatable {
    /// A patient or an encounter by its ref at the practice of the access record.
    case ref(String)
    /// Any of the hospital's own streams: `patient:RH5|123`, `encounter:RH5|SP1`; for the auditor alone.
    case stream(LogName, StreamName)

    /// Whether an encounter is asked for, and the patient's own events count only as far as they change it.
    var isEncounter: Bool {
        switch self {
        case .ref(let ref): ref.hasPrefix("enc_")
        case .stream(_, let stream): stream.rawValue.hasPrefix("encounter:")
        }
    }
}
