import Admissions
import EventSourcing
import Testing

@Suite struct HuddleRulesTests {
    let rules = HuddleRules()

    // MARK: Counting

    @Test func `365 days end with today, in a leap year as well`() {
        // 2028 has a 29th of February: the first of the 365 days to 1 March 2028 is 3 March 2027.
        for (first, counted) in [("2027-03-03T00:00:00Z", 3), ("2027-03-02T23:59:59Z", 2)] {
            let patient = HuddlePatient(encounters: [
                stay(first, "2027-03-04T09:00:00Z", "21"), stay("2027-08-01T09:00:00Z", "2027-08-04T09:00:00Z", "22"),
                stay("2028-02-29T09:00:00Z", nil, "2D"),
            ])
            let now = at("2028-03-01T08:00:00Z")
            #expect(HuddleHistory(of: patient, now: now).emergencyAdmissions(days: 365).count == counted)
        }
    }

    @Test func `a day of summer begins at 23 h UTC`() {
        // 365 days to 29 June 2026 begin on 30 June 2025 in London: at 23:00 UTC on the 29th.
        let now = at("2026-06-29T08:00:00Z")
        for (first, counted) in [("2025-06-29T23:00:00Z", 1), ("2025-06-29T22:59:59Z", 0)] {
            let history = HuddleHistory(
                of: HuddlePatient(encounters: [stay(first, "2025-07-02T09:00:00Z", "21")]), now: now)
            #expect(history.emergencyAdmissions(days: 365).count == counted)
        }
    }

    @Test(arguments: ["11", "12", "31", "32", "81", "82", "83", "2C", "98", ""])
    func `elective, maternity, births and other transfers are no emergency admissions`(method: String) {
        let patient = HuddlePatient(encounters: [stay("2026-02-01T09:00:00Z", "2026-02-03T09:00:00Z", method)])
        #expect(HuddleHistory(of: patient, now: now).emergencyAdmissions(days: 365).isEmpty)
    }

    @Test func `a transfer that goes on with a stay of the day before is the same admission`() {
        let first = stay("2026-01-10T09:00:00Z", "2026-01-12T09:00:00Z", "21")
        let onward = stay("2026-01-13T20:00:00Z", "2026-01-15T09:00:00Z", "2b")
        let later = stay("2026-01-14T00:00:00Z", "2026-01-15T09:00:00Z", "2B")
        func count(_ encounters: HuddleEncounter...) -> Int {
            HuddleHistory(of: HuddlePatient(encounters: encounters), now: now).emergencyAdmissions(days: 365).count
        }
        #expect(count(first, onward) == 1)
        #expect(count(first, later) == 2)
        #expect(count(onward) == 1)
    }

    @Test func `an attendance and the stay it led to are one admission, under one number and under two`() {
        var visit = stay("2026-02-01T13:00:00Z", "2026-02-03T09:00:00Z", "21")
        visit.isAttendance = true
        let history = HuddleHistory(of: HuddlePatient(encounters: [visit]), now: now)
        #expect(history.emergencyAdmissions(days: 365).count == 1)
        #expect(history.attendances(days: 365).count == 1)
        let two = HuddlePatient(encounters: [
            attendance("2026-02-01T09:00:00Z", "2026-02-01T13:00:00Z"),
            stay("2026-02-01T13:00:00Z", "2026-02-03T09:00:00Z", "21"),
        ])
        #expect(HuddleHistory(of: two, now: now).emergencyAdmissions(days: 365).count == 1)
    }

    @Test func `a cancelled stay leaves the count, and those of a merged record join it`() {
        var patient = HuddlePatient(encounters: [
            stay("2025-06-01T09:00:00Z", "2025-06-03T09:00:00Z", "21"),
            stay("2025-09-01T09:00:00Z", "2025-09-03T09:00:00Z", "21"),
        ])
        let third = stay("2026-02-01T09:00:00Z", "2026-02-03T09:00:00Z", "21")
        #expect(codes(third, patient).contains("frequent-admissions") == false)
        patient.encounters.append(third)
        let flag = flags(third, patient).first { $0.rule == .frequentAdmissions }
        #expect(flag?.value == .number(3))
        #expect(flag?.evidence.count == 3)
        patient.encounters[0].status = "cancelled"
        #expect(!codes(third, patient).contains("frequent-admissions"))
    }

