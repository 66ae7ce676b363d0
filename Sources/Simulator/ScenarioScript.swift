import ADT
import Admissions
import EventSourcing

/// What a scenario has its own people do, as messages by time.
///
/// Minutes are counted from the beginning of the script; all of it is told within eight hours, save where a clock
/// change that is near is waited for. What happened earlier is told late, with its own time, as hospitals do when a
/// record is entered afterwards.
struct ScenarioScript {
    private let start: Instant
    private let district: District
    private let people: ScriptedPeople
    private var told: [SimulatedMessage] = []

    static func messages(of scenario: Scenario, in district: District, from start: Instant) -> [SimulatedMessage] {
        let whole = start.microseconds - start.microseconds % 60_000_000
        var script = ScenarioScript(
            start: Instant(microseconds: whole), district: district, people: ScriptedPeople(district: district))
        script.write(scenario)
        // Of two at one instant the one that was written first goes first.
        return script.told.enumerated().sorted { ($0.element.sendAt, $0.offset) < ($1.element.sendAt, $1.offset) }
            .map(\.element)
    }

    private mutating func write(_ scenario: Scenario) {
        switch scenario {
        case .quietNight, .winterMonday, .duplicateStorm, .hugePractice: break
        case .clocksBack: writeClocksBack()
        case .clocksForward: writeClocksForward()
        case .silentFeed: writeSilentFeed()
        case .lateBatch: writeLateBatch()
        case .corrections: writeCorrections()
        case .mergeUnmerge: writeMergeUnmerge()
        case .deceased: writeDeceased()
        case .restricted: writeRestricted()
        case .readmission: writeReadmission()
        case .similarNames: writeSimilarNames()
        case .outOfOrder: writeOutOfOrder()
        case .longNames: writeLongNames()
        case .movedPractice: writeMovedPractice()
        }
    }

    // MARK: Words

    private func minute(_ count: Int) -> Instant { start + .seconds(60 * count) }

    /// A stay of number `number`, from 0, in a ward of a hospital.
    private func stay(
        _ number: Int, admitted: Instant, ward: String = "7B", hospital: Int = 0, method: String = "22",
        reason: String = "Community-acquired pneumonia"
    ) -> EncounterDetails {
        let place = district.hospitals[hospital]
        let name = place.wards.first { $0.code == ward }?.name
        return EncounterDetails(
            number: visitNumber(number), issuer: place.code, encounterClass: .inpatient,
            location: .value(HospitalLocation(site: place.code, ward: ward, bay: "B1", bed: "3", description: name)),
            consultant: .value(Clinician(code: "C9900001", name: "Scripted")), specialty: "300",
            admissionMethod: .value(method), admissionSource: "19", reason: .value(reason),
            admittedAt: Moment(admitted, precision: .minute), patientType: "INPATIENT")
    }

    /// An attendance at A&E.
    private func attendance(_ number: Int, arrived: Instant) -> EncounterDetails {
        let place = district.hospitals[0]
        return EncounterDetails(
            number: visitNumber(number), issuer: place.code, encounterClass: .emergency,
            location: .value(HospitalLocation(site: place.code, ward: "ED", description: "Emergency Department")),
            specialty: "180", reason: "Chest pain ?ACS", admittedAt: Moment(arrived, precision: .minute),
            arrivalMode: "A",
            patientType: "EMERGENCY DEPARTMENT")
    }

    /// Not a number of the simulation's, and another one each hour a script is begun.
    private func visitNumber(_ number: Int) -> String {
        "S" + Digits.padded(Int(start.microseconds / 3_600_000_000 % 10_000_000), to: 7) + Digits.padded(number, to: 2)
    }

    /// Tells something; `extra` are further segments, such as an MRG.
    private mutating func tell(
        _ trigger: String, _ patient: PatientDetails, _ encounter: EncounterDetails? = nil, at: Instant,
        recorded: Instant? = nil, happened: Instant? = nil, kind: SimulatedMessage.Kind = .pathway, extra: String = "",
        hospital: Int = 0, replacing: (String, with: String)? = nil
    ) {
        let place = district.hospitals[hospital]
        let recorded = recorded ?? at
        let controlID = "SCN" + String(start.microseconds / 60_000_000) + "-" + String(told.count + 1)
        let writer = ADTWriter(sendingApplication: "SIMPAS", sendingFacility: place.code)
        var bytes = writer.message(
            trigger: trigger, controlID: controlID, sentAt: recorded, recordedAt: recorded, occurredAt: happened,
            patient: patient, encounter: encounter)
        if !extra.isEmpty { bytes += Array(extra.utf8) + [0x0D] }
        if let replacing {
            let parts = String(decoding: bytes, as: UTF8.self).split(
                separator: replacing.0, omittingEmptySubsequences: false)
            bytes = Array(parts.joined(separator: replacing.with).utf8)
        }
        if place.sendsLatin1 { bytes = Latin1.rewritten(bytes) }
        told.append(
            SimulatedMessage(
                sendAt: at, hospital: place.code, bytes: bytes, kind: kind, trigger: trigger, controlID: controlID,
                wasDelayed: false, reusesControlID: false))
    }

