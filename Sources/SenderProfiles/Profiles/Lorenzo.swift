extension ShippedProfiles {
    static let lorenzo = #"""
        # An iPM or a Lorenzo (iSOFT, CSC, DXC), as King's, Mid and South Essex and others send it.
        name: lorenzo
        title: iPM and Lorenzo
        extends: uk-default
        senders:
          - application: IPM
          - application: CSCLRC
          - application: ADT
            facility: ISOFT ENGINE
        # The ward with its description in the ninth component, then the bay.
        ward-component: point-of-care
        nhs-number:
          # In PID-2 with CX.4 NHS (iPM), or in PID-3 with CX.5 NHS (Lorenzo).
          marks: [NHS, NH]
          pid-19: false
        local-identifier:
          # In PID-3: with an authority and no type (iPM), or with the type MRN and no authority (Lorenzo).
          types: [MRN, MR, PI, HOSP]
        # NAME^GPPRC^CODE.
        practice-paths: [PD1-3.3]
        admission-methods:
          # Not specified.
          NSP: none

        """#
}
