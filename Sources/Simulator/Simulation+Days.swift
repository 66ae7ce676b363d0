import HL7v2

/// What happens: days begin, people come and leave.
extension Simulation {
    /// Lets one silent act happen.
    mutating func happen(_ act: Act) {
        switch act.step {
        case .planDay: plan(CalendarDay(number: act.subject))
        case .arrive: if let kind = Stay.Kind(rawValue: UInt8(act.subject)) { arrive(kind, at: act.due) }
        case .arriveFromWard: arriveFromWard(act)
        case .admitFromEmergency: admitFromEmergency(act.subject, at: act.due)
        case .leave: leave(act.subject, at: act.due)
        case .forget: forget(act.subject)
        default: break
        }
    }

    /// Draws up who will come on a day, and the news about people that day.
    private mutating func plan(_ day: CalendarDay) {
        today = day
        visitCounts = [Int](repeating: 0, count: district.hospitals.count * 2)
        let midnight = day.microseconds(atMinute: 0)
        pause = nil
        if LondonTime.offsetMinutes(at: midnight) == 60, LondonTime.offsetMinutes(at: midnight + 12 * Self.hour) == 0 {
            twice = midnight + Self.hour..<midnight + 3 * Self.hour
            pause = settings.pausesWhenClocksGoBack ? twice : nil
        }
        let season = HourProfile.emergenciesByMonth[day.civil.month - 1]
        let attendances = settings.attendancesPerDay * season * HourProfile.attendancesByWeekday[day.weekday]
        planArrivals(.attendance, attendances, HourProfile.attendances, on: day)
        let direct = settings.directEmergenciesPerWeekday * season * (day.isWeekend ? 0.5 : 1)
        planArrivals(.emergency, direct, HourProfile.directEmergencies, on: day)
        // Saturdays almost none; on Sundays a few come in the evening before.
        let planned = day.weekday == 5 ? 0.06 : day.weekday == 6 ? 0.25 : 1
        planArrivals(.elective, settings.electivesPerWeekday * planned, HourProfile.planned, on: day)
        planArrivals(.dayCase, day.isWeekend ? 0 : settings.dayCasesPerWeekday, HourProfile.planned, on: day)

        let quiet = day.isWeekend ? 0.55 : 1.18
        planNews(.tellPerson, settings.demographicUpdatesPerDay * quiet, on: day)
        planNews(.tellNewPerson, settings.newPeoplePerDay * quiet, on: day)
        planNews(.tellPracticeChange, settings.practiceChangesPerDay * quiet, on: day)
        planNews(.tellDeathOutside, settings.deathsOutsidePerDay * quiet, on: day)
        let next = day.adding(days: 1)
        queue.push(Act(due: next.microseconds(atMinute: 0), .planDay, next.number))
    }

    private mutating func planArrivals(_ kind: Stay.Kind, _ mean: Double, _ profile: [Double], on day: CalendarDay) {
        for _ in 0..<generator.count(mean: mean) {
            let due = day.microseconds(atMinute: HourProfile.minute(profile, &generator))
            push(Act(due: due, .arrive, Int(kind.rawValue)))
        }
    }

    private mutating func planNews(_ step: Act.Step, _ mean: Double, on day: CalendarDay) {
        for _ in 0..<generator.count(mean: mean) {
            let minute = HourProfile.minute(HourProfile.office, &generator)
            let due = day.microseconds(atMinute: minute) + Int64(generator.below(60)) * Self.second
            let share = generator.fraction()
            push(Act(due: due, step, 0, hospital: share < 0.9 ? 0 : share < 0.95 ? 1 : 2))
        }
    }

    /// Queues an act, unless the simulation (or this day of it) only begins later.
    private mutating func push(_ act: Act) {
        if act.due >= beginning { queue.push(act) }
    }

    // MARK: Coming

    private mutating func arrive(_ kind: Stay.Kind, at time: Int64) {
        guard let person = visitor(kind) else { return }
        let id = open(kind, person, hospital: 0, at: time)
        guard let years = stays[id].map({ age(of: $0) }) else { return }
        if kind == .attendance {
            planAttendance(id, years)
        } else {
            let lag = Int64(generator.within(2...25)) * Self.minute
            tellFirst(id, at: time + lag)
            planStay(id, from: time, toldAt: time + lag)
        }
    }

    /// Someone who can come, drawn by age and habit; nil in the unlikely case that nobody is found.
    private mutating func visitor(_ kind: Stay.Kind) -> Int? {
        for _ in 0..<40 {
            let person: Int
            let returns = !returners.isEmpty && generator.chance(0.07)
            switch kind {
            case .elective, .dayCase: person = District.draw(district.plannedWeights, generator.next())
            default:
                person =
                    returns
                    ? returners[generator.below(returners.count)]
                    : District.draw(district.emergencyWeights, generator.next())
            }
            guard people.canCome(person) else { continue }
            if kind == .emergency, !generator.chance(AgeProfile.admissionProbability(district.age(person, on: today))) {
                continue
            }
            return person
        }
        return nil
    }

    private mutating func arriveFromWard(_ act: Act) {
        guard let before = stays[act.subject] else { return }
        let id = open(.community, before.person, hospital: act.hospital, at: act.due)
        stays[id]?.reason = before.reason
        let lag = Int64(generator.within(5...90)) * Self.minute
        tellFirst(id, at: act.due + lag)
        planStay(id, from: act.due, toldAt: act.due + lag)
    }

