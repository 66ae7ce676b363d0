import Admissions
import EventSourcing
import Projections

extension JSONAnswer {
    /// One line of a list (product.md section 5.2).
    ///
    /// A stay has `admitted`, `nights` and `expected_discharge`, on the lists that show stays which have ended also
    /// `discharged`, and where the person came through A&E `arrived` and `came_from`, the ref of that attendance; an
    /// attendance has `arrived`, `departed` and, where it led to a stay, that stay's ref (its own, where the hospital
    /// keeps both under one number). What was cancelled or withdrawn says when that was told and why. On a list of
    /// people the line is that of the encounter that stands for the person.
    ///
    /// - Parameter saysWhy: whether each flag names its rule and evidence.
    mutating func item(
        _ item: ListItem, of list: PracticeList, providers: ProviderDirectory, saysWhy: Bool = false, now: Instant
    ) {
        let row = item.row.withholdingLocation()
        beginObject()
        field("encounter", row.encounterRef)
        field("version", row.version)
        key("patient")
        patient(row.patient)
        switch list {
        case .attendances: attendance(row, providers: providers)
        case .corrected: corrected(row, providers: providers)
        case .inHospital: stay(row, providers: providers, showsEnd: false, now: now)
        case .admissions, .discharges: stay(row, providers: providers, showsEnd: true, now: now)
        default:
            if row.isGone {
                corrected(row, providers: providers)
            } else if row.isAttendance, !row.becameStay {
                attendance(row, providers: providers)
            } else {
                stay(row, providers: providers, showsEnd: true, now: now)
            }
        }
        if list == .deaths || list == .huddle, row.patient.isDeceased {
            field("death_told_at", systemTime: row.patient.deathToldAt)
        }
        key("flags")
        flags(item.flags, saysWhy: saysWhy)
        if list == .concerns || list == .fopas || list == .huddle { concerns(item, saysWhy: saysWhy) }
        if list == .huddle { field("new", item.isNew) }
        key("discussed")
        if let discussed = item.discussed {
            beginObject()
            field("at", systemTime: discussed.at)
            field("by", discussed.by)
            endObject()
        } else {
            null()
        }
        endObject()
    }

    private mutating func stay(_ row: EncounterRow, providers: ProviderDirectory, showsEnd: Bool, now: Instant) {
        if let attendance = row.linkedEncounterRef {
            key("arrived")
            happening(row.arrived)
            field("came_from", attendance)
        }
        key("admitted")
        admission(row)
        if showsEnd {
            key("discharged")
            discharge(row)
        }
        key("location")
        location(row, providers: providers)
        field("nights", row.nights(at: now))
        field("expected_discharge", DayText.day(of: row.expectedDischarge))
    }

    private mutating func attendance(_ row: EncounterRow, providers: ProviderDirectory) {
        key("arrived")
        happening(row.arrived)
        key("departed")
        departure(row)
        key("location")
        location(row, providers: providers)
        field("led_to", row.linkedEncounterRef)
    }

    private mutating func corrected(_ row: EncounterRow, providers: ProviderDirectory) {
        key("admitted")
        admission(row)
        key("arrived")
        happening(row.arrived)
        key("location")
        location(row, providers: providers)
        field("status", row.status)
        key("corrected")
        correction(row)
    }

    /// Concerns that people raised, and what the service itself finds worrying; no notes, which are on the patient's
    /// page.
    private mutating func concerns(_ item: ListItem, saysWhy: Bool) {
        key("concerns")
        beginArray()
        for concern in item.concerns {
            beginObject()
            field("concern", concern.id)
            field("kind", concern.kind)
            field("raised_at", systemTime: concern.raisedAt)
            endObject()
        }
        endArray()
        key("system_concerns")
        flags(item.systemConcerns, saysWhy: saysWhy)
    }

    mutating func admission(_ row: EncounterRow) {
        happening(row.admitted) { json in
            json.field("method", row.admissionMethod)
            json.field("method_text", UKCodes.admissionMethod.label(for: row.admissionMethod))
        }
    }

    mutating func correction(_ row: EncounterRow) {
        beginObject()
        field("told_at", systemTime: row.correctedAt)
        field("reason", row.withdrawnReason?.rawValue ?? row.status)
        endObject()
    }

