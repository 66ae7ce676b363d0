import Admissions

/// Reads MRG, and writes it as `PriorIdentity.encode(into:)` would.
struct PriorWriting {
    private var identifiers: [PatientIdentity.Found] = []
    private var nhsNumber: NHSNumber?
    private var visit: VisitNumber?
    /// MRG-1 names a patient by a number that can be compared, and not the one of PID-3 by any number.
    private(set) var namesAnother = false

    /// The visit that it was before.
    init(_ visit: VisitNumber) {
        self.visit = visit
    }

    /// The patients of MRG-1 who are the one of PID-3 now.
    ///
    /// MRG-1 may repeat all the identifiers of a record. Those count that pair with the one by which the patient is
    /// known: of the same type and issuer, else of the same issuer, else of any type that names patients.
    init(
        patientsBefore identity: PatientIdentity, facility: String, habits: ProfileHabits,
        _ source: borrowing MessageSource
    ) throws(ReasonCode) {
        let issuer = identity.local.map { $0.issuer.isEmpty ? facility : source.text($0.issuer) }
        let type = identity.local.map { source.word($0.type) } ?? ""
        var bestRank = Int.max
        var rest = source.field(.mrg, 1)
        while let repetition = source.nextRepetition(&rest) {
            let parts = source.components(repetition)
            let value = source.head(source.part(parts, 0))
            guard source.isIdentifier(value) else { continue }
            if habits.nhsMark(parts, source) != nil || PatientIdentity.hasNHSNumberOID(source.part(parts, 3), source) {
                nhsNumber = nhsNumber ?? NHSNumber(bytes: source.bytes.span.extracting(value.range))
                continue
            }
            var found = PatientIdentity.found(value, parts, source)
            let isOfType = found.type.isEmpty || source.word(found.type) == type
            // A number without an issuer, and of no other type, is of the same issuer as the patient's now.
            if found.issuer.isEmpty, isOfType, let local = identity.local { found = found.issued(as: local) }
            let isOfIssuer = (found.issuer.isEmpty ? facility : source.text(found.issuer)) == issuer
            let rank: Int
            if isOfIssuer { rank = isOfType ? 0 : 1 } else { rank = 2 }
            guard rank < 2 || habits.isLocal(found.type, source) else { continue }
            if rank < bestRank { identifiers = [] }
            bestRank = min(rank, bestRank)
            if rank == bestRank { identifiers.append(found) }
        }
        guard !identifiers.isEmpty || nhsNumber != nil else { throw .priorIdentifierMissing }
        namesAnother =
            !names(identity, facility: facility, source)
            && (bestRank < 2 || nhsNumber != nil && identity.nhsNumber != nil)
        leaveOut(identity.key(facility: facility, source), facility: facility, source)
    }

    /// Whether the patient of PID-3 is named, by any of their numbers.
    private func names(_ identity: PatientIdentity, facility: String, _ source: borrowing MessageSource) -> Bool {
        if let number = nhsNumber, number == identity.nhsNumber { return true }
        let own = (identity.others + [identity.local].compactMap(\.self)).map { $0.key(facility: facility, source) }
        return identifiers.contains { own.contains($0.key(facility: facility, source)) }
    }

    /// Whether an NHS number of the test range stands in MRG-1.
    static func namesTestNumber(_ source: borrowing MessageSource, habits: ProfileHabits) -> Bool {
        var rest = source.field(.mrg, 1)
        while let repetition = source.nextRepetition(&rest) {
            let parts = source.components(repetition)
            guard habits.nhsMark(parts, source) != nil || PatientIdentity.hasNHSNumberOID(source.part(parts, 3), source)
            else { continue }
            let value = source.head(source.part(parts, 0))
            if NHSNumber(bytes: source.bytes.span.extracting(value.range))?.isTestRange == true { return true }
        }
        return false
    }

    /// Leaves out the patient of PID-3, and what is told twice.
    private mutating func leaveOut(_ survivor: PatientKey, facility: String, _ source: borrowing MessageSource) {
        guard !identifiers.isEmpty else {
            if let number = nhsNumber, PatientKey(number) == survivor { nhsNumber = nil }
            return
        }
        var seen: Set<PatientKey> = [survivor]
        var losers: [PatientIdentity.Found] = []
        for found in identifiers where seen.insert(found.key(facility: facility, source)).inserted {
            losers.append(found)
        }
        identifiers = losers
        if losers.isEmpty { nhsNumber = nil }
    }

    /// Whether nobody but the patient of PID-3 is named.
    var namesNobodyElse: Bool { identifiers.isEmpty && nhsNumber == nil }

    func write(to payload: inout PayloadWriter, facility: Piece, _ source: borrowing MessageSource) {
        payload.beginObject()
        if let visit {
            payload.field("encounter", visit.key(facility: source.text(facility), source).rawValue)
        }
        if !identifiers.isEmpty {
            payload.key("ids")
            payload.beginArray()
            for found in identifiers { payload.identifier(found, facility: facility, of: source) }
            payload.endArray()
        }
        payload.field("nhs", nhsNumber?.digits)
        payload.endObject()
    }
}