    /// Queues the first news of a stay, and before it the news of the patient where the hospital does not know them.
    mutating func tellFirst(_ id: Int, at time: Int64) {
        guard let stay = stays[id] else { return }
        if !people.isKnown(stay.person, at: stay.hospital) {
            queue.push(Act(due: time - Self.minute, .tellNewcomer, id))
        }
        queue.push(Act(due: time, .tellArrival, id))
    }

    // MARK: Leaving

    private mutating func leave(_ id: Int, at time: Int64) {
        guard var stay = stays[id], !stay.hasLeft else { return }
        stay.hasLeft = true
        beds.leave(hospital: stay.hospital, stay.place)
        people.setAway(stay.person, false)
        if stay.diesAtEnd {
            people.setDead(stay.person)
        } else if let community = communityPlace(for: stay, at: time) {
            stay.destination = "51"
            people.setAway(stay.person, true)
            let due = time + Int64(generator.within(40...150)) * Self.minute
            queue.push(Act(due: due, .arriveFromWard, id, hospital: community))
        } else if stay.kind != .dayCase {
            remember(returner: stay.person)
        }
        stays[id] = stay
    }

    /// The community hospital that takes over an old patient after a long stay; nil where neither has room.
    private mutating func communityPlace(for stay: Stay, at time: Int64) -> Int? {
        guard stay.kind == .emergency, !stay.isMistake, let admitted = stay.admittedAt, time - admitted > 5 * Self.day,
            age(of: stay) >= 70
        else { return nil }
        let emptier = beds.occupied(hospital: 1) <= beds.occupied(hospital: 2) ? 1 : 2
        let taken = beds.occupied(hospital: emptier)
        return generator.chance(taken < 25 ? 0.9 : taken < 28 ? 0.3 : 0.05) && taken < 31 ? emptier : nil
    }

    private mutating func remember(returner person: Int) {
        if returners.count < 400 {
            returners.append(person)
        } else {
            returners[returnerPlace] = person
            returnerPlace = (returnerPlace + 1) % returners.count
        }
    }

    // MARK: Stays in memory

    /// Opens a stay that nobody has been told of.
    mutating func open(
        _ kind: Stay.Kind, _ person: Int, hospital: Int, at time: Int64, number: String? = nil
    ) -> Int {
        stayCount += 1
        let years = district.age(person, on: today)
        let isPlanned = kind == .elective || kind == .dayCase
        let complaints = isPlanned ? Complaint.planned(at: years) : Complaint.emergencies(at: years)
        let reason = complaints.isEmpty ? 0 : complaints[generator.below(complaints.count)]
        let specialty = kind == .attendance ? "180" : kind == .community ? "318" : Complaint.all[reason].specialty
        let fromCareHome = years >= 80 && generator.chance(0.08)
        let method: String =
            switch kind {
            case .attendance: ""
            case .emergency: generator.chance(0.75) ? "22" : "24"
            case .elective: generator.chance(0.7) ? "11" : "12"
            case .dayCase: generator.chance(0.7) ? "11" : "13"
            case .community: "81"
            }
        let byAmbulance = kind == .attendance && generator.chance(years < 18 ? 0.12 : years < 65 ? 0.3 : 0.65)
        let isInpatient = kind != .attendance
        stays[stayCount] = Stay(
            hospital: hospital, person: person, number: number ?? visitNumber(kind, hospital), kind: kind,
            arrivedAt: time, admittedAt: isInpatient ? time : nil,
            place: isInpatient ? bed(hospital, kind, specialty, years) : .emergencyDepartment, toldAdmission: time,
            specialty: specialty, consultant: generator.below(Consultant.perSpecialty), method: method,
            source: kind == .community ? "51" : fromCareHome ? "54" : "19", reason: reason,
            arrivalMode: byAmbulance ? "A" : kind == .attendance ? "C" : "")
        staysOfPerson[person, default: []].append(stayCount)
        people.setAway(person, true)
        return stayCount
    }

    /// The bed to which a patient first comes: the assessment units for most emergencies.
    mutating func bed(_ hospital: Int, _ kind: Stay.Kind, _ specialty: String, _ years: Int) -> Place {
        let place = district.hospitals[hospital]
        guard hospital == 0 else { return beds.take(hospital: hospital, ward: generator.below(place.wards.count)) }
        let code: String? =
            switch kind {
            case .dayCase: "DSU"
            case .elective: specialty == "110" ? "10A" : specialty == "420" ? "CHW" : "9A"
            default:
                years < 17
                    ? "CHW" : specialty == "110" ? "9B" : specialty == "100" || specialty == "101" ? "9A"
                    : years >= 80 && generator.chance(0.5) ? "FAU" : "EAU"
            }
        return beds.take(hospital: 0, ward: place.wards.firstIndex { $0.code == code } ?? 0)
    }

    private mutating func visitNumber(_ kind: Stay.Kind, _ hospital: Int) -> String {
        let place = hospital * 2 + (kind == .attendance ? 1 : 0)
        visitCounts[place] += 1
        // Unique over the years without any memory: the day is part of it.
        let days = Digits.padded(today.number - CalendarDay(year: 2020, month: 1, day: 1).number, to: 4)
        return (kind == .attendance ? "E" : "I") + days + Digits.padded(visitCounts[place], to: 4)
    }

    /// Drops a stay from memory.
    mutating func forget(_ id: Int) {
        guard let stay = stays.removeValue(forKey: id) else { return }
        staysOfPerson[stay.person]?.removeAll { $0 == id }
        if staysOfPerson[stay.person]?.isEmpty == true { staysOfPerson[stay.person] = nil }
    }

    func age(of stay: Stay) -> Int { district.age(stay.person, on: today) }
}