    /// MRG-1: who the patient was.
    private func merged(_ other: PatientDetails) -> String {
        "MRG|" + (other.local.map { "\($0.value)^^^\($0.issuer)^MR" } ?? "")
    }

    // MARK: Clocks

    /// The change that is within two days ahead, else the last one before; and whether it is ahead.
    private func clockChange(isBack: Bool) -> (at: Instant, isAhead: Bool) {
        var hour = start.microseconds / 3_600_000_000 + 48
        while true {
            let (before, after) = (
                Instant(microseconds: (hour - 1) * 3_600_000_000), Instant(microseconds: hour * 3_600_000_000)
            )
            let step = LondonCalendar.offsetMinutes(at: after) - LondonCalendar.offsetMinutes(at: before)
            if step == (isBack ? -60 : 60) { return (after, after > start) }
            hour -= 1
        }
    }

    private mutating func writeClocksBack() {
        let (change, isAhead) = clockChange(isBack: true)
        for (number, given, minutes) in [(0, "Harriet", -30), (1, "Hester", 30)] {
            let admitted = change + .seconds(60 * minutes)
            let patient = people.person(number, "DOUBLEDAY", given, born: "1948-05-0\(number + 1)", gender: .female)
            // The second is told once the hour is over: then its own time says which of the two it was.
            let told = admitted + .seconds(number == 0 ? 600 : 2_100)
            tell(
                "A01", patient, stay(number, admitted: admitted), at: isAhead ? told : minute(5 + number),
                happened: admitted)
        }
    }

    private mutating func writeClocksForward() {
        let (change, isAhead) = clockChange(isBack: false)
        // What the clerk typed: half an hour past one, which went over into half past two.
        let shown = change + .seconds(1_800)
        let day = LondonDay(of: shown).text.filter { $0 != "-" }
        tell(
            "A01", people.person(0, "SPRINGER", "Silas", born: "1951-04-11", gender: .male), stay(0, admitted: shown),
            at: isAhead ? shown + .seconds(600) : minute(5), happened: shown,
            replacing: (day + "0230", with: day + "0130"))
    }

    // MARK: Feeds

    private mutating func writeSilentFeed() {
        let patient = people.person(0, "MEADE", "Cassia", born: "1939-08-21", gender: .female, hospital: 1)
        tell(
            "A01", patient, stay(0, admitted: minute(-300), ward: "OAK", hospital: 1, method: "81"), at: minute(10),
            happened: minute(-300), hospital: 1)
    }

    private mutating func writeLateBatch() {
        let patient = people.person(0, "LATEMAN", "Tardis", born: "1944-02-03", gender: .male)
        tell("A01", patient, stay(0, admitted: minute(85)), at: minute(95), happened: minute(85))
        tell("A08", patient, stay(0, admitted: minute(85)), at: minute(200), kind: .noise)
    }

    private mutating func writeOutOfOrder() {
        let patient = people.person(0, "BACKWARD", "Odile", born: "1957-10-30", gender: .female)
        let (admitted, moved, left) = (minute(5), minute(25), minute(40))
        var first = stay(0, admitted: admitted, ward: "EAU")
        var second = stay(0, admitted: admitted, ward: "7B")
        second.priorLocation = first.location.value
        var third = second
        third.priorLocation = nil
        third.dischargedAt = .value(Moment(left, precision: .minute))
        third.dischargeMethod = "1"
        third.dischargeDestination = "19"
        first.priorLocation = nil
        tell("A03", patient, third, at: minute(45), recorded: minute(42), happened: left)
        tell("A02", patient, second, at: minute(46), recorded: minute(27), happened: moved)
        tell("A01", patient, first, at: minute(47), recorded: minute(8), happened: admitted)
    }

