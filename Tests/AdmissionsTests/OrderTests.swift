import Admissions
import EventSourcing
import Testing

/// Promise 8 of the house: order of arrival does not matter.
@Suite struct OrderTests {
    private static let key = EncounterKey(issuer: "ZX901", number: "SP1")
    private static let patientKey = PatientKey("ZX901|100")

    @Test(arguments: 0..<400 as Range<UInt64>)
    func `an encounter is the same after any order of arrival, with any repeats`(seed: UInt64) {
        var random = RandomEvents(seed: seed)
        let told = Given.told(random.events(count: 14))
        let once = Encounter.folding(told, key: Self.key)
        for _ in 0..<5 {
            let shuffled = (told + told.shuffled(using: &random.generator).prefix(6)).shuffled(using: &random.generator)
            let other = Encounter.folding(shuffled, key: Self.key)
            #expect(other == once)
            #expect(other.reading == once.reading)
            #expect(encoded(other) == encoded(once))
        }
    }

    @Test(arguments: 0..<400 as Range<UInt64>)
    func `a patient is the same after any order of arrival, with any repeats`(seed: UInt64) {
        var random = RandomEvents(seed: seed)
        let events = random.events(count: 14)
        let once = Patient.folding(events, key: Self.patientKey)
        for _ in 0..<5 {
            let repeats = events.shuffled(using: &random.generator).prefix(6)
            let shuffled = (events + repeats).shuffled(using: &random.generator)
            #expect(Patient.folding(shuffled, key: Self.patientKey) == once)
        }
    }

    @Test(arguments: 0..<100 as Range<UInt64>)
    func `two halves of what was told of an encounter are the whole`(seed: UInt64) {
        var random = RandomEvents(seed: seed)
        let told = Given.told(random.events(count: 14))
        let (early, late) = (told.prefix(9), told.suffix(9))
        var encounter = Encounter.folding(late, key: Self.key)
        encounter.absorb(Encounter.folding(early, key: Self.key))
        #expect(encounter == Encounter.folding(told, key: Self.key))
    }

    @Test(arguments: 0..<100 as Range<UInt64>)
    func `states survive JSON, and go on from there as if they had not been stored`(seed: UInt64) throws {
        var random = RandomEvents(seed: seed)
        let told = Given.told(random.events(count: 14))
        var reader = JSONReader(encoded(Encounter.folding(told.prefix(8), key: Self.key)))
        var encounter = try Encounter(reading: &reader)
        #expect(encounter == Encounter.folding(told.prefix(8), key: Self.key))
        for one in told.suffix(6) { encounter.apply(one.event, toldAt: one.toldAt, position: one.position) }
        #expect(encounter == Encounter.folding(told, key: Self.key))

        var json = JSONWriter()
        Patient.folding(told.prefix(8).map(\.event), key: Self.patientKey).encode(into: &json)
        var patientReader = JSONReader(json.bytes)
        var patient = try Patient(reading: &patientReader)
        #expect(patient == Patient.folding(told.prefix(8).map(\.event), key: Self.patientKey))
        for one in told.suffix(6) { patient.apply(one.event) }
        #expect(patient == Patient.folding(told.map(\.event), key: Self.patientKey))
    }

    @Test(arguments: 0..<300 as Range<UInt64>)
    func `an event survives its payload`(seed: UInt64) throws {
        var random = RandomEvents(seed: seed)
        let event = random.event()
        let payload = event.payload
        let back = try AdmissionEvent(type: event.kind.rawValue, payload: payload)
        #expect(back == event)
        #expect(back.payload == payload)
    }

    @Test func `the digest of an event does not depend on the message that carried it`() {
        let event = Given.event(.admitted, recorded: "10:00", class: .inpatient)
        let again = AdmissionEvent(
            kind: event.kind, telling: Telling(trigger: "A01", sender: "X|Y", controlID: "77"), patient: event.patient,
            encounter: event.encounter)
        #expect(event.digest == again.digest)
    }

    @Test func `events of another visit or patient change nothing`() {
        let event = Given.event(.admitted, recorded: "10:00", class: .inpatient)
        var encounter = Encounter(EncounterKey(issuer: "ZX901", number: "SP2"))
        encounter.apply(event, toldAt: Given.instant("10:00"), position: Position(1))
        #expect(encounter.facts.isEmpty)
        var patient = Patient(PatientKey("ZX901|101"))
        patient.apply(event)
        #expect(patient == Patient(PatientKey("ZX901|101")))
    }

    @Test func `broken payloads and states throw and never trap`() throws {
        var random = RandomEvents(seed: 1)
        for _ in 0..<300 {
            let event = random.event()
            var bytes = event.payload
            let place = Int.random(in: 0..<bytes.count, using: &random.generator)
            bytes[place] = UInt8.random(in: 0...255, using: &random.generator)
            bytes.removeLast(Int.random(in: 0..<3, using: &random.generator))
            _ = try? AdmissionEvent(type: event.kind.rawValue, payload: bytes)
            var state = encoded(Encounter.folding(Given.told([event]), key: Self.key))
            let index = Int.random(in: 0..<state.count, using: &random.generator)
            state[index] = UInt8.random(in: 0...255, using: &random.generator)
            var reader = JSONReader(state)
            _ = try? Encounter(reading: &reader).reading
        }
    }

    private func encoded(_ encounter: Encounter) -> [UInt8] {
        var json = JSONWriter()
        encounter.encode(into: &json)
        return json.bytes
    }
}
