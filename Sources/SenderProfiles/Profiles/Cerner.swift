extension ShippedProfiles {
    static let cerner = #"""
        # A Cerner Millennium, as London, Oxford and Homerton send it.
        name: cerner
        title: Cerner Millennium
        extends: uk-default
        senders:
          - application: CERNER*
          - application: BLT_TIE
          - application: HOMERTON_TIE
          - application: OXON_TIE*
          - facility: OXON
        # Every empty field holds two double quotes.
        null-semantics: ignore
        # Unit, room, bed and facility.
        ward-component: point-of-care
        local-identifier:
          # Homerton: the case note number is CNN in PID-3 and MRN in PID-2; a "Person ID" is the system's own.
          types: [MRN, CNN, MR, PI, HOSP]
        visit-number:
          # The FIN (FINNBR), where PV1-19 is empty.
          pid-18: true
        practice-paths: [PD1-3.3, PD1-4.6]
        admission-methods:
          # Other emergency admission, as the Royal Free sends it.
          28B: 28
          ELECT WAIT: 11
          ELECT BOOKED: 12
          ELECT PLANNED: 13
          MATERN ANTE: 31
          MATERN POST: 32
          EMERGENCY: 28
        # PV1-36 holds a method, a destination, or a number of the system's own (3768737), which is kept as sent.
        discharge-disposition: by-value

        """#
}
