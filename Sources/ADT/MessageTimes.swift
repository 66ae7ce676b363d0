import Admissions
import EventSourcing
import HL7v2

/// The times of one message, read once, and what was odd about them.
///
/// Local times are resolved with the help of MSH-7 (domain.md 2.9, product.md 3.3). Senders repeat times, so a time
/// with the same bytes as one read before is not read again.
struct MessageTimes {
    /// MSH-7.
    private(set) var sent: Moment?
    /// EVN-2.
    private(set) var recorded: Moment?
    /// EVN-6.
    private(set) var happened: Moment?
    /// PV1-44.
    private(set) var admitted: Moment?
    /// PV1-45.
    private(set) var discharged = Told<Moment>.absent
    private(set) var flags = MessageFlags()

    /// When the message was made, if that is sure: settles which hour was meant where clocks go back.
    private var hint: Int64?
    private var lastPiece = Piece()
    private var lastMoment: Moment?

    /// A day of microseconds: how far ahead of its message a time may lie.
    private static let futureMax: Int64 = 86_400_000_000

    /// Reads MSH-7, EVN-2 and EVN-6.
    init(_ source: borrowing MessageSource, habits: ProfileHabits) {
        sent = moment(source.value(.msh, 7), of: source)
        hint = sent.flatMap { $0.isAmbiguous ? nil : $0.instant.microseconds }
        let recordedPiece = habits.profile.recordedTime == .eventRecorded ? source.value(.evn, 2) : Piece()
        recorded = moment(recordedPiece, of: source)
        // Facts are ordered by it: one of the future would stand over all that is told after it.
        if let hint, let told = recorded, told.instant.microseconds > hint + Self.futureMax { recorded = nil }
        happened = moment(source.value(.evn, 6), of: source)
        if sent == nil, recorded == nil { flags.insert(.timeMissing) }
    }

    /// Reads PV1-44 and PV1-45.
    mutating func readVisit(_ source: borrowing MessageSource, nulls: Bool) {
        admitted = moment(source.value(.pv1, 44), of: source)
        discharged = told(source.value(.pv1, 45), of: source, nulls: nulls)
    }

    /// Reads a time that may be null.
    mutating func told(_ piece: Piece, of source: borrowing MessageSource, nulls: Bool) -> Told<Moment> {
        if source.isNull(piece) { return nulls ? .null : .absent }
        guard let found = moment(piece, of: source) else { return .absent }
        return .value(found)
    }

    /// Reads a time; nil if it is none.
    mutating func moment(_ piece: Piece, of source: borrowing MessageSource) -> Moment? {
        guard source.hasValue(piece) else { return nil }
        if source.sameBytes(piece, lastPiece) { return lastMoment }
        let found = resolve(piece, of: source)
        lastPiece = piece
        lastMoment = found
        return found
    }

    private mutating func resolve(_ piece: Piece, of source: borrowing MessageSource) -> Moment? {
        guard let time = source.timestamp(piece), !time.isSentinel else {
            flags.insert(.timeUnreadable)
            return nil
        }
        let resolved = time.resolved(hint: hint)
        if resolved.isAmbiguous { flags.insert(.timeAmbiguous) }
        if resolved.wasShifted { flags.insert(.timeShifted) }
        if let hint, resolved.microseconds > hint + Self.futureMax { flags.insert(.timeInFuture) }
        let hasDoubt = resolved.isAmbiguous || resolved.wasShifted
        return Moment(
            Instant(microseconds: resolved.microseconds), precision: Moment.Precision(time.precision),
            isAmbiguous: resolved.isAmbiguous, wasShifted: resolved.wasShifted,
            text: hasDoubt ? source.text(piece) : nil)
    }

    func telling(trigger: String, _ source: borrowing MessageSource) -> Telling {
        let facility = source.text(source.value(.msh, 4))
        let application = source.text(source.value(.msh, 3))
        return Telling(
            trigger: trigger, sender: application + "|" + facility, controlID: source.text(source.field(.msh, 10)),
            recorded: recorded, sent: sent)
    }

    /// Where the time at which the event took place stood (domain.md 1.2, the chains of effective times).
    func occurredField(_ kind: AdmissionEvent.Kind) -> TimeField? {
        switch kind {
        case .admitted, .registered: if admitted != nil { return .admitted }
        case .discharged: if discharged.value != nil { return .discharged }
        // What is booked for a day to come takes place when it is booked; EVN-6 may be that day.
        case .preadmitted: if recorded != nil { return .recorded }
        default: break
        }
        if happened != nil { return .happened }
        if recorded != nil { return .recorded }
        return sent != nil ? .sent : nil
    }

    /// The time that stands in a field.
    func moment(in field: TimeField?) -> Moment? {
        switch field {
        case nil: nil
        case .recorded: recorded
        case .happened: happened
        case .sent: sent
        case .admitted: admitted
        case .discharged: discharged.value
        }
    }
}

extension Moment.Precision {
    init(_ precision: HL7Timestamp.Precision) {
        self =
            switch precision {
            case .year: .year
            case .month: .month
            case .day: .day
            case .hour: .hour
            case .minute: .minute
            case .second: .second
            case .fraction: .fraction
            }
    }
}
