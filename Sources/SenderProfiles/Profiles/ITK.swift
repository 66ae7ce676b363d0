extension ShippedProfiles {
    static let itk = #"""
        # The NHS ITK HL7 v2 message specification 1.0: as the UK default, with the ward in the second component of
        # PV1-3. The NHS number is marked in CX.4 alone, the class is a letter, PV1-4 is a national code.
        name: itk
        title: NHS ITK HL7 v2 message specification
        extends: uk-default
        senders:
          # The sender of the specification's own examples.
          - application: PAS
            facility: RCB
        ward-component: room

        """#
}
