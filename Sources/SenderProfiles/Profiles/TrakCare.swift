extension ShippedProfiles {
    static let trakcare = #"""
        # An InterSystems TrakCare, as a district hospital sends it through Ensemble or HealthShare.
        name: trakcare
        title: InterSystems TrakCare
        extends: uk-default
        senders:
          - application: TRAKCARE*
        # The ward in the first component of PV1-3, or in the second behind the organisation.
        ward-component: automatic
        nhs-number:
          # CX.4 NHS, CX.5 NH.
          marks: [NHS, NH, NHSNUMBER, NHSNO]
          pid-19: false
        local-identifier:
          # CX.4 is the hospital, CX.5 MR.
          types: [MR, MRN, PI, HOSP]
        practice-paths: [PD1-3.3, PD1-3.10, PD1-4.6]

        """#
}
