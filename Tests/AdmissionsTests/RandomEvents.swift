import Admissions
import EventSourcing

/// Random events about one visit and one patient, dense enough in time and words that they collide, contradict and
/// repeat.
struct RandomEvents {
    var generator: SeededGenerator

    private static let kinds: [AdmissionEvent.Kind] = [
        .admitted, .admitted, .transferred, .discharged, .registered, .updated, .updated, .updated, .admissionCancelled,
        .dischargeCancelled, .patientAdded, .patientUpdated,
    ]

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
    }

    mutating func events(count: Int) -> [AdmissionEvent] {
        var events: [AdmissionEvent] = []
        for _ in 0..<count {
            if let old = events.randomElement(using: &generator), chance(10) {
                events.append(old)
            } else {
                events.append(event())
            }
        }
        return events
    }

    mutating func event() -> AdmissionEvent {
        let kind = pick(Self.kinds)
        return AdmissionEvent(
            kind: kind,
            telling: Telling(
                trigger: "A00", sender: maybe(50) { _ in "PAS|ZX901" } ?? "", controlID: pick(["1", "2", "3"]),
                recorded: maybe(90) { $0.moment() }, sent: maybe(70) { $0.moment() }),
            happened: maybe(50) { $0.moment() }, occurredField: maybe(50) { $0.pick(TimeField.allCases) },
            patient: patient(), encounter: kind.isAboutEncounter ? encounter() : nil,
            flags: maybe(20) { _ in ["time-ambiguous", "time-shifted"] } ?? [])
    }

    private mutating func patient() -> PatientDetails {
        PatientDetails(
            local: Identifier(value: "100", issuer: "ZX901", type: pick(["MR", ""])),
            identifiers: maybe(30) { [Identifier(value: $0.pick(["A/1", "é"]), issuer: "X")] } ?? [],
            nhsNumber: maybe(50) { NHSNumber($0.pick(["9990000018", "9990000026"])) } ?? nil,
            nhsNumberStatus: maybe(30) { $0.pick(["01", "02"]) },
            name: maybe(70) { PersonName(family: $0.pick(["O’NEILL", "T\"\\Q"]), given: $0.pick([[], ["Zoë", "B"]])) },
            preferredName: told { $0.pick(["Billie", "Kit"]) }, born: maybe(50) { $0.pick(["1938", "1938-04-12"]) },
            gender: told { $0.pick(Gender.allCases) },
            address: told { PostalAddress(lines: $0.pick([["1 HIGH ST"], []]), postcode: "BA20 1AA") },
            phones: told { $0.pick([["1"], ["1", "2"], []]) },
            practice: told { ODSPracticeCode($0.pick(["L99901", "L99902"])) ?? ODSPracticeCode("L99903") }
                .flattened, practiceField: "PD1-3.3", gp: told { Clinician(code: $0.pick(["G1", "G2"])) },
            deceased: told { $0.chance(50) }, diedAt: told { $0.moment() }, restricted: told { $0.chance(50) })
    }

    private mutating func encounter() -> EncounterDetails {
        EncounterDetails(
            number: "SP1", issuer: "ZX901", encounterClass: maybe(80) { $0.pick(EncounterClass.allCases) },
            location: told { HospitalLocation(site: "S", ward: $0.pick(["A", "B", "C"]), bed: $0.pick(["1", "2"])) },
            consultant: told { Clinician(code: $0.pick(["C1", "C2"]), name: "Mr X") },
            specialty: told { $0.pick(["300", "430"]) }, admissionMethod: told { $0.pick(["21", "11"]) },
            dischargeMethod: told { $0.pick(["1", "4"]) }, dischargeDestination: told { $0.pick(["19", "79"]) },
            disposal: told { $0.pick(["1", "10", "4"]) }, reason: told { $0.pick(["FALL", "PAIN"]) },
            admittedAt: maybe(60) { $0.moment() }, dischargedAt: told { $0.moment() },
            expectedDischarge: told { $0.pick(["2026-01-09", "2026-01-10"]) },
            accountStatus: told { $0.pick(["PREADMIT", "ACTIVE"]) }, medicallyFit: told { $0.chance(50) })
    }

    private mutating func moment() -> Moment {
        let minutes = Int64.random(in: 0..<12, using: &generator)
        let precision = pick(Moment.Precision.allCases)
        return Moment(
            Instant(microseconds: Given.midnight + minutes * 60_000_000), precision: precision,
            isAmbiguous: chance(5), text: "t")
    }

    private mutating func told<Value>(_ value: (inout RandomEvents) -> Value) -> Told<Value> {
        switch Int.random(in: 0..<10, using: &generator) {
        case 0..<5: .absent
        case 5: .null
        default: .value(value(&self))
        }
    }

    private mutating func maybe<Value>(_ percent: Int, _ value: (inout RandomEvents) -> Value) -> Value? {
        chance(percent) ? value(&self) : nil
    }

    private mutating func chance(_ percent: Int) -> Bool {
        Int.random(in: 0..<100, using: &generator) < percent
    }

    private mutating func pick<Value>(_ values: [Value]) -> Value {
        values[Int.random(in: 0..<values.count, using: &generator)]
    }
}

extension Told where Value == ODSPracticeCode? {
    fileprivate var flattened: Told<ODSPracticeCode> {
        switch self {
        case .absent: .absent
        case .null: .null
        case .value(let value): Told<ODSPracticeCode>(value)
        }
    }
}
