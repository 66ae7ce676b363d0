extension APIDescription {
    static let lists = Piece(
        paths: #"""
              /api/v1/practices/{ods}/lists/{list}:
                get:
                  operationId: getList
                  tags: [Lists]
                  security: [{ bearer: [] }, { registeredSystem: ["lists:read"] }]
                  summary: One list of one practice
                  description: |
                    The look is recorded, with each patient that is shown, before anything is sent.
                  parameters:
                    - $ref: "#/components/parameters/Practice"
                    - $ref: "#/components/parameters/BreakGlass"
                    - name: list
                      in: path
                      required: true
                      description: |
                        Stays are those of inpatients. `deaths`: people whose death was told in the window. `admissions`: stays first told to us in the window, still in or not, newest first. `in-hospital`: stays that are open now, longest first. `discharges`: stays whose end was told in the window, newest first. `attendances`: A&E, arrival or end told in the window, newest first. `expected-discharges`: open stays ready to end or expected to within 48 hours. `concerns`: people with an open concern, or one that a rule found. `fopas`: of the service for frail older people. `frequent`: 3 or more emergency admissions in 365 days. `frequent-attenders`: 5 or more attendances in 365 days. `readmissions`: emergency stays that began 0 to 29 days after a discharge. `readmission-risk`: in A&E now, discharged in the last 30 days. `symphony`: people with a Symphony score, in hospital or with an event in 14 days, highest first. `long-stay`: 7 nights and more. `virtual-ward`: in hospital care at home. `care-home`: stays of care-home residents. `corrected`: what was cancelled, entered in error or withdrawn from this practice in the window, newest first. `unknown-practice`: for operators, of the practice `UNKNOWN`. `huddle`: all of it at once, each person in the first section that applies; it knows no `limit`, `cursor` and `sort`.
                      schema:
                        type: string
                        enum: [deaths, admissions, in-hospital, discharges, attendances, expected-discharges, concerns, fopas, frequent, frequent-attenders, readmissions, readmission-risk, symphony, long-stay, virtual-ward, care-home, corrected, unknown-practice, huddle]
                    - name: since
                      in: query
                      description: Opens the window, by when we were told. A time, not in the future, or `last-huddle`. Without it as for `last-huddle`, the window opens when the last huddle was closed, else at 18:00 London time on the previous working day. Lists of what holds now have no window.
                      schema: { type: string, examples: ["2026-03-02T18:00:00Z", last-huddle] }
                    - name: site
                      in: query
                      description: Only this site, as lines show it. Never finds a patient whose location is withheld.
                      schema: { type: string, pattern: "^[A-Z0-9]{3,9}$" }
                    - name: min_symphony
                      in: query
                      description: Only with a Symphony score of at least this.
                      schema: { type: integer, minimum: 1, maximum: 10 }
                    - name: min_nights
                      in: query
                      description: Only stays of at least so many nights.
                      schema: { type: integer, minimum: 0, maximum: 9999 }
                    - name: flag
                      in: query
                      description: Only with this flag. May be repeated, up to 32 times; then each must be there.
                      schema: { type: array, items: { type: string } }
                    - name: discussed
                      in: query
                      description: Only those who were, or were not, marked as discussed today.
                      schema: { type: boolean }
                    - name: sort
                      in: query
                      description: An order in place of the list's own; with a minus descending.
                      schema: { type: string, enum: [happened, "-happened", told, "-told", nights, "-nights", symphony, "-symphony"] }
                    - name: include
                      in: query
                      description: "`why` gives each flag its rule and evidence; `patient` is always there. May be repeated."
                      schema: { type: array, items: { type: string, enum: [patient, why] } }
                    - name: as_of
                      in: query
                      description: The list as it stood at this time, by what had been told by then; of people who are the practice's today, too. Without it, the present.
                      schema: { type: string, format: date-time }
                    - name: position
                      in: query
                      description: The same, behind one event of a hospital's log, by its code and a number. `/api/v1/feeds` has those of now.
                      schema: { type: string, pattern: "^[A-Z0-9-]{1,12}:[1-9][0-9]{0,17}$", examples: ["ZX901:1187"] }
                    - name: limit
                      in: query
                      description: Lines a page.
                      schema: { type: integer, minimum: 1, maximum: 200, default: 50 }
                    - name: cursor
                      in: query
                      description: "`next_cursor` of the page before; keeps the window of the first page; filters and order must be the same."
                      schema: { type: string, maxLength: 512 }
                    - $ref: "#/components/parameters/IfNoneMatch"
                    - $ref: "#/components/parameters/RequestID"
                  responses:
                    "200":
                      description: The list.
                      headers:
                        X-Request-ID: { $ref: "#/components/headers/RequestID" }
                        ETag: { $ref: "#/components/headers/ETag" }
                        X-Poll-Interval: { $ref: "#/components/headers/PollInterval" }
                      content:
                        application/json:
                          schema:
                            oneOf: [{ $ref: "#/components/schemas/List" }, { $ref: "#/components/schemas/Huddle" }]
                    "304": { $ref: "#/components/responses/NotModified" }
                    "400": { $ref: "#/components/responses/BadRequest" }
                    "401": { $ref: "#/components/responses/Unauthorized" }
                    "403": { $ref: "#/components/responses/Forbidden" }
                    "404": { $ref: "#/components/responses/NotFound" }
                    "429": { $ref: "#/components/responses/TooManyRequests" }
                    "503": { $ref: "#/components/responses/Unavailable" }

            """#,
        schemas: #"""
                List:
                  type: object
                  required: [list, practice, as_of, complete, feeds, total, items, next_cursor]
                  properties:
                    list: { type: string }
                    practice: { type: string }
                    as_of: { $ref: "#/components/schemas/AsOf" }
                    complete: { type: boolean, description: "`false` if a feed is silent, or we are still taking in its news: people may be missing. Tell your user." }
                    feeds: { type: array, items: { $ref: "#/components/schemas/Feed" } }
                    total: { type: integer, minimum: 0, description: Lines of the whole list. }
                    items: { type: array, items: { $ref: "#/components/schemas/Line" } }
                    next_cursor: { type: ["string", "null"] }
                Huddle:
                  description: The answer to `huddle`.
                  type: object
                  required: [list, practice, as_of, complete, feeds, since, total, sections]
                  properties:
                    list: { type: string }
                    practice: { type: string }
                    as_of: { $ref: "#/components/schemas/AsOf" }
                    complete: { type: boolean, description: "`false` if a feed is silent, or we are still taking in its news: people may be missing. Tell your user." }
                    feeds: { type: array, items: { $ref: "#/components/schemas/Feed" } }
                    since: { type: string, format: date-time, description: After when news counts as new. }
                    total: { type: integer, minimum: 0, description: People in all sections. }
                    sections:
                      type: array
                      description: All sections in the order in which they are read, empty ones as well.
                      items:
                        type: object
                        required: [section, total, items]
                        properties:
                          section: { type: string, enum: [deaths, admissions, in-hospital, discharges, attendances, concerns, frequent, symphony, corrected] }
                          total: { type: integer, minimum: 0 }
                          others_unchanged: { type: integer, minimum: 0, description: How many more have a high Symphony score and no news. }
                          items: { type: array, items: { $ref: "#/components/schemas/Line" } }
                Line:
                  description: One stay or attendance. Which members stand in it depends on the list.
                  type: object
                  required: [encounter, version, patient, location, flags, discussed]
                  properties:
                    encounter: { type: string, pattern: "^enc_[0-9a-z]+$" }
                    version: { type: integer }
                    patient: { $ref: "#/components/schemas/Patient" }
                    arrived:
                      description: When the patient came to A&E.
                      oneOf: [{ $ref: "#/components/schemas/Happening" }, { type: "null" }]
                    came_from: { type: string, description: The attendance that the stay came out of. }
                    admitted:
                      oneOf: [{ $ref: "#/components/schemas/Admission" }, { type: "null" }]
                    discharged:
                      oneOf: [{ $ref: "#/components/schemas/Discharge" }, { type: "null" }]
                    departed:
                      description: The end of an attendance.
                      oneOf: [{ $ref: "#/components/schemas/Departure" }, { type: "null" }]
                    location: { $ref: "#/components/schemas/Location" }
                    nights: { type: ["integer", "null"], minimum: 0, description: London midnights passed. }
                    expected_discharge: { type: ["string", "null"], format: date }
                    led_to: { type: ["string", "null"], description: The stay that the attendance led to. }
                    status: { type: string }
                    corrected:
                      type: object
                      required: [told_at, reason]
                      properties:
                        told_at: { type: string, format: date-time }
                        reason: { type: string }
                    flags: { type: array, items: { $ref: "#/components/schemas/Flag" } }
                    death_told_at: { type: ["string", "null"], format: date-time, description: When the death was first told to us. }
                    concerns:
                      type: array
                      description: Open concerns that people raised.
                      items:
                        type: object
                        required: [concern, kind, raised_at]
                        properties:
                          concern: { type: string }
                          kind: { type: string }
                          raised_at: { type: string, format: date-time }
                    system_concerns: { type: array, items: { $ref: "#/components/schemas/Flag" }, description: What the service itself finds worrying. }
                    new: { type: boolean, description: First told to us since the last huddle. }
                    discussed:
                      description: Who marked the patient as discussed today, and when.
                      type: ["object", "null"]
                      required: [at, by]
                      properties:
                        at: { type: string, format: date-time }
                        by: { type: string }
                Admission:
                  allOf:
                    - $ref: "#/components/schemas/Happening"
                    - type: object
                      required: [method, method_text]
                      properties:
                        method: { type: ["string", "null"], description: NHS Data Dictionary admission method. }
                        method_text: { type: ["string", "null"] }
                Discharge:
                  allOf:
                    - $ref: "#/components/schemas/Happening"
                    - type: object
                      required: [method, method_text, destination, destination_text]
                      properties:
                        method: { type: ["string", "null"], description: NHS Data Dictionary discharge method. }
                        method_text: { type: ["string", "null"] }
                        destination: { type: ["string", "null"], description: NHS Data Dictionary discharge destination; withheld of a restricted patient. }
                        destination_text: { type: ["string", "null"] }
                Departure:
                  allOf:
                    - $ref: "#/components/schemas/Happening"
                    - type: object
                      required: [disposal, disposal_text]
                      properties:
                        disposal: { type: ["string", "null"], description: How the attendance ended. }
                        disposal_text: { type: ["string", "null"] }

            """#)
}