    /// Who a patient is.
    mutating func patient(_ patient: PatientSummary) {
        beginObject()
        field("ref", patient.ref)
        field("nhs_number", patient.nhsNumber)
        field("family", patient.family)
        key("given")
        beginArray()
        for name in patient.given { string(name) }
        endArray()
        field("prefix", patient.prefix)
        field("preferred", patient.preferred)
        field("born", patient.born)
        field("gender", patient.gender.map { Gender(rawValue: $0) ?? .unknown }?.rawValue)
        key("deceased")
        if patient.isDeceased {
            beginObject()
            field("on", patient.diedAt.map { DayText.day(of: $0, precision: patient.diedPrecision) })
            endObject()
        } else {
            null()
        }
        field("restricted", patient.isRestricted)
        endObject()
    }

    /// When it happened and when we were told, and what `more` writes; `null` where neither time is known.
    mutating func happening(_ happening: Happening, more: (inout JSONAnswer) -> Void = { _ in }) {
        guard happening.at != nil || happening.toldAt != nil else { return null() }
        beginObject()
        key("happened_at")
        switch (happening.at, happening.precision.flatMap { Moment.Precision(rawValue: $0) }) {
        case (nil, _): null()
        case (.some(let at), .year), (.some(let at), .month), (.some(let at), .day):
            string(DayText.day(of: at, precision: happening.precision))
        case (.some(let at), _): clinicalTime(at)
        }
        field("told_at", systemTime: happening.toldAt)
        field("time_ambiguous", happening.isAmbiguous)
        more(&self)
        endObject()
    }

    mutating func discharge(_ row: EncounterRow) {
        // The place a restricted patient went to is a location as much as the one the patient left.
        let destination = row.patient.isRestricted ? nil : row.dischargeDestination
        happening(row.discharged) { json in
            json.field("method", row.dischargeMethod)
            json.field("method_text", UKCodes.dischargeMethod.label(for: row.dischargeMethod))
            json.field("destination", destination)
            json.field("destination_text", UKCodes.dischargeDestination.label(for: destination))
        }
    }

    /// The end of the attendance; where it became a stay under the same number, that is the admission.
    mutating func departure(_ row: EncounterRow) {
        happening(row.becameStay ? row.admitted : row.discharged) { json in
            json.field("disposal", row.disposal)
            json.field("disposal_text", UKCodes.disposalLabel(for: row.disposal))
        }
    }

    /// Where the patient is, or was last; `{"withheld":true}` of a restricted patient, who must not be found by it.
    mutating func location(_ row: EncounterRow, providers: ProviderDirectory) {
        beginObject()
        if row.patient.isRestricted {
            field("withheld", true)
        } else {
            let site = row.location.site ?? row.hospital?.rawValue
            field("site", site)
            field("site_name", providers.siteName(site: site, hospital: row.hospital?.rawValue))
            field("ward", row.location.ward)
            field("bed", row.location.bed)
        }
        endObject()
    }

    /// What to look at, worst first (`HuddleRule`).
    mutating func flags(_ flags: [HuddleFlag], saysWhy: Bool) {
        beginArray()
        for flag in flags {
            beginObject()
            field("code", flag.rule.rawValue)
            switch flag.value {
            case .number(let number)?: field("value", Int64(number))
            case .text(let text)?: field("value", text)
            case nil: break
            }
            if flag.rule == .symphony {
                field("scored_on", flag.scoredOn)
                field("old", flag.isOld)
            }
            if saysWhy {
                key("rule")
                beginObject()
                field("id", flag.rule.rawValue)
                field("version", Int64(flag.rule.version))
                endObject()
                key("evidence")
                beginArray()
                for evidence in flag.evidence {
                    beginObject()
                    field("encounter", evidence.encounterRef)
                    field("version", evidence.version)
                    endObject()
                }
                endArray()
            }
            endObject()
        }
        endArray()
    }
}

extension EncounterRow {
    /// Whether it was cancelled, entered in error, or withdrawn from this practice.
    fileprivate var isGone: Bool { !isOpen && status != "finished" && status != "planned" }

    /// London midnights from admission to discharge, or to `now` while open; `nil` for an attendance, and for a stay of
    /// which no admission or no end is known.
    func nights(at now: Instant) -> Int64? {
        guard encounterClass != "emergency", let start = admitted.at else { return nil }
        if isOpen { return LondonClock.midnights(from: start, to: now) }
        return discharged.at.map { LondonClock.midnights(from: start, to: $0) }
    }
}
