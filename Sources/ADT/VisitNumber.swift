import Admissions

/// The number of a visit (CX) where it stands: PV1-19, PID-18, MRG-5 or MRG-3.
struct VisitNumber {
    let number: Piece
    /// CX.4; empty where the message names none, and the sending facility is meant.
    let issuer: Piece

    private init(number: Piece, issuer: Piece) {
        self.number = number
        self.issuer = issuer
    }

    /// The first repetition that tells a number; `nil` if none does.
    init?(_ segment: Piece.Segment, _ field: Int, _ source: borrowing MessageSource) {
        var rest = source.field(segment, field)
        while let repetition = source.nextRepetition(&rest) {
            let number = source.head(source.component(repetition, 1))
            guard source.isIdentifier(number) else { continue }
            let issuer = source.head(source.component(repetition, 4))
            self.init(number: number, issuer: source.hasValue(issuer) ? issuer : Piece())
            return
        }
        return nil
    }

    /// What a visit was before: MRG-5, else MRG-3, the one of the same issuer first.
    ///
    /// A number without an issuer is of the same as the visit's now.
    static func before(_ visit: VisitNumber, _ source: borrowing MessageSource) -> VisitNumber? {
        let byVisit = VisitNumber(.mrg, 5, source)?.by(visit)
        let byAccount = VisitNumber(.mrg, 3, source)?.by(visit)
        guard let byVisit, let byAccount else { return byVisit ?? byAccount }
        let issuer = source.text(visit.issuer)
        let isAccount = source.text(byVisit.issuer) != issuer && source.text(byAccount.issuer) == issuer
        return isAccount ? byAccount : byVisit
    }

    /// This number, issued by whoever issued the other's where the message names nobody.
    func by(_ other: VisitNumber?) -> VisitNumber {
        guard issuer.isEmpty, let other else { return self }
        return VisitNumber(number: number, issuer: other.issuer)
    }

    /// The encounter's key in the log: `RXX|SP1`.
    func key(facility: String, _ source: borrowing MessageSource) -> EncounterKey {
        EncounterKey(issuer: issuer.isEmpty ? facility : source.text(issuer), number: source.text(number))
    }
}