    // MARK: Corrections

    private mutating func writeCorrections() {
        let clara = people.person(0, "UNDONE", "Clara", born: "1950-01-01", gender: .female)
        tell("A01", clara, stay(0, admitted: minute(5)), at: minute(10), happened: minute(5))
        tell("A11", clara, stay(0, admitted: minute(5)), at: minute(70), kind: .correction)

        let clive = people.person(1, "UNDONE", "Clive", born: "1952-02-02", gender: .male)
        let bed = stay(1, admitted: minute(6), ward: "EAU")
        var elsewhere = stay(1, admitted: minute(6), ward: "9A")
        elsewhere.priorLocation = bed.location.value
        var back = bed
        back.priorLocation = elsewhere.location.value
        tell("A01", clive, bed, at: minute(11), happened: minute(6))
        tell("A02", clive, elsewhere, at: minute(60), happened: minute(55))
        tell("A12", clive, back, at: minute(80), happened: minute(55), kind: .correction)

        let cora = people.person(2, "UNDONE", "Cora", born: "1954-03-03", gender: .female)
        let open = stay(2, admitted: minute(7))
        tell("A01", cora, open, at: minute(12), happened: minute(7))
        tell("A03", cora, discharged(open, at: minute(90)), at: minute(95), happened: minute(90))
        tell("A13", cora, open, at: minute(140), happened: minute(90), kind: .correction)
    }

    private func discharged(_ stay: EncounterDetails, at: Instant) -> EncounterDetails {
        var stay = stay
        stay.dischargedAt = .value(Moment(at, precision: .minute))
        stay.dischargeMethod = "1"
        stay.dischargeDestination = "19"
        return stay
    }

    private mutating func writeMergeUnmerge() {
        let merrily = people.person(0, "TWOSOME", "Merrily", born: "1946-06-16", gender: .female)
        var double = people.person(1, "TWOSOME", "Merrily", born: "1946-06-16", gender: .female)
        // Entered a second time in A&E, without a number.
        double.nhsNumber = nil
        double.nhsNumberStatus = "03"
        let before = stay(0, admitted: minute(-6_000))
        tell("A01", merrily, before, at: minute(5), happened: minute(-6_000))
        tell("A03", merrily, discharged(before, at: minute(-3_000)), at: minute(6), happened: minute(-3_000))
        tell("A01", double, stay(1, admitted: minute(20)), at: minute(25), happened: minute(20))
        tell("A40", merrily, at: minute(60), kind: .person, extra: merged(double))

        let minna = people.person(2, "APART", "Minna", born: "1938-11-05", gender: .female)
        var myra = people.person(3, "APART", "Myra", born: "1939-12-06", gender: .female)
        myra.nhsNumber = nil
        myra.nhsNumberStatus = "03"
        tell("A01", minna, stay(2, admitted: minute(15), ward: "6A"), at: minute(18), happened: minute(15))
        tell("A01", myra, stay(3, admitted: minute(16), ward: "6B"), at: minute(19), happened: minute(16))
        tell("A40", minna, at: minute(70), kind: .person, extra: merged(myra))
        tell("A37", minna, at: minute(180), kind: .correction, extra: merged(myra))
    }

    // MARK: People

    private mutating func writeDeceased() {
        let died = minute(120)
        let first = people.person(0, "ASHE", "Aldous", born: "1931-01-31", gender: .male)
        let open = stay(0, admitted: minute(-4_000))
        tell("A01", first, open, at: minute(5), happened: minute(-4_000))
        var end = discharged(open, at: died)
        end.dischargeMethod = "4"
        end.dischargeDestination = "79"
        tell("A03", first, end, at: minute(130), happened: died)

        var second = people.person(1, "BIRCH", "Beatrix", born: "1929-02-28", gender: .female)
        tell("A28", second, at: minute(6), kind: .person)
        second.deceased = .value(true)
        tell("A31", second, at: minute(131), kind: .person)

        var third = people.person(2, "CEDAR", "Clement", born: "1934-03-31", gender: .male)
        tell("A01", third, stay(2, admitted: minute(-2_000)), at: minute(7), happened: minute(-2_000))
        // PID-30 is left empty: the time alone says it.
        third.deceased = .absent
        third.diedAt = .value(Moment(died, precision: .minute))
        tell("A08", third, stay(2, admitted: minute(-2_000)), at: minute(132))

        let fourth = people.person(3, "DOGWOOD", "Delphine", born: "1940-04-30", gender: .female)
        let arrival = attendance(3, arrived: minute(30))
        tell("A04", fourth, arrival, at: minute(32), happened: minute(30))
        var over = arrival
        over.dischargedAt = .value(Moment(died, precision: .minute))
        over.disposal = "10"
        tell("A03", fourth, over, at: minute(133), happened: died)
    }

