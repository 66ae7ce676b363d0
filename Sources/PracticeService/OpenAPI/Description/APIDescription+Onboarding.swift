extension APIDescription {
    static let onboarding = Piece(
        paths: #"""
              /api/v1/hospitals/{ods}/inpatients:
                get:
                  operationId: getInpatients
                  tags: [Onboarding]
                  security: [{ bearer: [] }, { registeredSystem: ["onboarding:read"] }]
                  summary: Who is in this hospital now, of whatever practice
                  description: |
                    For the hospital's hot onboarding staff, to find whom to flag; those first who have been in longest. Of a restricted patient no ward is told.
                  parameters:
                    - name: ods
                      in: path
                      required: true
                      description: ODS code of the hospital; one that the token names.
                      schema: { type: string, pattern: "^[A-Z0-9]{3,6}$", examples: [ZX901] }
                    - name: limit
                      in: query
                      description: Lines a page.
                      schema: { type: integer, minimum: 1, maximum: 200, default: 50 }
                    - name: cursor
                      in: query
                      description: "`next_cursor` of the page before."
                      schema: { type: string, maxLength: 512 }
                    - $ref: "#/components/parameters/RequestID"
                  responses:
                    "200":
                      description: The inpatients.
                      headers:
                        X-Request-ID: { $ref: "#/components/headers/RequestID" }
                      content:
                        application/json:
                          schema: { $ref: "#/components/schemas/Inpatients" }
                    "400": { $ref: "#/components/responses/BadRequest" }
                    "401": { $ref: "#/components/responses/Unauthorized" }
                    "403": { $ref: "#/components/responses/Forbidden" }
                    "404": { $ref: "#/components/responses/NotFound" }
                    "429": { $ref: "#/components/responses/TooManyRequests" }
                    "503": { $ref: "#/components/responses/Unavailable" }
              /api/v1/onboarding-cases:
                get:
                  operationId: getOnboardingCases
                  tags: [Onboarding]
                  security: [{ bearer: [] }, { registeredSystem: ["onboarding:read"] }]
                  summary: Hot onboarding cases, the longest waiting first
                  description: |
                    Hospital staff see who is an inpatient, or went home before anybody spoke to them; complex care sees who agreed; a practice sees where its patients' cases stand, and nothing of what was noted. A token of several organisations names one.
                  parameters:
                    - $ref: "#/components/parameters/PracticeOfCase"
                    - name: hospital
                      in: query
                      description: The hospital that is meant, for staff of several.
                      schema: { type: string, pattern: "^[A-Z0-9]{3,6}$" }
                    - name: state
                      in: query
                      description: Only in this state.
                      schema: { type: string, enum: [identified, flagged, triaged, visit-planned, visit-offered, deferred, consented, onboarding, handed-over, closed, declined, not-suitable, lost, died, withdrawn] }
                    - name: limit
                      in: query
                      description: Lines a page.
                      schema: { type: integer, minimum: 1, maximum: 200, default: 50 }
                    - name: cursor
                      in: query
                      description: "`next_cursor` of the page before."
                      schema: { type: string, maxLength: 512 }
                    - $ref: "#/components/parameters/RequestID"
                  responses:
                    "200":
                      description: The cases.
                      headers:
                        X-Request-ID: { $ref: "#/components/headers/RequestID" }
                      content:
                        application/json:
                          schema: { $ref: "#/components/schemas/OnboardingCases" }
                    "400": { $ref: "#/components/responses/BadRequest" }
                    "401": { $ref: "#/components/responses/Unauthorized" }
                    "403": { $ref: "#/components/responses/Forbidden" }
                    "404": { $ref: "#/components/responses/NotFound" }
                    "429": { $ref: "#/components/responses/TooManyRequests" }
                    "503": { $ref: "#/components/responses/Unavailable" }
                post:
                  operationId: flagForOnboarding
                  tags: [Onboarding]
                  security: [{ bearer: [] }, { registeredSystem: ["onboarding:write"] }]
                  summary: Flags an inpatient
                  description: |
                    404 for a ref that none of your organisations knows as an inpatient's; 503 with `list_catching_up` where it is done and does not show yet: send the same again.
                  parameters:
                    - $ref: "#/components/parameters/PracticeOfCase"
                    - name: hospital
                      in: query
                      description: The hospital that is meant, for staff of several.
                      schema: { type: string, pattern: "^[A-Z0-9]{3,6}$" }
                    - $ref: "#/components/parameters/IdempotencyKey"
                    - $ref: "#/components/parameters/RequestID"
                  requestBody:
                    required: true
                    content:
                      application/json:
                        schema: { $ref: "#/components/schemas/NewOnboardingCase" }
                  responses:
                    "201":
                      description: The case.
                      headers:
                        X-Request-ID: { $ref: "#/components/headers/RequestID" }
                        ETag: { $ref: "#/components/headers/Version" }
                        Idempotent-Replay: { $ref: "#/components/headers/IdempotentReplay" }
                        Location: { $ref: "#/components/headers/Location" }
                      content:
                        application/json:
                          schema: { $ref: "#/components/schemas/OnboardingCase" }
                    "400": { $ref: "#/components/responses/BadRequest" }
                    "401": { $ref: "#/components/responses/Unauthorized" }
                    "403": { $ref: "#/components/responses/Forbidden" }
                    "404": { $ref: "#/components/responses/NotFound" }
                    "409": { $ref: "#/components/responses/Conflict" }
                    "413": { $ref: "#/components/responses/TooLarge" }
                    "422": { $ref: "#/components/responses/Unprocessable" }
                    "429": { $ref: "#/components/responses/TooManyRequests" }
                    "503": { $ref: "#/components/responses/Unavailable" }
              /api/v1/onboarding-cases/{id}:
                get:
                  operationId: getOnboardingCase
                  tags: [Onboarding]
                  security: [{ bearer: [] }, { registeredSystem: ["onboarding:read"] }]
                  summary: One hot onboarding case
                  description: |
                    Whatever is not yours to see is 404.
                  parameters:
                    - name: id
                      in: path
                      required: true
                      description: As lists of cases give it.
                      schema: { type: string, pattern: "^case_[0-9a-z]+$", maxLength: 64 }
                    - $ref: "#/components/parameters/PracticeOfCase"
                    - name: hospital
                      in: query
                      description: The hospital that is meant, for staff of several.
                      schema: { type: string, pattern: "^[A-Z0-9]{3,6}$" }
                    - $ref: "#/components/parameters/RequestID"
                  responses:
                    "200":
                      description: The case.
                      headers:
                        X-Request-ID: { $ref: "#/components/headers/RequestID" }
                        ETag: { $ref: "#/components/headers/Version" }
                      content:
                        application/json:
                          schema: { $ref: "#/components/schemas/OnboardingCase" }
                    "400": { $ref: "#/components/responses/BadRequest" }
                    "401": { $ref: "#/components/responses/Unauthorized" }
                    "403": { $ref: "#/components/responses/Forbidden" }
                    "404": { $ref: "#/components/responses/NotFound" }
                    "429": { $ref: "#/components/responses/TooManyRequests" }
                    "503": { $ref: "#/components/responses/Unavailable" }
              /api/v1/onboarding-cases/{id}/transitions:
                post:
                  operationId: moveOnboardingCase
                  tags: [Onboarding]
                  security: [{ bearer: [] }, { registeredSystem: ["onboarding:write"] }]
                  summary: The next step of a case
                  description: |
                    From the version that `If-Match` names. 403 for another role's step, 409 where it cannot be done from here, 422 where a rule forbids it.
                  parameters:
                    - name: id
                      in: path
                      required: true
                      description: As lists of cases give it.
                      schema: { type: string, pattern: "^case_[0-9a-z]+$", maxLength: 64 }
                    - $ref: "#/components/parameters/PracticeOfCase"
                    - name: hospital
                      in: query
                      description: The hospital that is meant, for staff of several.
                      schema: { type: string, pattern: "^[A-Z0-9]{3,6}$" }
                    - $ref: "#/components/parameters/IdempotencyKey"
                    - $ref: "#/components/parameters/IfMatch"
                    - $ref: "#/components/parameters/RequestID"
                  requestBody:
                    required: true
                    content:
                      application/json:
                        schema: { $ref: "#/components/schemas/OnboardingStep" }
                  responses:
                    "200":
                      description: The case as it stands then.
                      headers:
                        X-Request-ID: { $ref: "#/components/headers/RequestID" }
                        ETag: { $ref: "#/components/headers/Version" }
                        Idempotent-Replay: { $ref: "#/components/headers/IdempotentReplay" }
                      content:
                        application/json:
                          schema: { $ref: "#/components/schemas/OnboardingCase" }
                    "400": { $ref: "#/components/responses/BadRequest" }
                    "401": { $ref: "#/components/responses/Unauthorized" }
                    "403": { $ref: "#/components/responses/Forbidden" }
                    "404": { $ref: "#/components/responses/NotFound" }
                    "409": { $ref: "#/components/responses/Conflict" }
                    "412": { $ref: "#/components/responses/PreconditionFailed" }
                    "413": { $ref: "#/components/responses/TooLarge" }
                    "422": { $ref: "#/components/responses/Unprocessable" }
                    "428": { $ref: "#/components/responses/PreconditionRequired" }
                    "429": { $ref: "#/components/responses/TooManyRequests" }
                    "503": { $ref: "#/components/responses/Unavailable" }

            """#,
        schemas: #"""
                OnboardingReasons:
                  description: The ticks of the form; without one, and with `other` alone, the note says why.
                  type: array
                  uniqueItems: true
                  items: { type: string, enum: [frequent, readmitted, long-stay, symphony, lives-alone, carer-strain, other] }
                NewOnboardingCase:
                  type: object
                  required: [encounter]
                  additionalProperties: false
                  properties:
                    encounter: { type: string, pattern: "^enc_[0-9a-z]+$", maxLength: 64 }
                    reasons: { $ref: "#/components/schemas/OnboardingReasons" }
                    note: { $ref: "#/components/schemas/Note" }
                OnboardingStep:
                  description: "`to` is the state that the case comes to; `resumed` goes back to where it was, `assigned` leaves it where it is."
                  oneOf:
                    - type: object
                      required: [to]
                      additionalProperties: false
                      properties:
                        to: { const: flagged }
                        reasons: { $ref: "#/components/schemas/OnboardingReasons" }
                        note: { $ref: "#/components/schemas/Note" }
                    - type: object
                      required: [to, priority]
                      additionalProperties: false
                      properties:
                        to: { const: triaged }
                        priority: { type: string, enum: [urgent, soon, routine] }
                        note: { $ref: "#/components/schemas/Note" }
                    - type: object
                      required: [to]
                      additionalProperties: false
                      properties:
                        to: { const: declined }
                        note: { $ref: "#/components/schemas/Note" }
                    - type: object
                      required: [to, reason]
                      additionalProperties: false
                      properties:
                        to: { type: string, enum: [not-suitable, lost, withdrawn] }
                        reason: { type: string, minLength: 1, maxLength: 500 }
                    - type: object
                      required: [to, visit_at]
                      additionalProperties: false
                      properties:
                        to: { const: visit-planned }
                        visit_at: { type: string, format: date-time, description: Today or within 90 days. }
                    - type: object
                      required: [to]
                      additionalProperties: false
                      properties:
                        to: { type: string, enum: [visit-offered, resumed] }
                    - type: object
                      required: [to, consent]
                      additionalProperties: false
                      properties:
                        to: { const: consented }
                        consent: { $ref: "#/components/schemas/OnboardingConsent" }
                    - type: object
                      required: [to, keyworker]
                      additionalProperties: false
                      properties:
                        to: { const: onboarding }
                        keyworker: { type: string, pattern: "^[ -~]+$", minLength: 1, maxLength: 255 }
                    - type: object
                      required: [to]
                      additionalProperties: false
                      properties:
                        to: { const: handed-over }
                        practice: { type: string, pattern: "^[A-Z][0-9]{5}$", description: Without it the practice of the patient. }
                    - type: object
                      required: [to, outcome]
                      additionalProperties: false
                      properties:
                        to: { const: closed }
                        outcome: { type: string, enum: [completed, returned-to-practice, moved-elsewhere, other] }
                        note: { $ref: "#/components/schemas/Note" }
                    - type: object
                      required: [to, until, reason]
                      additionalProperties: false
                      properties:
                        to: { const: deferred }
                        until: { type: string, format: date-time, description: To come and within 365 days. }
                        reason: { type: string, minLength: 1, maxLength: 500 }
                    - type: object
                      required: [to, owner]
                      additionalProperties: false
                      properties:
                        to: { const: assigned }
                        owner: { $ref: "#/components/schemas/Assignee" }
                OnboardingConsent:
                  type: object
                  required: [version, given_on, capacity]
                  additionalProperties: false
                  properties:
                    version: { type: string, pattern: "^[!-~]+$", minLength: 1, maxLength: 32, description: Of the text that the patient agreed to. }
                    given_on: { type: string, format: date, description: Not in the future. }
                    capacity: { type: string, minLength: 1, maxLength: 500, description: "What was seen of the patient's capacity to decide, or who decided for them." }
                OnboardingCase:
                  type: object
                  required: [case, version, hospital, practice, patient, encounter, state, board, next, since, opened_at, round, inpatient, consented, priority, owner, keyworker, visit_at, left_at, due_on, deferred_until, outcome, ending, alerts, joined_to]
                  additionalProperties: false
                  properties:
                    case: { type: string, pattern: "^case_[0-9a-z]+$" }
                    version: { type: integer, minimum: 1 }
                    hospital: { type: ["string", "null"], description: Withheld from practices of a restricted patient. }
                    practice: { type: string }
                    patient: { type: string, pattern: "^pt_[0-9a-z]+$" }
                    encounter: { type: string, pattern: "^enc_[0-9a-z]+$" }
                    state: { type: string, enum: [identified, flagged, triaged, visit-planned, visit-offered, deferred, consented, onboarding, handed-over, closed, declined, not-suitable, lost, died, withdrawn] }
                    board: { type: ["string", "null"], description: What the practice's lists call it. }
                    section: { type: ["string", "null"], description: "Where it stands on your work list: `waiting`, `suggested`, `gone-home`, `with-team`, `declined`. Not for practices." }
                    next: { type: ["string", "null"], description: "The step that comes next, as `to` takes it." }
                    since: { type: string, format: date-time }
                    opened_at: { type: string, format: date-time }
                    round: { type: integer, minimum: 1 }
                    inpatient: { type: boolean }
                    consented: { type: boolean }
                    priority: { type: ["string", "null"], enum: [urgent, soon, routine, null] }
                    owner: { oneOf: [{ $ref: "#/components/schemas/Assignee" }, { type: "null" }] }
                    keyworker: { type: ["string", "null"] }
                    visit_at: { type: ["string", "null"], format: date-time }
                    left_at: { type: ["string", "null"], format: date-time }
                    due_on: { type: ["string", "null"], format: date, description: The day on which whoever went home unseen is to be reached. }
                    deferred_until: { type: ["string", "null"], format: date-time }
                    outcome: { type: ["string", "null"] }
                    ending: { type: ["string", "null"], description: What ended it before its course was run. }
                    alerts: { type: array, items: { type: string }, description: "What came up since somebody last acted: `due-today`, `place-changed`, `reinstated`, `deferral-over`, `other-case`." }
                    joined_to: { type: ["string", "null"], description: The case that goes on in place of this one. }
                    detail:
                      description: "`null` where it is not yours to see; not there for practices."
                      oneOf: [{ $ref: "#/components/schemas/OnboardingDetail" }, { type: "null" }]
                OnboardingDetail:
                  type: object
                  required: [patient, admitted, location, visit_ward, findings, reasons, consent, history]
                  additionalProperties: false
                  properties:
                    patient: { $ref: "#/components/schemas/Patient" }
                    admitted:
                      oneOf: [{ $ref: "#/components/schemas/Happening" }, { type: "null" }]
                    location:
                      type: object
                      oneOf:
                        - required: [withheld]
                          additionalProperties: false
                          properties:
                            withheld: { const: true }
                        - required: [site, ward, bay, bed]
                          additionalProperties: false
                          properties:
                            site: { type: ["string", "null"] }
                            ward: { type: ["string", "null"] }
                            bay: { type: ["string", "null"] }
                            bed: { type: ["string", "null"] }
                    visit_ward: { type: ["string", "null"], description: Where the visit was planned. }
                    findings:
                      description: What rules found.
                      type: array
                      items:
                        type: object
                        required: [rule, version, measured, threshold, evidence]
                        properties:
                          rule: { type: string }
                          version: { type: integer }
                          measured: { type: integer }
                          threshold: { type: integer }
                          evidence:
                            type: array
                            items:
                              type: object
                              required: [log, position]
                              properties:
                                log: { type: string }
                                position: { type: integer, minimum: 1 }
                    reasons: { type: array, items: { type: string } }
                    consent:
                      oneOf: [{ $ref: "#/components/schemas/OnboardingConsent" }, { type: "null" }]
                    history:
                      description: The steps so far, the oldest first; 50 at most.
                      type: array
                      items:
                        type: object
                        required: [at, by, role, step]
                        properties:
                          at: { type: string, format: date-time }
                          by: { type: string }
                          note: { type: ["string", "null"] }
                          role: { type: string }
                          step: { type: string }
                OnboardingCases:
                  type: object
                  required: [as_of, complete, feeds, total, items, next_cursor]
                  additionalProperties: false
                  properties:
                    as_of: { $ref: "#/components/schemas/AsOf" }
                    complete: { type: boolean, description: "`false` if a feed is silent, or we are still taking in its news: somebody may be missing." }
                    feeds: { type: array, items: { $ref: "#/components/schemas/Feed" } }
                    total: { type: integer, minimum: 0 }
                    items: { type: array, items: { $ref: "#/components/schemas/OnboardingCase" } }
                    next_cursor: { type: ["string", "null"] }
                Inpatients:
                  type: object
                  required: [hospital, as_of, complete, feeds, total, items, next_cursor]
                  additionalProperties: false
                  properties:
                    hospital: { type: string }
                    as_of: { $ref: "#/components/schemas/AsOf" }
                    complete: { type: boolean, description: "`false` if a feed is silent, or we are still taking in its news: somebody may be missing." }
                    feeds: { type: array, items: { $ref: "#/components/schemas/Feed" } }
                    total: { type: integer, minimum: 0 }
                    items:
                      type: array
                      items:
                        type: object
                        required: [practice, case, stay]
                        additionalProperties: false
                        properties:
                          practice: { type: string }
                          case:
                            type: ["object", "null"]
                            required: [id, state]
                            properties:
                              id: { type: string }
                              state: { type: ["string", "null"] }
                          stay:
                            description: As a line of the practice's list, but for what is the practice's own; `flags`, `concerns` and `discussed` are empty here.
                            $ref: "#/components/schemas/Line"
                    next_cursor: { type: ["string", "null"] }

            """#)
}
