import Admissions
import EventSourcing
import Projections

extension JSONAnswer {
    /// A hot onboarding case as this view shows it.
    ///
    /// `next` is the transition that comes next, as `to` takes it. To a practice the hospital of a restricted patient
    /// is withheld; `detail` is `null` where it is not the caller's to see.
    mutating func onboardingCase(_ found: OnboardingReader.Found, _ view: OnboardingReader.View) {
        let shown = found.shown
        beginObject()
        field("case", shown.caseID)
        field("version", shown.version)
        switch view {
        case .hospital, .complexCare: field("hospital", shown.hospital.rawValue)
        case .practice: field("hospital", shown.isRestricted ? nil : shown.hospital.rawValue)
        }
        field("practice", shown.practice)
        field("patient", shown.patientRef)
        field("encounter", shown.encounterRef)
        field("state", shown.state.rawValue)
        field("board", shown.state.boardWord)
        switch view {
        case .hospital: field("section", shown.hospitalSection?.rawValue)
        case .complexCare: field("section", shown.careSection?.rawValue)
        case .practice: break
        }
        field("next", shown.nextStep?.target)
        field("since", systemTime: shown.since)
        field("opened_at", systemTime: shown.openedAt)
        field("round", Int64(shown.round))
        field("inpatient", shown.isInpatient)
        field("consented", shown.isConsented)
        field("priority", shown.priority?.rawValue)
        field("owner", shown.owner)
        field("keyworker", shown.keyworker)
        field("visit_at", systemTime: shown.visitAt)
        field("left_at", systemTime: shown.leftAt)
        field("due_on", shown.dueOn?.text)
        field("deferred_until", systemTime: shown.deferredUntil)
        field("outcome", shown.outcome?.rawValue)
        field("ending", shown.ending?.rawValue)
        key("alerts")
        beginArray()
        for alert in shown.alerts { string(alert.rawValue) }
        endArray()
        field("joined_to", shown.joinedTo)
        if view != .practice {
            key("detail")
            if let detail = found.detail { onboardingDetail(detail) } else { null() }
        }
        endObject()
    }

    private mutating func onboardingDetail(_ detail: OnboardingDetail) {
        beginObject()
        key("patient")
        patient(detail.patient)
        key("admitted")
        happening(detail.admitted)
        key("location")
        beginObject()
        if detail.patient.isRestricted {
            field("withheld", true)
        } else {
            field("site", detail.place.site)
            field("ward", detail.place.ward)
            field("bay", detail.place.bay)
            field("bed", detail.place.bed)
        }
        endObject()
        field("visit_ward", detail.visitWard)
        key("findings")
        json(Array(detail.findings.utf8))
        key("reasons")
        beginArray()
        for reason in detail.reasons { string(reason.rawValue) }
        endArray()
        key("consent")
        if let consent = detail.consent {
            beginObject()
            field("version", consent.version)
            field("given_on", consent.givenOn.text)
            field("capacity", consent.capacity.text)
            endObject()
        } else {
            null()
        }
        key("history")
        json(Array(detail.history.utf8))
        endObject()
    }
}
