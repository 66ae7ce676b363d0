import Admissions
import EventSourcing
import Projections

extension JSONAnswer {
    /// One line of a list (product.md section 5.2).
    ///
    /// A stay has `admitted`, `nights` and `expected_discharge`, on the lists that show stays which have ended also
    /// `discharged`, and where the person came through A&E `arrived` and `came_from`, the ref of that attendance; an
    /// attendance has `arrived`, `departed` and, where it led to a stay, that stay's ref (its own, where the hospital keeps
    /// both under one number). What was cancelled or withdrawn says when that was told and why.
    mutating func item(_ item: ListItem, of list: PracticeList, providers: ProviderDirectory, now: Instant) {
        let row = item.row.withholdingLocation()
        let nights = row.nights(at: now)
        beginObject()
        field("encounter", row.encounterRef)
        field("version", row.version)
        key("patient")
        patient(row.patient)
        switch list {
        case .attendances:
            key("arrived")
            happening(row.arrived)
            key("departed")
            departure(row)
            key("location")
            location(row, providers: providers)
            field("led_to", row.linkedEncounterRef)
        case .corrected:
            key("admitted")
            admission(row)
            key("arrived")
            happening(row.arrived)
            key("location")
            location(row, providers: providers)
            field("status", row.status)
            key("corrected")
            correction(row)
        case .admissions, .inHospital, .discharges:
            if let attendance = row.linkedEncounterRef {
                key("arrived")
                happening(row.arrived)
                field("came_from", attendance)
            }
            key("admitted")
            admission(row)
            if list != .inHospital {
                key("discharged")
                discharge(row)
            }
            key("location")
            location(row, providers: providers)
            field("nights", nights)
            field("expected_discharge", DayText.day(of: row.expectedDischarge))
        }
        key("flags")
        flags(item, nights: nights)
        key("discussed")
        null()
        endObject()
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

    /// What to look at, worst first: long stays of 7, 14 and 21 nights, then doubts whether the encounter is still
    /// open.
    private mutating func flags(_ item: ListItem, nights: Int64?) {
        beginArray()
        if item.row.isOpen, let nights, let band = [21, 14, 7].first(where: { nights >= $0 }) {
            beginObject()
            field("code", "los")
            field("value", Int64(band))
            endObject()
        }
        if item.standing != .confirmed {
            beginObject()
            field("code", "standing")
            field("value", item.standing.rawValue)
            endObject()
        }
        if item.row.isInferred {
            beginObject()
            field("code", "inferred")
            endObject()
        }
        endArray()
    }
}

extension EncounterRow {
    /// London midnights from admission to discharge, or to `now` while open; `nil` for an attendance, and for a stay of
    /// which no admission or no end is known.
    func nights(at now: Instant) -> Int64? {
        guard encounterClass != "emergency", let start = admitted.at else { return nil }
        if isOpen { return LondonClock.midnights(from: start, to: now) }
        return discharged.at.map { LondonClock.midnights(from: start, to: $0) }
    }
}
