package import Admissions
package import EventSourcing
import HL7v2

/// Writes ADT messages as a UK hospital sends them: ITK-like, version 2.4.
///
/// The ward stands in PV1-3.1 and the site in PV1-3.4; times are local (Europe/London) without a zone, to their own precision. What is `absent` is
/// left empty, what is `null` is written `""`. The same inputs give the same bytes; `ADTReader` with the default profile reads the same
/// details back. For the simulator and for tests.
package struct ADTWriter: Sendable {
    /// MSH-3.
    package let sendingApplication: String
    /// MSH-4.
    package let sendingFacility: String
    /// MSH-5.
    package let receivingApplication: String
    /// MSH-6.
    package let receivingFacility: String

    /// Makes a writer for one sender.
    package init(
        sendingApplication: String, sendingFacility: String, receivingApplication: String = "CONECT",
        receivingFacility: String? = nil
    ) {
        self.sendingApplication = sendingApplication
        self.sendingFacility = sendingFacility
        self.receivingApplication = receivingApplication
        self.receivingFacility = receivingFacility ?? sendingFacility
    }

    /// One message, each segment ended by CR, without MLLP framing.
    ///
    /// - Parameters:
    ///   - trigger: the trigger event, such as `A01`.
    ///   - sentAt: MSH-7.
    ///   - recordedAt: EVN-2.
    ///   - occurredAt: EVN-6; left out if `nil`.
    ///   - encounter: PV1, PV2 and ZU1; left out if `nil`.
    package func message(
        trigger: String, controlID: String, sentAt: Instant, recordedAt: Instant, occurredAt: Instant?,
        patient: PatientDetails, encounter: EncounterDetails?
    ) -> [UInt8] {
        var builder = HL7MessageBuilder()
        builder.segment("MSH")
        builder.set(field: 3, to: sendingApplication)
        builder.set(field: 4, to: sendingFacility)
        builder.set(field: 5, to: receivingApplication)
        builder.set(field: 6, to: receivingFacility)
        builder.set(field: 7, to: Self.text(Moment(sentAt)))
        builder.set(field: 9, to: "ADT")
        builder.set(field: 9, component: 2, to: trigger)
        builder.set(field: 9, component: 3, to: Self.structure(of: trigger))
        builder.set(field: 10, to: controlID)
        builder.set(field: 11, to: "P")
        builder.set(field: 12, to: "2.4")
        builder.set(field: 17, to: "GBR")
        builder.set(field: 18, to: "UNICODE UTF-8")
        builder.set(field: 19, to: "EN")

        builder.segment("EVN")
        builder.set(field: 1, to: trigger)
        builder.set(field: 2, to: Self.text(Moment(recordedAt)))
        builder.set(field: 6, to: occurredAt.map { Self.text(Moment($0)) })

        Self.write(patient, to: &builder)
        if let encounter { Self.write(encounter, restricted: patient.restricted, to: &builder) }
        return builder.bytes
    }

    /// The message structure of HL7 2.4 chapter 3 for a trigger event.
    private static func structure(of trigger: String) -> String {
        switch trigger {
        case "A02": "ADT_A02"
        case "A03": "ADT_A03"
        case "A11", "A12": "ADT_A09"
        case "A05", "A28", "A31": "ADT_A05"
        default: "ADT_A01"
        }
    }

    // MARK: PID, PD1

    private static func write(_ patient: PatientDetails, to builder: inout HL7MessageBuilder) {
        builder.segment("PID")
        builder.set(field: 1, to: "1")
        writeIdentifiers(of: patient, to: &builder)
        if let name = patient.name {
            builder.set(field: 5, component: 1, to: name.family)
            builder.set(field: 5, component: 2, to: name.given.first)
            builder.set(field: 5, component: 3, to: name.given.dropFirst().joined(separator: " "))
            builder.set(field: 5, component: 5, to: name.prefix)
            builder.set(field: 5, component: 7, to: "L")
            if let preferred = patient.preferredName.value {
                builder.set(field: 5, repetition: 2, component: 1, to: name.family)
                builder.set(field: 5, repetition: 2, component: 2, to: preferred)
                builder.set(field: 5, repetition: 2, component: 7, to: "PREFERRED")
            }
        }
        builder.set(field: 7, to: patient.born?.filter { $0 != "-" })
        set(field: 8, patient.gender, in: &builder) { Self.code(of: $0) }
        switch patient.address {
        case .absent: break
        case .null: builder.setNull(field: 11)
        case .value(let address):
            for (index, line) in address.lines.prefix(4).enumerated() {
                builder.set(field: 11, component: index + 1, to: line)
            }
            builder.set(field: 11, component: 5, to: address.postcode)
            builder.set(field: 11, component: 7, to: "H")
        }
        switch patient.phones {
        case .absent: break
        case .null: builder.setNull(field: 13)
        case .value(let phones):
            for (index, phone) in phones.enumerated() { builder.set(field: 13, repetition: index + 1, to: phone) }
        }
        set(field: 29, patient.diedAt, in: &builder, text)
        set(field: 30, patient.deceased, in: &builder) { $0 ? "Y" : "N" }
        builder.set(field: 32, to: patient.nhsNumberStatus.map { "NSTS" + $0 })

        guard !patient.practice.isAbsent || !patient.gp.isAbsent else { return }
        builder.segment("PD1")
        switch patient.practice {
        case .absent: break
        case .null: builder.set(field: 3, component: 3, to: "V81999")
        case .value(let practice): builder.set(field: 3, component: 3, to: practice.rawValue)
        }
        write(patient.gp, field: 4, to: &builder)
    }

    private static func writeIdentifiers(of patient: PatientDetails, to builder: inout HL7MessageBuilder) {
        var repetition = 1
        if let number = patient.nhsNumber {
            builder.set(field: 3, component: 1, to: number.digits)
            builder.set(field: 3, component: 4, to: "NHS")
            builder.set(field: 3, component: 5, to: "NH")
            repetition += 1
        }
        for identifier in [patient.local].compactMap(\.self) + patient.identifiers {
            builder.set(field: 3, repetition: repetition, component: 1, to: identifier.value)
            builder.set(field: 3, repetition: repetition, component: 4, to: identifier.issuer)
            builder.set(field: 3, repetition: repetition, component: 5, to: identifier.type)
            repetition += 1
        }
    }

    /// NHS PERSON GENDER CODE; table 0001 where the NHS has none.
    private static func code(of gender: Gender) -> String {
        switch gender {
        case .male: "1"
        case .female: "2"
        case .other: "O"
        case .unknown: "9"
        }
    }

    // MARK: PV1, PV2, ZU1

    private static func write(
        _ encounter: EncounterDetails, restricted: Told<Bool>, to builder: inout HL7MessageBuilder
    ) {
        builder.segment("PV1")
        builder.set(field: 1, to: "1")
        builder.set(field: 2, to: encounter.classText ?? encounter.encounterClass.map { code(of: $0) })
        write(encounter.location, field: 3, to: &builder)
        set(field: 4, encounter.admissionMethod, in: &builder) { $0 }
        write(Told(encounter.priorLocation), field: 6, to: &builder)
        write(encounter.consultant, field: 9, to: &builder)
        set(field: 10, encounter.specialty, in: &builder) { $0 }
        set(field: 14, encounter.admissionSource, in: &builder) { $0 }
        set(field: 16, restricted, in: &builder) { $0 ? "S" : "N" }
        set(field: 18, encounter.patientType, in: &builder) { $0 }
        builder.set(field: 19, component: 1, to: encounter.number)
        builder.set(field: 19, component: 4, to: encounter.issuer)
        builder.set(field: 19, component: 5, to: encounter.numberType ?? "VN")
        builder.set(field: 36, to: encounter.disposition)
        set(field: 36, encounter.disposal, in: &builder) { $0 }
        set(field: 36, encounter.dischargeMethod, in: &builder) { $0 }
        set(field: 37, encounter.dischargeDestination, in: &builder) { $0 }
        set(field: 41, encounter.accountStatus, in: &builder) { $0 }
        builder.set(field: 44, to: encounter.admittedAt.map(text))
        set(field: 45, encounter.dischargedAt, in: &builder, text)

        builder.segment("PV2")
        switch encounter.reason {
        case .absent: break
        case .null: builder.setNull(field: 3)
        case .value(let reason): builder.set(field: 3, component: 2, to: reason)
        }
        set(field: 8, encounter.expectedAdmission, in: &builder, compactDate)
        set(field: 9, encounter.expectedDischarge, in: &builder, compactDate)
        set(field: 38, encounter.arrivalMode, in: &builder) { $0 }

        guard !encounter.medicallyFit.isAbsent || !encounter.readyForDischarge.isAbsent else { return }
        builder.segment("ZU1")
        set(field: 22, encounter.medicallyFit, in: &builder) { $0 ? "Y" : "N" }
        set(field: 24, encounter.readyForDischarge, in: &builder, text)
    }

    private static func code(of encounterClass: EncounterClass) -> String {
        switch encounterClass {
        case .inpatient: "I"
        case .daycase: "D"
        case .emergency: "E"
        case .outpatient: "O"
        case .preadmit: "P"
        case .other: "R"
        }
    }

    private static func write(_ told: Told<HospitalLocation>, field: Int, to builder: inout HL7MessageBuilder) {
        switch told {
        case .absent: break
        case .null: builder.setNull(field: field)
        case .value(let location):
            builder.set(field: field, component: 1, to: location.ward)
            builder.set(field: field, component: 2, to: location.bay)
            builder.set(field: field, component: 3, to: location.bed)
            builder.set(field: field, component: 4, to: location.site)
            builder.set(field: field, component: 9, to: location.description)
        }
    }

    private static func write(_ told: Told<Clinician>, field: Int, to builder: inout HL7MessageBuilder) {
        switch told {
        case .absent: break
        case .null: builder.setNull(field: field)
        case .value(let clinician):
            builder.set(field: field, component: 1, to: clinician.code)
            builder.set(field: field, component: 2, to: clinician.name)
        }
    }

    private static func set<Value>(
        field: Int, _ told: Told<Value>, in builder: inout HL7MessageBuilder, _ text: (Value) -> String
    ) {
        switch told {
        case .absent: break
        case .null: builder.setNull(field: field)
        case .value(let value): builder.set(field: field, to: text(value))
        }
    }

    private static func compactDate(_ date: String) -> String {
        date.filter { $0 != "-" }
    }

    /// A moment as HL7 writes it: local, without a zone, to its precision.
    private static func text(_ moment: Moment) -> String {
        let precision: HL7Timestamp.Precision =
            switch moment.precision {
            case .year: .year
            case .month: .month
            case .day: .day
            case .hour: .hour
            case .minute: .minute
            case .second: .second
            case .fraction: .fraction
            }
        return HL7Timestamp(
            londonTimeAt: moment.instant.microseconds, precision: precision, withOffset: false
        ).text
    }
}
