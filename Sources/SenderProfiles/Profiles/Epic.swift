extension ShippedProfiles {
    static let epic = #"""
        # An Epic, from what is generally known of it: no message of a UK Epic is public. Hold it against real messages
        # of the hospital before you trust it (primary-conect profile check epic --against messages.hl7).
        name: epic
        title: Epic
        extends: uk-default
        senders:
          - application: EPIC*
        # Department, room, bed and facility.
        ward-component: point-of-care
        nhs-number:
          marks: [NHS, NH, NHSNBR, NHSNUMBER, NHSNO]
          pid-19: false
        local-identifier:
          # EPI is the number of the enterprise and comes last.
          types: [MRN, MR, PI, HOSP, EPI]
        visit-number:
          # PID-18 is the hospital account, which holds many visits.
          pid-18: false
        practice-paths: [PD1-3.3, PD1-3.10, PD1-4.6]
        classes:
          OBSERVATION: inpatient
          SURGERY ADMIT: inpatient
          DAY SURGERY: daycase
        # The hospital chooses what PV1-36 holds; ask, and say it here.
        discharge-disposition: by-value

        """#
}
