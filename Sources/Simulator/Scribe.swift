import ADT
import Admissions
import EventSourcing

/// Writes down what a hospital tells, as its system would.
///
/// Pure: the bytes follow from the arguments. Everything the hospital holds is sent each time (ITK: "fully populated"),
/// except in cancels that are stubs. Clinical times are told to the minute, times of recording to the second, all of
/// them local without a zone.
struct Scribe: Sendable {
    private let hospitals: [Hospital]
    private let writers: [ADTWriter]

    init(hospitals: [Hospital]) {
        self.hospitals = hospitals
        writers = hospitals.map { ADTWriter(sendingApplication: "SIMPAS", sendingFacility: $0.code) }
    }

    /// One message; `recorded` is EVN-2 and MSH-7, in microseconds since 1970.
    func write(
        _ news: News, stay: Stay?, person: Person, tracedNumber: String?, people: PeopleLedger, controlID: String,
        recorded: Int64
    ) -> [UInt8] {
        let hospital = hospitals[news.hospital]
        let bytes = writers[news.hospital].message(
            trigger: news.trigger, controlID: controlID, sentAt: Instant(microseconds: recorded),
            recordedAt: Instant(microseconds: recorded), occurredAt: news.occurred.map(Instant.init(microseconds:)),
            patient: patient(person, tracedNumber, people, hospital),
            encounter: stay.map { news.isStub ? stub($0, hospital) : encounter($0, hospital) })
        return hospital.sendsLatin1 ? Latin1.rewritten(bytes) : bytes
    }

    // MARK: Patients

    private func patient(
        _ person: Person, _ tracedNumber: String?, _ people: PeopleLedger, _ hospital: Hospital
    ) -> PatientDetails {
        let died = people.toldDeath(person.index)
        return PatientDetails(
            local: Identifier(value: hospital.localIdentifier(of: person.index), issuer: hospital.code, type: "MR"),
            nhsNumber: (person.nhsNumber ?? tracedNumber).flatMap { NHSNumber($0) },
            nhsNumberStatus: person.nhsNumber == nil && tracedNumber != nil ? "01" : person.nhsNumberStatus,
            name: PersonName(family: person.familyInCapitals, given: person.given, prefix: person.title),
            preferredName: Told(person.preferred), born: person.born.text,
            gender: .value(person.sex == "1" ? .male : person.sex == "2" ? .female : .unknown),
            address: .value(PostalAddress(lines: Array(person.address.prefix(2)), postcode: person.address.last)),
            phones: .value(phones(person.index, people)),
            practice: people.practice(person.index).flatMap { ODSPracticeCode($0.code) }.map(Told.value) ?? .null,
            gp: .value(Clinician(code: person.practitioner)), deceased: .value(died != nil),
            diedAt: died.map { .value(minute($0)) } ?? .absent, restricted: .value(person.index % 331 == 7))
    }

    /// Numbers kept for drama (Ofcom): 01632 960000 to 960999, 07700 900000 to 900999.
    private func phones(_ index: Int, _ people: PeopleLedger) -> [String] {
        let number = index * 7 + Int(people.contactVersion(index)) * 131
        let landline = "01632 960" + Digits.padded(number % 1_000, to: 3)
        return index % 3 == 0 ? [landline] : [landline, "07700 900" + Digits.padded(number / 7 % 1_000, to: 3)]
    }

    // MARK: Stays

    private func stub(_ stay: Stay, _ hospital: Hospital) -> EncounterDetails {
        EncounterDetails(number: stay.number, issuer: hospital.code, encounterClass: classOf(stay))
    }

    private func encounter(_ stay: Stay, _ hospital: Hospital) -> EncounterDetails {
        let isAttendance = stay.kind == .attendance
        let consultant = Consultant(specialty: stay.specialty, number: stay.consultant)
        var details = EncounterDetails(
            number: stay.number, issuer: hospital.code, encounterClass: classOf(stay),
            location: .value(location(stay.place, hospital)),
            priorLocation: stay.priorPlace.map { location($0, hospital) },
            consultant: .value(Clinician(code: consultant.code, name: consultant.name)),
            specialty: .value(stay.specialty), admissionMethod: stay.method.isEmpty ? .absent : .value(stay.method),
            admissionSource: isAttendance ? .absent : .value(stay.source),
            reason: .value(Complaint.all[stay.reason].text), admittedAt: minute(stay.toldAdmission),
            expectedDischarge: Told(stay.expectedDischarge?.text),
            arrivalMode: stay.arrivalMode.isEmpty ? .absent : .value(stay.arrivalMode),
            patientType: .value(
                isAttendance ? "EMERGENCY DEPARTMENT" : stay.kind == .dayCase ? "DAY CASE" : "INPATIENT"),
            medicallyFit: stay.isMedicallyFit ? .value(true) : .absent)
        if let discharged = stay.toldDischarge {
            let isFalse = !stay.hasLeft
            details.dischargedAt = .value(minute(discharged))
            if isAttendance {
                details.disposal = .value(stay.disposal)
            } else {
                details.dischargeMethod = .value(isFalse ? (stay.toldDied ? "4" : "1") : stay.dischargeMethod)
                details.dischargeDestination = .value(isFalse ? (stay.toldDied ? "79" : "19") : stay.destination)
            }
        }
        return details
    }

    private func classOf(_ stay: Stay) -> EncounterClass {
        switch stay.kind {
        case .attendance: .emergency
        case .dayCase: .daycase
        case .emergency, .elective, .community: .inpatient
        }
    }

    private func location(_ place: Place, _ hospital: Hospital) -> HospitalLocation {
        guard place.ward >= 0 else {
            return HospitalLocation(site: hospital.code, ward: "ED", description: "Emergency Department")
        }
        let ward = hospital.wards[place.ward]
        // Six beds to a bay, as the older half of the building has it.
        let bay = place.bed > 0 ? "B" + String((place.bed - 1) / 6 + 1) : nil
        return HospitalLocation(
            site: hospital.code, ward: ward.code, bay: bay, bed: place.bed > 0 ? String(place.bed) : nil,
            description: ward.name)
    }

    private func minute(_ microseconds: Int64) -> Moment {
        Moment(Instant(microseconds: microseconds), precision: .minute)
    }
}

extension CalendarDay {
    /// The day as `yyyy-mm-dd`.
    var text: String {
        let civil = civil
        return Digits.padded(civil.year, to: 4) + "-" + Digits.padded(civil.month, to: 2) + "-"
            + Digits.padded(civil.day, to: 2)
    }
}
