/// What a hospital is about to tell, before it is written down.
struct News: Sendable {
    /// Trigger event, such as `A01`.
    let trigger: String
    let kind: SimulatedMessage.Kind
    /// Place of the telling hospital in the district's list.
    let hospital: Int
    let person: Int
    /// The stay it is about, by its number in the simulation; nil for news about the person alone.
    let stay: Int?
    /// EVN-6, in microseconds since 1970; nil where it is left out.
    let occurred: Int64?
    /// Whether PV1 says little more than the visit number, as cancels often do.
    let isStub: Bool

    init(
        _ trigger: String, _ kind: SimulatedMessage.Kind, hospital: Int, person: Int, stay: Int? = nil,
        occurred: Int64? = nil, isStub: Bool = false
    ) {
        self.trigger = trigger
        self.kind = kind
        self.hospital = hospital
        self.person = person
        self.stay = stay
        self.occurred = occurred
        self.isStub = isStub
    }

    /// The patient as one hospital knows them, as one number.
    static func patientKey(person: Int, hospital: Int) -> Int { person * 8 + hospital }

    var patientKey: Int { Self.patientKey(person: person, hospital: hospital) }
}

/// A message kept back, to be given out later.
struct HeldMessage: Sendable {
    let message: SimulatedMessage
    /// The patient about whom it is the first telling; nil for a message that is sent again.
    let patientKey: Int?
}
