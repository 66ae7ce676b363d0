/// What was odd about a message that could be read all the same.
///
/// Bits stand in the order of their codes, so that codes are written in ascending order.
struct MessageFlags: OptionSet {
    let rawValue: UInt16

    /// PID-7 is no date, or one that stands for "not known".
    static let bornUnreadable = MessageFlags(rawValue: 1 << 0)
    /// PV1-2 is not in the profile's class map.
    static let classUnknown = MessageFlags(rawValue: 1 << 1)
    /// An NHS number that fails its check, or is nobody's.
    static let nhsNumberInvalid = MessageFlags(rawValue: 1 << 2)
    /// PD1 names a practice, but by no code that can be one.
    static let practiceUnreadable = MessageFlags(rawValue: 1 << 3)
    /// An A08 without a PV1: read for the patient alone.
    static let pv1Missing = MessageFlags(rawValue: 1 << 4)
    /// Segments came glued together, and were parted.
    static let segmentsMended = MessageFlags(rawValue: 1 << 5)
    /// A local time that happened twice.
    static let timeAmbiguous = MessageFlags(rawValue: 1 << 6)
    /// A time more than a day after the message was made.
    static let timeInFuture = MessageFlags(rawValue: 1 << 7)
    /// Neither EVN-2 nor MSH-7 tells a time.
    static let timeMissing = MessageFlags(rawValue: 1 << 8)
    /// A local time that never was.
    static let timeShifted = MessageFlags(rawValue: 1 << 9)
    /// A time that is none, or one that stands for "not known".
    static let timeUnreadable = MessageFlags(rawValue: 1 << 10)

    /// The codes by bit.
    static let codes: [StaticString] = [
        "born-unreadable", "class-unknown", "nhs-number-invalid", "practice-unreadable", "pv1-missing", "segments-mended",
        "time-ambiguous",
        "time-in-future", "time-missing", "time-shifted", "time-unreadable",
    ]
}