    @Test func `five attendances make a frequent attender, four do not`() {
        let five = (1...5).map { attendance("2026-01-0\($0)T09:00:00Z", "2026-01-0\($0)T12:00:00Z") }
        #expect(codes(five[4], HuddlePatient(encounters: five)).contains("frequent-attender"))
        #expect(!codes(five[4], HuddlePatient(encounters: Array(five.dropFirst()))).contains("frequent-attender"))
    }

    // MARK: Nights, and days between

    @Test func `nights are London midnights, also over the change of the clocks`() {
        #expect(stay("2026-03-02T23:59:00Z", "2026-03-03T00:00:00Z").nights(at: now) == 1)
        #expect(stay("2026-03-02T00:00:00Z", "2026-03-02T23:59:00Z").nights(at: now) == 0)
        // Spring: 23:30 to 08:00 is one night of 7.5 hours. Autumn: 00:30 BST to 00:30 GMT is the same day.
        #expect(stay("2026-03-28T23:30:00Z", "2026-03-29T07:00:00Z").nights(at: now) == 1)
        #expect(stay("2026-10-24T23:30:00Z", "2026-10-25T00:30:00Z").nights(at: now) == 0)
        #expect(stay("2026-10-24T22:30:00Z", "2026-10-24T23:30:00Z").nights(at: now) == 1)
    }

    @Test func `a discharge told as a day alone ends on that day`() {
        var day = stay("2026-03-01T09:00:00Z", "2026-03-02T00:00:00Z")
        day.discharged.isDayAlone = true
        day.endedAt = at("2026-03-03T00:00:00Z")
        #expect(day.nights(at: now) == 1)
        // Told at noon of the day after is half a day late, not a day and a half.
        day.discharged.toldAt = at("2026-03-03T12:00:00Z")
        #expect(flags(day).first { $0.rule == .toldLate }?.value == .number(720))
        day.discharged.toldAt = at("2026-03-02T12:00:00Z")
        #expect(!codes(day).contains("told-late"))
    }

