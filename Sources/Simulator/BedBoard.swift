/// Which beds of which wards are taken.
struct BedBoard: Sendable {
    private var taken: [[UInt64]]
    private let wards: [[Ward]]
    private static let bedsMax = 60

    init(hospitals: [Hospital]) {
        wards = hospitals.map(\.wards)
        taken = hospitals.map { $0.wards.map { _ in 0 } }
    }

    /// Takes a bed on the wished ward, else on the emptiest other, else an extra bed on the wished one.
    ///
    /// Bed 0 where even extra beds have run out. The day unit lends no beds.
    mutating func take(hospital: Int, ward: Int) -> Place {
        if let bed = freeBed(hospital, ward, limit: wards[hospital][ward].beds) { return seat(hospital, ward, bed) }
        let others = wards[hospital].indices.filter {
            $0 != ward && wards[hospital][$0].code != "DSU" && isAdult(hospital, $0)
        }
        if let other = others.max(by: { freeBeds(hospital, $0) < freeBeds(hospital, $1) }),
            let bed = freeBed(hospital, other, limit: wards[hospital][other].beds)
        {
            return seat(hospital, other, bed)
        }
        guard let bed = freeBed(hospital, ward, limit: Self.bedsMax) else { return Place(ward: ward, bed: 0) }
        return seat(hospital, ward, bed)
    }

    /// Gives a bed back; A&E and bed 0 are nobody's.
    mutating func leave(hospital: Int, _ place: Place) {
        guard place.ward >= 0, place.bed > 0 else { return }
        taken[hospital][place.ward] &= ~(1 << UInt64(place.bed))
    }

    /// How many beds of a hospital are taken.
    func occupied(hospital: Int) -> Int {
        taken[hospital].reduce(0) { $0 + $1.nonzeroBitCount }
    }

    private func isAdult(_ hospital: Int, _ ward: Int) -> Bool {
        !["CHW", "MAT", "ICU"].contains(wards[hospital][ward].code)
    }

    private func freeBeds(_ hospital: Int, _ ward: Int) -> Int {
        wards[hospital][ward].beds - taken[hospital][ward].nonzeroBitCount
    }

    private func freeBed(_ hospital: Int, _ ward: Int, limit: Int) -> Int? {
        // Bit 0 counts as taken: beds are numbered from 1.
        let bed = (~(taken[hospital][ward] | 1)).trailingZeroBitCount
        return bed <= limit ? bed : nil
    }

    private mutating func seat(_ hospital: Int, _ ward: Int, _ bed: Int) -> Place {
        taken[hospital][ward] |= 1 << UInt64(bed)
        return Place(ward: ward, bed: bed)
    }
}
