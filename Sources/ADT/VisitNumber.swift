import Admissions

/// The number of a visit (CX) where it stands: PV1-19, PID-18, MRG-5 or MRG-3.
struct VisitNumber {
    let number: Piece
    /// CX.4; empty where the message names none, and the sending facility is meant.
    let issuer: Piece
    /// CX.5; empty for a plain visit number, whether the message says so (VN, VISITID) or says nothing.
    let type: Piece

    private init(number: Piece, issuer: Piece, type: Piece) {
        self.number = number
        self.issuer = issuer
        self.type = type
    }

    /// The first repetition that tells a number; `nil` if none does.
    init?(_ segment: Piece.Segment, _ field: Int, _ source: borrowing MessageSource) {
        var rest = source.field(segment, field)
        while let repetition = source.nextRepetition(&rest) {
            let number = source.head(source.component(repetition, 1))
            guard source.isIdentifier(number) else { continue }
            let issuer = source.head(source.component(repetition, 4))
            // Of an account (PID-18, MRG-3) that stands for a visit the kind is that of accounts.
            let isVisit = segment == .pv1 || segment == .mrg && field == 5
            let type = isVisit ? source.head(source.component(repetition, 5)) : Piece()
            self.init(
                number: number, issuer: source.hasValue(issuer) ? issuer : Piece(),
                type: Self.isPlain(type, source) ? Piece() : type)
            return
        }
        return nil
    }

    /// Whether a kind of number is that of visits as such: some senders name it in one message and not in the next.
    private static func isPlain(_ type: Piece, _ source: borrowing MessageSource) -> Bool {
        !source.hasValue(type) || source.equals(type, "VISITID") || source.equals(type, "VN")
            || source.equals(type, "VISIT")
    }

    /// What a visit was before: MRG-5, else MRG-3, the one of the same issuer first.
    ///
    /// A number without an issuer is of the same, and of the same kind, as the visit's now.
    static func before(_ visit: VisitNumber, _ source: borrowing MessageSource) -> VisitNumber? {
        let byVisit = VisitNumber(.mrg, 5, source)?.by(visit)
        let byAccount = VisitNumber(.mrg, 3, source)?.by(visit)
        guard let byVisit, let byAccount else { return byVisit ?? byAccount }
        let issuer = source.text(visit.issuer)
        let isAccount = source.text(byVisit.issuer) != issuer && source.text(byAccount.issuer) == issuer
        return isAccount ? byAccount : byVisit
    }

    /// This number, issued by whoever issued the other's, and of its kind, where the message names nobody.
    func by(_ other: VisitNumber?) -> VisitNumber {
        guard issuer.isEmpty, let other else { return self }
        return VisitNumber(number: number, issuer: other.issuer, type: type.isEmpty ? other.type : type)
    }

    /// The encounter's key in the log: `RXX|SP1`.
    func key(facility: String, _ source: borrowing MessageSource) -> EncounterKey {
        EncounterKey(
            issuer: issuer.isEmpty ? facility : source.text(issuer), number: source.text(number),
            type: type.isEmpty ? nil : source.word(type))
    }
}