    @Test func `a readmission is 0 to 29 days after a discharge alive`() {
        let again = stay("2026-03-02T12:00:00Z", nil, "21")
        for (end, days) in [("2026-03-02T08:00:00Z", 0), ("2026-02-01T23:59:00Z", 29), ("2026-01-31T23:59:00Z", nil)] {
            let before = stay("2026-01-20T09:00:00Z", end, "11")
            let flag = flags(again, HuddlePatient(encounters: [again, before])).first { $0.rule == .readmitted }
            #expect(flag?.value == days.map { .number($0) }, "\(end)")
            if days != nil { #expect(flag?.evidence.map(\.encounterRef) == [before.ref, again.ref]) }
        }
        var dead = stay("2026-02-20T09:00:00Z", "2026-02-25T09:00:00Z", "21")
        dead.dischargeMethod = "4"
        #expect(!codes(again, HuddlePatient(encounters: [again, dead])).contains("readmitted"))
        let planned = stay("2026-03-02T12:00:00Z", nil, "11")
        let before = stay("2026-02-20T09:00:00Z", "2026-02-25T09:00:00Z", "21")
        #expect(!codes(planned, HuddlePatient(encounters: [planned, before])).contains("readmitted"))
    }

    @Test func `long stays are flagged in bands, and the zero stay when it is over`() {
        for (start, band) in [("2026-02-25T09:00:00Z", nil), ("2026-02-24T09:00:00Z", 7), ("2026-02-10T09:00:00Z", 21)] {
            let flag = flags(stay(start, nil)).first { $0.rule == .longStay }
            #expect(flag?.value == band.map { .number($0) })
        }
        let short = stay("2026-03-02T09:00:00Z", "2026-03-02T15:00:00Z", "21")
        #expect(codes(short) == ["zero-los"])
        #expect(codes(stay("2026-03-02T09:00:00Z", "2026-03-02T15:00:00Z", "11")) == [])
    }

    // MARK: Places

    @Test func `of a restricted patient no rule speaks of a place`() {
        var settings = HuddleSettings()
        settings.fopasWards = ["FRAIL"]
        settings.virtualWards = ["FRAIL"]
        var encounter = stay("2026-03-01T09:00:00Z", "2026-03-02T09:00:00Z", "21")
        encounter.ward = "FRAIL"
        encounter.specialty = "430"
        encounter.admissionSource = "19"
        encounter.dischargeDestination = "85"
        var second = stay("2026-03-02T10:00:00Z", nil, "11")
        second.admissionSource = "54"
        func found(_ encounter: HuddleEncounter) -> Set<String> {
            Set(
                HuddleRules(settings).flags(of: encounter, HuddlePatient(encounters: [encounter]), now: now).map(
                    \.rule.rawValue))
        }
        #expect(found(encounter) == ["fopas", "virtual-ward", "new-care-home"])
        #expect(found(second) == ["care-home"])
        encounter.isRestricted = true
        second.isRestricted = true
        #expect(found(encounter) == [])
        #expect(found(second) == [])
    }

    @Test func `age alone is no reason for FOPAS, with frailty it is`() {
        var patient = HuddlePatient(encounters: [stay("2026-03-01T09:00:00Z", nil, "21")])
        patient.born = "1951-03-03"
        #expect(codes(patient.encounters[0], patient) == [])
        patient.frailtyScore = 5
        #expect(codes(patient.encounters[0], patient) == ["fopas"])
        patient.born = "1951-03-04"
        #expect(codes(patient.encounters[0], patient) == [])
        patient.registration = .init(hasFOPASConcern: true)
        #expect(codes(patient.encounters[0], patient) == ["fopas"])
    }

    @Test func `a Symphony score is old after 90 days`() {
        var patient = HuddlePatient(encounters: [stay("2026-03-01T09:00:00Z", nil)])
        for (day, isOld) in [("2025-12-03", false), ("2025-12-02", true)] {
            patient.symphony = .init(9, on: LondonDay(day))
            let flag = flags(patient.encounters[0], patient).first
            #expect(flag?.value == .number(9))
            #expect(flag?.scoredOn == day)
            #expect(flag?.isOld == isOld)
        }
    }

    @Test func `expected within 48 hours, or ready`() {
        var open = stay("2026-03-01T09:00:00Z", nil)
        for (day, isExpected) in [("2026-03-05", true), ("2026-03-06", false), ("2026-03-01", true)] {
            open.expectedDischarge = LondonDay(day)
            #expect(codes(open).contains("expected-discharge") == isExpected, "\(day)")
        }
        open.expectedDischarge = nil
        open.isMedicallyFit = true
        #expect(flags(open).first?.value == .text("ready"))
    }

    @Test func `what worries the service is found in open stays and in those that ended of late`() {
        var own = stay("2026-02-20T09:00:00Z", "2026-02-24T09:00:00Z", "11")
        own.dischargeMethod = "6"
        #expect(rules.systemConcerns(of: HuddlePatient(encounters: [own]), now: now).map(\.rule) == [.selfDischarge])
        own.endedAt = at("2026-02-23T09:00:00Z")
        #expect(rules.systemConcerns(of: HuddlePatient(encounters: [own]), now: now).isEmpty)
        let left = ["2026-02-02T09:00:00Z", "2026-02-27T09:00:00Z"].map { start in
            var attendance = attendance(start, start)
            attendance.disposal = "12"
            return attendance
        }
        #expect(
            rules.systemConcerns(of: HuddlePatient(encounters: left), now: now).map(\.rule) == [.leftBeforeTreatment])
        #expect(rules.systemConcerns(of: HuddlePatient(encounters: left), now: now + .seconds(86_400)).isEmpty)
    }

