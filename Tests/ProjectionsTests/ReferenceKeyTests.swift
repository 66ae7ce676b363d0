import EventSourcing
import Projections
import Testing

@Suite struct ReferenceKeyTests {
    let key = ReferenceKey(Array(repeating: 7, count: 32))
    let hospital = World.hospital

    @Test func `a ref is the same each time and thirteen letters long`() {
        let ref = key.encounterRef(hospital: hospital, encounter: "ZX901|SP1", practice: "Z99001")
        #expect(ref == key.encounterRef(hospital: hospital, encounter: "ZX901|SP1", practice: "Z99001"))
        #expect(ref.hasPrefix("enc_"))
        #expect(ref.count == 17)
        #expect(ref.dropFirst(4).allSatisfy { "0123456789abcdefghjkmnpqrstvwxyz".contains($0) })
    }

    @Test func `kind, hospital, practice, subject and key each make another ref`() {
        let refs: Set = [
            key.encounterRef(hospital: hospital, encounter: "A", practice: "Z99001"),
            key.encounterRef(hospital: World.other, encounter: "A", practice: "Z99001"),
            key.encounterRef(hospital: hospital, encounter: "A", practice: "Z99002"),
            key.encounterRef(hospital: hospital, encounter: "B", practice: "Z99001"),
            ReferenceKey(Array(repeating: 8, count: 32))
                .encounterRef(hospital: hospital, encounter: "A", practice: "Z99001"),
            key.patientRef(hospital: hospital, patient: "A", practice: "Z99001"),
        ]
        #expect(Set(refs.map { $0.split(separator: "_").last }).count == 6)
    }
}
