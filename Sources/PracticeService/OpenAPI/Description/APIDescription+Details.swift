extension APIDescription {
    static let details = Piece(
        paths: #"""
              /api/v1/encounters/{ref}:
                get:
                  operationId: getEncounter
                  tags: [Patients]
                  security: [{ bearer: [] }, { registeredSystem: ["patients:read"] }]
                  summary: One stay or attendance
                  description: The look and the patient are recorded. Another practice's ref is 404, as if there were none.
                  parameters:
                    - $ref: "#/components/parameters/EncounterRef"
                    - $ref: "#/components/parameters/PracticeOfRef"
                    - $ref: "#/components/parameters/BreakGlass"
                    - $ref: "#/components/parameters/IfNoneMatch"
                    - $ref: "#/components/parameters/RequestID"
                  responses:
                    "200":
                      description: The encounter, as far as it may be shown.
                      headers:
                        X-Request-ID: { $ref: "#/components/headers/RequestID" }
                        ETag: { $ref: "#/components/headers/ETag" }
                      content:
                        application/json:
                          schema: { $ref: "#/components/schemas/EncounterDetail" }
                    "304": { $ref: "#/components/responses/NotModified" }
                    "400": { $ref: "#/components/responses/BadRequest" }
                    "401": { $ref: "#/components/responses/Unauthorized" }
                    "403": { $ref: "#/components/responses/Forbidden" }
                    "404": { $ref: "#/components/responses/NotFound" }
                    "429": { $ref: "#/components/responses/TooManyRequests" }
                    "503": { $ref: "#/components/responses/Unavailable" }
              /api/v1/patients/{ref}:
                get:
                  operationId: getPatient
                  tags: [Patients]
                  security: [{ bearer: [] }, { registeredSystem: ["patients:read"] }]
                  summary: One patient, with all encounters
                  description: |
                    Encounters of this ref, and those that other hospitals tell under the same NHS number, the latest first; 500 at most.
                  parameters:
                    - $ref: "#/components/parameters/PatientRef"
                    - $ref: "#/components/parameters/PracticeOfRef"
                    - $ref: "#/components/parameters/BreakGlass"
                    - $ref: "#/components/parameters/IfNoneMatch"
                    - $ref: "#/components/parameters/RequestID"
                  responses:
                    "200":
                      description: The patient, as far as may be shown.
                      headers:
                        X-Request-ID: { $ref: "#/components/headers/RequestID" }
                        ETag: { $ref: "#/components/headers/ETag" }
                      content:
                        application/json:
                          schema: { $ref: "#/components/schemas/PatientDetail" }
                    "304": { $ref: "#/components/responses/NotModified" }
                    "400": { $ref: "#/components/responses/BadRequest" }
                    "401": { $ref: "#/components/responses/Unauthorized" }
                    "403": { $ref: "#/components/responses/Forbidden" }
                    "404": { $ref: "#/components/responses/NotFound" }
                    "410": { $ref: "#/components/responses/Merged" }
                    "429": { $ref: "#/components/responses/TooManyRequests" }
                    "503": { $ref: "#/components/responses/Unavailable" }
              /api/v1/patients/{ref}/timeline:
                get:
                  operationId: getPatientTimeline
                  tags: [Patients]
                  security: [{ bearer: [] }, { registeredSystem: ["patients:read"] }]
                  summary: What happened to a patient, the latest first
                  description: Says nothing of places. Types are those of the change feed.
                  parameters:
                    - $ref: "#/components/parameters/PatientRef"
                    - $ref: "#/components/parameters/PracticeOfRef"
                    - $ref: "#/components/parameters/BreakGlass"
                    - $ref: "#/components/parameters/IfNoneMatch"
                    - $ref: "#/components/parameters/RequestID"
                  responses:
                    "200":
                      description: The timeline.
                      headers:
                        X-Request-ID: { $ref: "#/components/headers/RequestID" }
                        ETag: { $ref: "#/components/headers/ETag" }
                      content:
                        application/json:
                          schema: { $ref: "#/components/schemas/Timeline" }
                    "304": { $ref: "#/components/responses/NotModified" }
                    "400": { $ref: "#/components/responses/BadRequest" }
                    "401": { $ref: "#/components/responses/Unauthorized" }
                    "403": { $ref: "#/components/responses/Forbidden" }
                    "404": { $ref: "#/components/responses/NotFound" }
                    "410": { $ref: "#/components/responses/Merged" }
                    "429": { $ref: "#/components/responses/TooManyRequests" }
                    "503": { $ref: "#/components/responses/Unavailable" }
              /api/v1/patients/$match:
                post:
                  operationId: matchPatient
                  tags: [Patients]
                  security: [{ bearer: [] }, { registeredSystem: ["patients:match"] }]
                  summary: The ref of somebody whose NHS number is known
                  description: |
                    A number never stands in an address. The birth date has to agree with what the hospital told, as far as it told any.
                  parameters:
                    - $ref: "#/components/parameters/PracticeOfRef"
                    - $ref: "#/components/parameters/BreakGlass"
                    - $ref: "#/components/parameters/RequestID"
                  requestBody:
                    required: true
                    content:
                      application/json:
                        schema:
                          type: object
                          required: [nhs_number, born]
                          additionalProperties: false
                          properties:
                            nhs_number: { type: string, pattern: "^[0-9]{10}$", examples: ["9990000018"] }
                            born: { type: string, format: date, examples: ["1931-12-25"] }
                  responses:
                    "200":
                      description: The ref; where several hospitals tell of the person, that of the latest encounter first.
                      headers:
                        X-Request-ID: { $ref: "#/components/headers/RequestID" }
                        ETag: { $ref: "#/components/headers/ETag" }
                      content:
                        application/json:
                          schema: { $ref: "#/components/schemas/Match" }
                    "400": { $ref: "#/components/responses/BadRequest" }
                    "401": { $ref: "#/components/responses/Unauthorized" }
                    "403": { $ref: "#/components/responses/Forbidden" }
                    "404": { $ref: "#/components/responses/NotFound" }
                    "413": { $ref: "#/components/responses/TooLarge" }
                    "429": { $ref: "#/components/responses/TooManyRequests" }
                    "503": { $ref: "#/components/responses/Unavailable" }
              /api/v1/patients/{ref}/reveal:
                post:
                  operationId: revealPatient
                  tags: [Patients]
                  security: [{ bearer: [] }, { registeredSystem: ["patients:read"] }]
                  summary: Where a restricted patient is, for a reason
                  description: For clinicians of the practice. The reason is recorded and somebody reads it.
                  parameters:
                    - $ref: "#/components/parameters/PatientRef"
                    - $ref: "#/components/parameters/PracticeOfRef"
                    - $ref: "#/components/parameters/BreakGlass"
                    - $ref: "#/components/parameters/RequestID"
                  requestBody:
                    required: true
                    content:
                      application/json:
                        schema:
                          type: object
                          required: [reason]
                          additionalProperties: false
                          properties:
                            reason: { type: string, minLength: 10, maxLength: 500, examples: ["Family asks where to visit"] }
                  responses:
                    "200":
                      description: The places.
                      headers:
                        X-Request-ID: { $ref: "#/components/headers/RequestID" }
                        ETag: { $ref: "#/components/headers/ETag" }
                      content:
                        application/json:
                          schema: { $ref: "#/components/schemas/Revealed" }
                    "400": { $ref: "#/components/responses/BadRequest" }
                    "401": { $ref: "#/components/responses/Unauthorized" }
                    "403": { $ref: "#/components/responses/Forbidden" }
                    "404": { $ref: "#/components/responses/NotFound" }
                    "413": { $ref: "#/components/responses/TooLarge" }
                    "429": { $ref: "#/components/responses/TooManyRequests" }
                    "503": { $ref: "#/components/responses/Unavailable" }

            """#,
        schemas: #"""
                EncounterMembers:
                  type: object
                  required: [encounter, version, class, status, arrived, departed, admitted, discharged, location, nights, expected_discharge, specialty, consultant, reason, medically_fit, ready_at, came_from, led_to, standing, inferred, doubts, first_told_at, last_told_at, corrected]
                  properties:
                    encounter: { type: string, pattern: "^enc_[0-9a-z]+$" }
                    version: { type: integer }
                    class: { type: string, description: "`inpatient`, `daycase`, `emergency`, `outpatient`, `preadmit`, `other` or `unknown`." }
                    status: { type: string, description: "`planned`, `arrived`, `in-progress`, `onleave`, `finished`, `cancelled`, `entered-in-error` or `withdrawn`." }
                    arrived: { oneOf: [{ $ref: "#/components/schemas/Happening" }, { type: "null" }] }
                    departed: { oneOf: [{ $ref: "#/components/schemas/Departure" }, { type: "null" }] }
                    admitted: { oneOf: [{ $ref: "#/components/schemas/Admission" }, { type: "null" }] }
                    discharged: { oneOf: [{ $ref: "#/components/schemas/Discharge" }, { type: "null" }] }
                    location: { $ref: "#/components/schemas/Location" }
                    nights: { type: ["integer", "null"], minimum: 0 }
                    expected_discharge: { type: ["string", "null"], format: date }
                    specialty: { $ref: "#/components/schemas/Coded" }
                    consultant:
                      type: ["object", "null"]
                      required: [code, name]
                      properties:
                        code: { type: ["string", "null"] }
                        name: { type: ["string", "null"] }
                    reason: { type: ["string", "null"], description: As the hospital wrote it; withheld of a restricted patient. }
                    medically_fit: { type: ["boolean", "null"] }
                    ready_at: { type: ["string", "null"], format: date-time }
                    came_from: { type: ["string", "null"], description: The attendance that the stay came out of. }
                    led_to: { type: ["string", "null"], description: The stay that the attendance led to. }
                    standing: { type: string, enum: [confirmed, stale, presumed-closed, unconfirmed] }
                    inferred: { type: boolean }
                    doubts: { type: array, items: { type: string } }
                    first_told_at: { type: string, format: date-time }
                    last_told_at: { type: string, format: date-time }
                    corrected:
                      type: ["object", "null"]
                      required: [told_at, reason]
                      properties:
                        told_at: { type: string, format: date-time }
                        reason: { type: string }
                Freshness:
                  type: object
                  required: [practice, complete, feeds, as_of]
                  properties:
                    practice: { type: string, description: The practice on whose behalf it was read. }
                    complete: { type: boolean, description: "`false` if a feed is silent, or we are still taking in its news: something may be missing. Tell your user." }
                    feeds: { type: array, items: { $ref: "#/components/schemas/Feed" } }
                    as_of: { $ref: "#/components/schemas/AsOf" }
                EncounterDetail:
                  allOf:
                    - $ref: "#/components/schemas/EncounterMembers"
                    - $ref: "#/components/schemas/Freshness"
                    - type: object
                      required: [patient]
                      properties:
                        patient: { $ref: "#/components/schemas/Patient" }
                PatientDetail:
                  allOf:
                    - $ref: "#/components/schemas/Freshness"
                    - type: object
                      required: [patient, other_refs, encounters, concerns, actions, discussions, symphony, registration]
                      properties:
                        patient: { $ref: "#/components/schemas/Patient" }
                        other_refs: { type: array, items: { type: string }, description: Refs of the same person at other hospitals. }
                        encounters: { type: array, items: { $ref: "#/components/schemas/EncounterMembers" } }
                        concerns:
                          description: Open ones first.
                          type: array
                          items:
                            type: object
                            required: [id, kind, state, note, owner, review_on, raised, closed, closing_reason, version]
                            properties:
                              id: { type: string, format: uuid }
                              state: { type: string, enum: [open, closed] }
                        actions:
                          description: Open ones first.
                          type: array
                          items:
                            type: object
                            required: [id, kind, state, due, assignee, note, added, completed, result, version]
                            properties:
                              id: { type: string, format: uuid }
                              state: { type: string, enum: [open, done] }
                        discussions:
                          description: The last thirty huddles that spoke of the patient.
                          type: array
                          items:
                            type: object
                            required: [day, at, by]
                            properties:
                              day: { type: string, format: date }
                        symphony:
                          description: The score that was entered last.
                          type: ["object", "null"]
                          required: [score, scored_on, scored]
                          properties:
                            score: { type: integer, minimum: 1, maximum: 10 }
                            scored_on: { type: string, format: date }
                        registration:
                          description: What the practice's own list says; `null` where it says nothing.
                          type: ["object", "null"]
                          required: [listed, listed_from, left_on, usual_gp, care_home, symphony_score, symphony_scored_on, on_caseload, consented, key_worker, fopas_concern, reviewed_on, review_due_on]
                Timeline:
                  allOf:
                    - $ref: "#/components/schemas/Freshness"
                    - type: object
                      required: [patient, items]
                      properties:
                        patient: { type: string }
                        items:
                          type: array
                          items:
                            type: object
                            required: [type, encounter, happening]
                            properties:
                              type: { type: string, pattern: "^[a-z]+[.][a-z]+$" }
                              encounter: { type: ["string", "null"] }
                              happening: { $ref: "#/components/schemas/Happening" }
                Match:
                  allOf:
                    - $ref: "#/components/schemas/Freshness"
                    - type: object
                      required: [patient, other_refs]
                      properties:
                        patient: { type: string, pattern: "^pt_[0-9a-z]+$" }
                        other_refs: { type: array, items: { type: string } }
                Revealed:
                  allOf:
                    - $ref: "#/components/schemas/Freshness"
                    - type: object
                      required: [patient, encounters]
                      properties:
                        patient: { type: string }
                        encounters:
                          type: array
                          items:
                            type: object
                            required: [encounter, status, hospital, hospital_name, location, specialty, consultant, reason, destination]
                            properties:
                              encounter: { type: string }
                              status: { type: string }
                              hospital: { type: ["string", "null"] }
                              hospital_name: { type: ["string", "null"] }
                              location:
                                type: object
                                required: [site, site_name, ward, bay, bed, text]
                              specialty: { $ref: "#/components/schemas/Coded" }
                              reason: { type: ["string", "null"] }
                              destination: { $ref: "#/components/schemas/Coded" }
                Coded:
                  type: ["object", "null"]
                  required: [code, text]
                  properties:
                    code: { type: string, description: As the hospital sent it. }
                    text: { type: ["string", "null"], description: What it means in the NHS's list. }

            """#)
}