    @Test func `similar names name each other, and nobody themselves`() {
        func line(_ person: String, _ family: String, _ given: String, _ born: String) -> SimilarNames.Line {
            .init(person: person, ref: "enc_\(person)\(given)", family: family, given: given, born: born)
        }
        let others = SimilarNames.others([
            line("1", "Adder", "Ann", "1931-01-01"), line("2", "ADDER", "Alf", "1950-01-01"),
            line("1", "Adder", "Ann2", "1931-01-01"), line("3", "Smith", "Jo", "1944-02-02"),
            line("4", "Smyth", "Mo", "1944-09-09"), line("5", "Smith", "Kim", "1945-02-02"),
        ])
        #expect(others == ["enc_2Alf", "enc_1Ann", "enc_2Alf", "enc_4Mo", "enc_3Jo", nil])
    }

    // MARK: The huddle

    @Test func `each admission is new in exactly one huddle, whatever the delays`() {
        var generator = SeededGenerator(seed: 4)
        for _ in 0..<300 {
            let admitted = at("2026-03-02T09:00:00Z") + .seconds(Int.random(in: 0..<400_000, using: &generator))
            let told = admitted + .seconds(Int.random(in: 0..<200_000, using: &generator))
            var encounter = stay(admitted.iso8601, nil)
            encounter.admitted.toldAt = told
            // Huddles end when they end, one of them at the very moment of the telling.
            var closes = (0..<9).map { day in
                at("2026-03-01T08:00:00Z") + .seconds(day * 86_400 + Int.random(in: 0..<7_000, using: &generator))
            }
            if Bool.random(using: &generator) { closes.append(told) }
            closes.sort()
            // A look sees what was told by then; the next window begins where the huddle ended.
            let news = zip(closes, closes.dropFirst()).filter { since, close in
                guard told <= close else { return false }
                let place = rules.place(of: HuddlePatient(encounters: [encounter]), since: since, now: close)
                return place?.section == .admissions && place?.isNew == true
            }
            #expect(news.count == 1)
        }
    }

    // MARK: Given

    let now = at("2026-03-03T08:00:00Z")

    private func flags(_ encounter: HuddleEncounter, _ patient: HuddlePatient? = nil) -> [HuddleFlag] {
        rules.flags(of: encounter, patient ?? HuddlePatient(encounters: [encounter]), now: now)
    }

    private func codes(_ encounter: HuddleEncounter, _ patient: HuddlePatient? = nil) -> [String] {
        flags(encounter, patient).map(\.rule.rawValue)
    }

    private func stay(_ start: String, _ end: String?, _ method: String = "11") -> HuddleEncounter {
        var encounter = HuddleEncounter(
            ref: "enc_\(start)\(method)", version: 1, encounterClass: "inpatient",
            status: end == nil ? "in-progress" : "finished", startedAt: at(start), lastToldAt: at(end ?? start))
        encounter.admitted = HuddleMoment(at: at(start), toldAt: at(start))
        encounter.admissionMethod = method
        encounter.endedAt = end.map { at($0) }
        encounter.discharged = HuddleMoment(at: end.map { at($0) }, toldAt: end.map { at($0) })
        return encounter
    }

    private func attendance(_ start: String, _ end: String) -> HuddleEncounter {
        var encounter = HuddleEncounter(
            ref: "enc_\(start)", version: 1, encounterClass: "emergency", status: "finished", startedAt: at(start),
            lastToldAt: at(end))
        encounter.isAttendance = true
        encounter.arrived = HuddleMoment(at: at(start), toldAt: at(start))
        encounter.endedAt = at(end)
        encounter.discharged = HuddleMoment(at: at(end), toldAt: at(end))
        return encounter
    }
}

private func at(_ text: String) -> Instant {
    Instant(iso8601: text) ?? Instant(microseconds: 0)
}