    private mutating func writeRestricted() {
        var rosa = people.person(0, "HIDDEN", "Rosa", born: "1979-07-07", gender: .female)
        rosa.restricted = .value(true)
        tell("A01", rosa, stay(0, admitted: minute(5), ward: "MAT"), at: minute(9), happened: minute(5))
        let rhoda = people.person(1, "HIDDEN", "Rhoda", born: "1983-08-08", gender: .female)
        let open = stay(1, admitted: minute(6), ward: "9A")
        tell("A01", rhoda, open, at: minute(10), happened: minute(6))
        tell("A08", rhoda, open, at: minute(60), extra: "ZU8||||2")
    }

    private mutating func writeReadmission() {
        let rudi = people.person(0, "AGAIN", "Rudi", born: "1949-09-19", gender: .male)
        let (admitted, left) = (minute(-20 * 1_440), minute(-12 * 1_440))
        let before = stay(0, admitted: admitted, method: "21", reason: "Exacerbation COPD")
        tell("A01", rudi, before, at: minute(2), recorded: admitted + .seconds(600), happened: admitted)
        tell("A03", rudi, discharged(before, at: left), at: minute(3), recorded: left + .seconds(600), happened: left)
        tell(
            "A01", rudi, stay(1, admitted: minute(50), ward: "7A", method: "21", reason: "Exacerbation COPD"),
            at: minute(55),
            happened: minute(50))
    }

    private mutating func writeSimilarNames() {
        let namesakes: [(String, String, String, Gender)] = [
            ("HARWOOD", "Margaret", "1941-05-12", .female), ("HARWOOD", "Mary", "1938-09-02", .female),
            ("STEPHENS", "Alan", "1950-03-14", .male), ("STEVENS", "Colin", "1950-11-27", .male),
        ]
        for (number, (family, given, born, gender)) in namesakes.enumerated() {
            tell(
                "A01", people.person(number, family, given, born: born, gender: gender),
                stay(number, admitted: minute(5 + number), ward: number < 2 ? "6A" : "8A"), at: minute(10 + number),
                happened: minute(5 + number))
        }
    }

    private mutating func writeLongNames() {
        let family =
            "FEATHERSTONEHAUGH-CHOLMONDELEY-O'SHAUGHNESSY-MÜLLER-D'ÆTHELSTAN-VAN DEN BROECK-NÍ DHOMHNAILL-ŁUKASIEWICZ"
        let given = ["Wilhelmina", "Anastasia-Philippa", "Zoë", "Maximiliana", "Bláthnaid", "Guðrún"]
        var long = people.person(0, family, "X", born: "1936-12-24", gender: .female)
        long.name?.given = given
        long.preferredName = "Billie-Jo Featherstonehaugh"
        tell("A01", long, stay(0, admitted: minute(5), ward: "10A"), at: minute(9), happened: minute(5))
        var short = people.person(1, "NG", "O", born: "1990-01-02", gender: .male)
        short.name?.prefix = nil
        tell("A01", short, stay(1, admitted: minute(6), ward: "DSU"), at: minute(10), happened: minute(6))
    }

    private mutating func writeMovedPractice() {
        let moves: [(String, Gender, ODSPracticeCode?)] = [
            ("Mona", .female, ODSPracticeCode(district.practices[1].code)),
            ("Marcus", .male, ODSPracticeCode(Practice.outside[0].code)),
        ]
        for (number, (given, gender, practice)) in moves.enumerated() {
            var patient = people.person(number, "MOVER", given, born: "1942-0\(number + 4)-18", gender: gender)
            let open = stay(number, admitted: minute(5 + number))
            tell("A01", patient, open, at: minute(10 + number), happened: minute(5 + number))
            patient.practice = Told(practice)
            // One as news of the person, the other with a snapshot of the stay.
            if number == 0 {
                tell("A31", patient, at: minute(90), kind: .person)
            } else {
                tell("A08", patient, open, at: minute(91), kind: .person)
            }
        }
    }
}
