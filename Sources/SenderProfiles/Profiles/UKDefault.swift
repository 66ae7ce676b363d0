extension ShippedProfiles {
    static let ukDefault = #"""
        # What UK hospitals do as a rule, for senders that nobody has described.
        #
        # This file is the documentation of sender profiles as well: every key stands here, with what it means. A
        # profile of your own extends one that is there and says only what differs:
        #
        #     name: moorland
        #     title: Moorland District, the patient administration system of 2026
        #     extends: cerner
        #     senders:
        #       - facility: RXX
        #     wards:
        #       fopas: [FOPAS, EAU2]
        #
        # Words and lists take the place of those of the extended profile. The maps classes, patient-types,
        # admission-methods and triggers are taken over key by key. Codes are compared without regard to case. To
        # see what a profile makes of real messages: primary-conect profile check moorland.yaml --against
        # messages.hl7

        # What settings and commands call it: 1 to 32 of a-z, 0-9 and -.
        name: uk-default

        # What people call it. Without it, the name.
        title: UK hospitals as a rule

        # The profile it differs from; without this key, uk-default. "nothing": it says everything itself.
        extends: nothing

        # Whose habits these are, by MSH-3 (application), MSH-4 (facility) or both; a * at the end stands for any
        # ending. Asked where the setting "feeds" names no profile for the hospital. Never taken over from the
        # extended profile.
        #     - application: TRAKCARE
        #     - facility: RA4
        senders: []

        # What two double quotes in a field mean. hl7: delete the value. ignore: nothing.
        null-semantics: hl7

        # When the hospital recorded it. event-recorded: EVN-2, else MSH-7. message-made: MSH-7 (for senders that
        # put the time of the event itself into EVN-2).
        recorded-time: event-recorded

        # Which component of PV1-3 names the ward. point-of-care: the first; the second is the bay. room: the second
        # (ITK). automatic: the first, unless that only repeats the organisation (MSH-4, or how the site in the
        # fourth begins).
        ward-component: automatic

        nhs-number:
          # What CX.4 or CX.5 of PID-3 and PID-2 says where the number is an NHS number; blanks do not count.
          marks: [NHS, NH, NHSNBR, NHSNMBR, NHSNUMBER, NHSNO, NHSN]
          # Whether a bare number in PID-19 that passes the check is one.
          pid-19: true

        local-identifier:
          # CX.5 of the hospital's own patient number, the best first.
          types: [MR, MRN, PI, HOSP, CNN, PT, EPI]
          # CX.4 (else CX.6) of the hospital's own patient number: where it is told, no other authority's number, and
          # none without authority, is taken for it. "none": any will do.
          issuer: none

        visit-number:
          # Whether PID-18 is the visit number where PV1-19 is empty.
          pid-18: false

        # Where the code of the registered practice stands, the best first; all repetitions of each are looked at.
        practice-paths: [PD1-3.3, PD1-3.10, PD1-4.6, PD1-3.1]

        # PV1-2: inpatient, daycase, emergency, outpatient, preadmit, other; none: says nothing.
        classes:
          # ITK table 0004. Obstetric and commercial patients are in beds; N and U say nothing.
          I: inpatient
          B: inpatient
          C: inpatient
          E: emergency
          O: outpatient
          P: preadmit
          W: preadmit
          R: other
          # Words, as they are met.
          D: daycase
          INPATIENT: inpatient
          OBSTETRICS: inpatient
          MATERNITY: inpatient
          NEWBORN: inpatient
          EMERGENCY: emergency
          OUTPATIENT: outpatient
          PREADMIT: preadmit
          WAITLIST: preadmit
          WAIT LIST: preadmit
          RECURRING: other
          DAYCASE: daycase
          DAY CASE: daycase

        # PV1-18, asked where PV1-2 says inpatient: a day case is one whatever PV1-2 says, and an A04 of an
        # emergency patient is an attendance. At most 16 characters, blanks aside.
        patient-types:
          DAY CASE: daycase
          DAYCASE: daycase
          REGULAR DAY: daycase
          EMERGENCY: emergency

        # PV1-4, where it is not an NHS admission method already; none: says nothing.
        admission-methods:
          # HL7 table 0007.
          A: 21
          E: 21
          L: 31
          N: 82
          R: 12
          C: 13
          U: none
          EMERGENCY-A&E/DENTAL: 21

        # What PV1-36 holds: by-value (worked out from the value and the class), discharge-method,
        # discharge-destination, or disposal (of an A&E attendance). A 4 is death as a method and the A&E clinic as
        # a disposal.
        discharge-disposition: by-value

        # Values of PV1-36 that are discharge destinations, where it is worked out by value; ranges of numbers may
        # be told.
        destination-codes: [19, 29, 30, 37-66, 79, 84-88, 98]

        # What a trigger event means here where it is not what the norm says: another one, or ignore (kept, counted,
        # without effect). allowed: where it is told, all others are ignored.
        #     A10: A04
        #     A09: ignore
        #     allowed: [A01, A02, A03, A08, A11, A13, A28, A31, A40]
        triggers: {}

        wards:
          # Of the frail and older persons' assessment service.
          fopas: []
          # That are no beds: hospital at home.
          virtual: []
          # Whose patients are shown with care: that they are in is told, where and why is not.
          sensitive: []

        specialties:
          # PV1-10 of patients who are shown with care: local policy.
          sensitive: []

        """#
}
