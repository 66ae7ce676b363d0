extension APIDescription {
    static let acts = Piece(
        paths: #"""
              /api/v1/huddles/{ods}/{date}:
                get:
                  operationId: getHuddleDay
                  tags: [Huddles]
                  security: [{ bearer: [] }, { registeredSystem: ["lists:read"] }]
                  summary: One day's huddle of a practice
                  description: |
                    Who was marked as discussed, and whether the huddle is closed. A day on which nothing was done is an open huddle of version 0.
                  parameters:
                    - $ref: "#/components/parameters/Practice"
                    - name: date
                      in: path
                      required: true
                      description: A day in London. Marks are kept for today and for days that a window of news still reaches.
                      schema: { type: string, format: date }
                    - $ref: "#/components/parameters/RequestID"
                  responses:
                    "200":
                      description: The day.
                      headers:
                        X-Request-ID: { $ref: "#/components/headers/RequestID" }
                        ETag: { $ref: "#/components/headers/Version" }
                      content:
                        application/json:
                          schema: { $ref: "#/components/schemas/HuddleDay" }
                    "400": { $ref: "#/components/responses/BadRequest" }
                    "401": { $ref: "#/components/responses/Unauthorized" }
                    "403": { $ref: "#/components/responses/Forbidden" }
                    "404": { $ref: "#/components/responses/NotFound" }
                    "429": { $ref: "#/components/responses/TooManyRequests" }
                    "503": { $ref: "#/components/responses/Unavailable" }
              /api/v1/huddles/{ods}/{date}/discussions:
                post:
                  operationId: markDiscussed
                  tags: [Huddles]
                  security: [{ bearer: [] }, { registeredSystem: ["huddle:write"] }]
                  summary: Marks a patient as discussed
                  description: |
                    409 with `already_discussed` where somebody was quicker; 422 with `rule_failed` for a day to come or long past. Once the huddle is closed nothing of it changes.
                  parameters:
                    - $ref: "#/components/parameters/Practice"
                    - name: date
                      in: path
                      required: true
                      description: A day in London. Marks are kept for today and for days that a window of news still reaches.
                      schema: { type: string, format: date }
                    - $ref: "#/components/parameters/IdempotencyKey"
                    - $ref: "#/components/parameters/RequestID"
                  requestBody:
                    required: true
                    content:
                      application/json:
                        schema: { $ref: "#/components/schemas/NewDiscussion" }
                  responses:
                    "201":
                      description: The mark.
                      headers:
                        X-Request-ID: { $ref: "#/components/headers/RequestID" }
                        ETag: { $ref: "#/components/headers/Version" }
                        Idempotent-Replay: { $ref: "#/components/headers/IdempotentReplay" }
                      content:
                        application/json:
                          schema: { $ref: "#/components/schemas/Discussion" }
                    "400": { $ref: "#/components/responses/BadRequest" }
                    "401": { $ref: "#/components/responses/Unauthorized" }
                    "403": { $ref: "#/components/responses/Forbidden" }
                    "404": { $ref: "#/components/responses/NotFound" }
                    "409": { $ref: "#/components/responses/Conflict" }
                    "410": { $ref: "#/components/responses/Merged" }
                    "413": { $ref: "#/components/responses/TooLarge" }
                    "422": { $ref: "#/components/responses/Unprocessable" }
                    "429": { $ref: "#/components/responses/TooManyRequests" }
                    "503": { $ref: "#/components/responses/Unavailable" }
              /api/v1/huddles/{ods}/{date}/discussions/{patient}:
                delete:
                  operationId: unmarkDiscussed
                  tags: [Huddles]
                  security: [{ bearer: [] }, { registeredSystem: ["huddle:write"] }]
                  summary: Takes the mark of a patient back
                  description: |
                    `If-Match` is the tag of the mark. 412 where there is no mark, or another.
                  parameters:
                    - $ref: "#/components/parameters/Practice"
                    - name: date
                      in: path
                      required: true
                      description: A day in London. Marks are kept for today and for days that a window of news still reaches.
                      schema: { type: string, format: date }
                    - name: patient
                      in: path
                      required: true
                      description: A ref as lists and changes give it.
                      schema: { type: string, pattern: "^pt_[0-9a-z]+$", maxLength: 64 }
                    - $ref: "#/components/parameters/IdempotencyKey"
                    - $ref: "#/components/parameters/IfMatch"
                    - $ref: "#/components/parameters/RequestID"
                  responses:
                    "200":
                      description: The patient without a mark.
                      headers:
                        X-Request-ID: { $ref: "#/components/headers/RequestID" }
                        ETag: { $ref: "#/components/headers/Version" }
                        Idempotent-Replay: { $ref: "#/components/headers/IdempotentReplay" }
                      content:
                        application/json:
                          schema: { $ref: "#/components/schemas/Discussion" }
                    "400": { $ref: "#/components/responses/BadRequest" }
                    "401": { $ref: "#/components/responses/Unauthorized" }
                    "403": { $ref: "#/components/responses/Forbidden" }
                    "404": { $ref: "#/components/responses/NotFound" }
                    "409": { $ref: "#/components/responses/Conflict" }
                    "410": { $ref: "#/components/responses/Merged" }
                    "412": { $ref: "#/components/responses/PreconditionFailed" }
                    "413": { $ref: "#/components/responses/TooLarge" }
                    "422": { $ref: "#/components/responses/Unprocessable" }
                    "428": { $ref: "#/components/responses/PreconditionRequired" }
                    "429": { $ref: "#/components/responses/TooManyRequests" }
                    "503": { $ref: "#/components/responses/Unavailable" }
              /api/v1/huddles/{ods}/{date}/close:
                post:
                  operationId: closeHuddle
                  tags: [Huddles]
                  security: [{ bearer: [] }, { registeredSystem: ["huddle:write"] }]
                  summary: Closes the huddle of the day
                  description: |
                    What is told from then on is new to the next huddle. With `If-Match` only as you saw it.
                  parameters:
                    - $ref: "#/components/parameters/Practice"
                    - name: date
                      in: path
                      required: true
                      description: A day in London. Marks are kept for today and for days that a window of news still reaches.
                      schema: { type: string, format: date }
                    - $ref: "#/components/parameters/IdempotencyKey"
                    - $ref: "#/components/parameters/IfMatchIfAny"
                    - $ref: "#/components/parameters/RequestID"
                  requestBody:
                    required: true
                    content:
                      application/json:
                        schema: { $ref: "#/components/schemas/HuddleClose" }
                  responses:
                    "200":
                      description: How it was closed.
                      headers:
                        X-Request-ID: { $ref: "#/components/headers/RequestID" }
                        ETag: { $ref: "#/components/headers/Version" }
                        Idempotent-Replay: { $ref: "#/components/headers/IdempotentReplay" }
                      content:
                        application/json:
                          schema: { $ref: "#/components/schemas/HuddleClosed" }
                    "400": { $ref: "#/components/responses/BadRequest" }
                    "401": { $ref: "#/components/responses/Unauthorized" }
                    "403": { $ref: "#/components/responses/Forbidden" }
                    "404": { $ref: "#/components/responses/NotFound" }
                    "409": { $ref: "#/components/responses/Conflict" }
                    "412": { $ref: "#/components/responses/PreconditionFailed" }
                    "413": { $ref: "#/components/responses/TooLarge" }
                    "422": { $ref: "#/components/responses/Unprocessable" }
                    "429": { $ref: "#/components/responses/TooManyRequests" }
                    "503": { $ref: "#/components/responses/Unavailable" }
              /api/v1/practices/{ods}/actions:
                get:
                  operationId: getActions
                  tags: [Huddles]
                  security: [{ bearer: [] }, { registeredSystem: ["lists:read"] }]
                  summary: What huddles want done
                  description: |
                    By the day that each is due; 1000 at most, and then `truncated` is `true`.
                  parameters:
                    - $ref: "#/components/parameters/Practice"
                    - name: state
                      in: query
                      description: Which to show.
                      schema: { type: string, enum: [open, done, all], default: open }
                    - $ref: "#/components/parameters/RequestID"
                  responses:
                    "200":
                      description: The actions.
                      headers:
                        X-Request-ID: { $ref: "#/components/headers/RequestID" }
                      content:
                        application/json:
                          schema: { $ref: "#/components/schemas/Actions" }
                    "400": { $ref: "#/components/responses/BadRequest" }
                    "401": { $ref: "#/components/responses/Unauthorized" }
                    "403": { $ref: "#/components/responses/Forbidden" }
                    "404": { $ref: "#/components/responses/NotFound" }
                    "429": { $ref: "#/components/responses/TooManyRequests" }
                    "503": { $ref: "#/components/responses/Unavailable" }
              /api/v1/actions:
                post:
                  operationId: addAction
                  tags: [Huddles]
                  security: [{ bearer: [] }, { registeredSystem: ["huddle:write"] }]
                  summary: Something to be done about a patient
                  description: |
                    Its `id` is the `Idempotency-Key` with which it was added. 404 for a ref that none of your practices knows.
                  parameters:
                    - $ref: "#/components/parameters/PracticeOfRef"
                    - $ref: "#/components/parameters/IdempotencyKey"
                    - $ref: "#/components/parameters/RequestID"
                  requestBody:
                    required: true
                    content:
                      application/json:
                        schema: { $ref: "#/components/schemas/NewAction" }
                  responses:
                    "201":
                      description: The action.
                      headers:
                        X-Request-ID: { $ref: "#/components/headers/RequestID" }
                        ETag: { $ref: "#/components/headers/Version" }
                        Idempotent-Replay: { $ref: "#/components/headers/IdempotentReplay" }
                      content:
                        application/json:
                          schema: { $ref: "#/components/schemas/Action" }
                    "400": { $ref: "#/components/responses/BadRequest" }
                    "401": { $ref: "#/components/responses/Unauthorized" }
                    "403": { $ref: "#/components/responses/Forbidden" }
                    "404": { $ref: "#/components/responses/NotFound" }
                    "409": { $ref: "#/components/responses/Conflict" }
                    "410": { $ref: "#/components/responses/Merged" }
                    "413": { $ref: "#/components/responses/TooLarge" }
                    "422": { $ref: "#/components/responses/Unprocessable" }
                    "429": { $ref: "#/components/responses/TooManyRequests" }
                    "503": { $ref: "#/components/responses/Unavailable" }
              /api/v1/actions/{id}:
                patch:
                  operationId: changeAction
                  tags: [Huddles]
                  security: [{ bearer: [] }, { registeredSystem: ["huddle:write"] }]
                  summary: Assigns, completes or reopens an action
                  parameters:
                    - name: id
                      in: path
                      required: true
                      description: As the list of actions gives it.
                      schema: { type: string, format: uuid }
                    - $ref: "#/components/parameters/PracticeOfRef"
                    - $ref: "#/components/parameters/IdempotencyKey"
                    - $ref: "#/components/parameters/IfMatch"
                    - $ref: "#/components/parameters/RequestID"
                  requestBody:
                    required: true
                    content:
                      application/json:
                        schema: { $ref: "#/components/schemas/ActionChange" }
                  responses:
                    "200":
                      description: The action as it stands then.
                      headers:
                        X-Request-ID: { $ref: "#/components/headers/RequestID" }
                        ETag: { $ref: "#/components/headers/Version" }
                        Idempotent-Replay: { $ref: "#/components/headers/IdempotentReplay" }
                      content:
                        application/json:
                          schema: { $ref: "#/components/schemas/Action" }
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
              /api/v1/practices/{ods}/concerns:
                get:
                  operationId: getConcerns
                  tags: [Concerns]
                  security: [{ bearer: [] }, { registeredSystem: ["lists:read"] }]
                  summary: Worries about patients that the practice keeps in sight
                  description: |
                    The newest first; 1000 at most, and then `truncated` is `true`. What somebody wrote is withheld from administrators.
                  parameters:
                    - $ref: "#/components/parameters/Practice"
                    - name: state
                      in: query
                      description: Which to show.
                      schema: { type: string, enum: [open, closed, all], default: open }
                    - $ref: "#/components/parameters/RequestID"
                  responses:
                    "200":
                      description: The concerns.
                      headers:
                        X-Request-ID: { $ref: "#/components/headers/RequestID" }
                      content:
                        application/json:
                          schema: { $ref: "#/components/schemas/Concerns" }
                    "400": { $ref: "#/components/responses/BadRequest" }
                    "401": { $ref: "#/components/responses/Unauthorized" }
                    "403": { $ref: "#/components/responses/Forbidden" }
                    "404": { $ref: "#/components/responses/NotFound" }
                    "429": { $ref: "#/components/responses/TooManyRequests" }
                    "503": { $ref: "#/components/responses/Unavailable" }
              /api/v1/concerns:
                post:
                  operationId: raiseConcern
                  tags: [Concerns]
                  security: [{ bearer: [] }, { registeredSystem: ["concerns:write"] }]
                  summary: A worry about a patient
                  description: |
                    Its `id` is the `Idempotency-Key` with which it was raised. 404 for a ref that none of your practices knows; 403 for a note of an administrator.
                  parameters:
                    - $ref: "#/components/parameters/PracticeOfRef"
                    - $ref: "#/components/parameters/IdempotencyKey"
                    - $ref: "#/components/parameters/RequestID"
                  requestBody:
                    required: true
                    content:
                      application/json:
                        schema: { $ref: "#/components/schemas/NewConcern" }
                  responses:
                    "201":
                      description: The concern.
                      headers:
                        X-Request-ID: { $ref: "#/components/headers/RequestID" }
                        ETag: { $ref: "#/components/headers/Version" }
                        Idempotent-Replay: { $ref: "#/components/headers/IdempotentReplay" }
                      content:
                        application/json:
                          schema: { $ref: "#/components/schemas/Concern" }
                    "400": { $ref: "#/components/responses/BadRequest" }
                    "401": { $ref: "#/components/responses/Unauthorized" }
                    "403": { $ref: "#/components/responses/Forbidden" }
                    "404": { $ref: "#/components/responses/NotFound" }
                    "409": { $ref: "#/components/responses/Conflict" }
                    "410": { $ref: "#/components/responses/Merged" }
                    "413": { $ref: "#/components/responses/TooLarge" }
                    "422": { $ref: "#/components/responses/Unprocessable" }
                    "429": { $ref: "#/components/responses/TooManyRequests" }
                    "503": { $ref: "#/components/responses/Unavailable" }
              /api/v1/concerns/{id}/close:
                post:
                  operationId: closeConcern
                  tags: [Concerns]
                  security: [{ bearer: [] }, { registeredSystem: ["concerns:write"] }]
                  summary: Closes a concern, with the reason
                  description: |
                    With `If-Match` only as you saw it.
                  parameters:
                    - name: id
                      in: path
                      required: true
                      description: As the list of concerns gives it.
                      schema: { type: string, format: uuid }
                    - $ref: "#/components/parameters/PracticeOfRef"
                    - $ref: "#/components/parameters/IdempotencyKey"
                    - $ref: "#/components/parameters/IfMatchIfAny"
                    - $ref: "#/components/parameters/RequestID"
                  requestBody:
                    required: true
                    content:
                      application/json:
                        schema: { $ref: "#/components/schemas/ConcernClose" }
                  responses:
                    "200":
                      description: The concern as it stands then.
                      headers:
                        X-Request-ID: { $ref: "#/components/headers/RequestID" }
                        ETag: { $ref: "#/components/headers/Version" }
                        Idempotent-Replay: { $ref: "#/components/headers/IdempotentReplay" }
                      content:
                        application/json:
                          schema: { $ref: "#/components/schemas/Concern" }
                    "400": { $ref: "#/components/responses/BadRequest" }
                    "401": { $ref: "#/components/responses/Unauthorized" }
                    "403": { $ref: "#/components/responses/Forbidden" }
                    "404": { $ref: "#/components/responses/NotFound" }
                    "409": { $ref: "#/components/responses/Conflict" }
                    "412": { $ref: "#/components/responses/PreconditionFailed" }
                    "413": { $ref: "#/components/responses/TooLarge" }
                    "422": { $ref: "#/components/responses/Unprocessable" }
                    "429": { $ref: "#/components/responses/TooManyRequests" }
                    "503": { $ref: "#/components/responses/Unavailable" }
              /api/v1/patients/{ref}/symphony-score:
                post:
                  operationId: scorePatient
                  tags: [Patients]
                  security: [{ bearer: [] }, { registeredSystem: ["huddle:write"] }]
                  summary: Scores a patient, as a huddle enters it
                  description: |
                    The answer is the score that counts then: of the latest day, and of that day the last entered.
                  parameters:
                    - $ref: "#/components/parameters/PatientRef"
                    - $ref: "#/components/parameters/PracticeOfRef"
                    - $ref: "#/components/parameters/IdempotencyKey"
                    - $ref: "#/components/parameters/RequestID"
                  requestBody:
                    required: true
                    content:
                      application/json:
                        schema: { $ref: "#/components/schemas/NewSymphonyScore" }
                  responses:
                    "201":
                      description: The score that counts.
                      headers:
                        X-Request-ID: { $ref: "#/components/headers/RequestID" }
                        ETag: { $ref: "#/components/headers/Version" }
                        Idempotent-Replay: { $ref: "#/components/headers/IdempotentReplay" }
                      content:
                        application/json:
                          schema: { $ref: "#/components/schemas/SymphonyScore" }
                    "400": { $ref: "#/components/responses/BadRequest" }
                    "401": { $ref: "#/components/responses/Unauthorized" }
                    "403": { $ref: "#/components/responses/Forbidden" }
                    "404": { $ref: "#/components/responses/NotFound" }
                    "409": { $ref: "#/components/responses/Conflict" }
                    "410": { $ref: "#/components/responses/Merged" }
                    "413": { $ref: "#/components/responses/TooLarge" }
                    "422": { $ref: "#/components/responses/Unprocessable" }
                    "429": { $ref: "#/components/responses/TooManyRequests" }
                    "503": { $ref: "#/components/responses/Unavailable" }
              /api/v1/practices/{ods}/roster:
                put:
                  operationId: putRoster
                  tags: [Practices]
                  security: [{ bearer: [] }, { registeredSystem: ["roster:write"] }]
                  summary: The practice's registered list, whole
                  description: |
                    CSV with headings, in UTF-8 or Windows-1252, of 8 MiB at most. Needed are NHS number, Date of birth and Surname. Known are also Given name, Usual GP, Care home, Registered date, Practice code, Symphony score, Symphony date, Caseload, Consented, Key worker, FOPAS concern, Last review and Next review; other columns are passed over. A column that the file lacks leaves what is known, an empty cell clears it. Days are 2026-02-03 or day first. Rows that cannot be read are held back, and nothing happens to whom they are about. A list that would lose more than 5 % changes nothing (422). The same file again changes nothing either.
                  parameters:
                    - $ref: "#/components/parameters/Practice"
                    - name: dry_run
                      in: query
                      description: Whether only to say what would change.
                      schema: { type: boolean, default: false }
                    - $ref: "#/components/parameters/RequestID"
                  requestBody:
                    required: true
                    content:
                      text/csv:
                        schema: { type: string, examples: ["NHS number,Date of birth,Surname,Symphony score\r\n9990000018,25/12/1931,Nightingale-Ashworth,9\r\n"] }
                  responses:
                    "200":
                      description: What changed, or would.
                      headers:
                        X-Request-ID: { $ref: "#/components/headers/RequestID" }
                      content:
                        application/json:
                          schema: { $ref: "#/components/schemas/RosterAnswer" }
                    "400": { $ref: "#/components/responses/BadRequest" }
                    "401": { $ref: "#/components/responses/Unauthorized" }
                    "403": { $ref: "#/components/responses/Forbidden" }
                    "404": { $ref: "#/components/responses/NotFound" }
                    "409": { $ref: "#/components/responses/Conflict" }
                    "413": { $ref: "#/components/responses/TooLarge" }
                    "422": { $ref: "#/components/responses/Unprocessable" }
                    "429": { $ref: "#/components/responses/TooManyRequests" }
                    "503": { $ref: "#/components/responses/Unavailable" }

            """#,
        schemas: #"""
                Note:
                  description: What somebody writes; without control characters but line ends and tabs, blanks at its ends are left out.
                  type: [string, "null"]
                  maxLength: 500
                Assignee:
                  description: A person as tokens name them, or anybody of a role.
                  oneOf:
                    - type: object
                      required: [person]
                      additionalProperties: false
                      properties:
                        person: { type: string, pattern: "^[ -~]+$", minLength: 1, maxLength: 255 }
                    - type: object
                      required: [role]
                      additionalProperties: false
                      properties:
                        role: { type: string, enum: [practice-clinician, practice-coach, practice-admin, hospital-onboarding, complex-care, integration] }
                Done:
                  description: When, and by whom as their token names them; `null` if it has not been done.
                  type: ["object", "null"]
                  required: [at, by]
                  additionalProperties: false
                  properties:
                    at: { type: string, format: date-time }
                    by: { type: ["string", "null"] }
                HuddleClosing:
                  description: How the huddle was closed; `null` while it is open.
                  type: ["object", "null"]
                  required: [at, by, not_discussed, attendees]
                  additionalProperties: false
                  properties:
                    at: { type: string, format: date-time }
                    by: { type: ["string", "null"] }
                    not_discussed: { type: ["integer", "null"], minimum: 0 }
                    attendees: { type: array, items: { type: string } }
                HuddleDay:
                  type: object
                  required: [practice, day, closed, version, discussions]
                  additionalProperties: false
                  properties:
                    practice: { type: string }
                    day: { type: string, format: date }
                    closed: { $ref: "#/components/schemas/HuddleClosing" }
                    version: { type: integer, minimum: 0 }
                    discussions:
                      type: array
                      items:
                        type: object
                        required: [patient, discussed, version]
                        additionalProperties: false
                        properties:
                          patient: { type: string, pattern: "^pt_[0-9a-z]+$" }
                          discussed: { $ref: "#/components/schemas/Done" }
                          version: { type: integer, minimum: 0 }
                HuddleClosed:
                  type: object
                  required: [practice, day, closed, version]
                  additionalProperties: false
                  properties:
                    practice: { type: string }
                    day: { type: string, format: date }
                    closed: { $ref: "#/components/schemas/HuddleClosing" }
                    version: { type: integer, minimum: 0 }
                NewDiscussion:
                  type: object
                  required: [patient]
                  additionalProperties: false
                  properties:
                    patient: { type: string, pattern: "^pt_[0-9a-z]+$", maxLength: 64 }
                    version: { type: ["integer", "null"], minimum: 0, maximum: 9000000000000000, description: The version of the patient's mark as you saw it; 409 if it has changed. }
                Discussion:
                  type: object
                  required: [day, patient, discussed, version]
                  additionalProperties: false
                  properties:
                    day: { type: string, format: date }
                    patient: { type: ["string", "null"], pattern: "^pt_[0-9a-z]+$" }
                    discussed: { $ref: "#/components/schemas/Done" }
                    version: { type: integer, minimum: 0 }
                HuddleClose:
                  type: object
                  required: [not_discussed]
                  additionalProperties: false
                  properties:
                    not_discussed: { type: integer, minimum: 0, maximum: 10000, description: How many of the list were left. }
                    attendees: { type: array, maxItems: 50, uniqueItems: true, items: { type: string, pattern: "^[ -~]+$", minLength: 1, maxLength: 255 }, description: "Who was there, as tokens name them." }
                NewAction:
                  type: object
                  required: [patient, kind, due, assignee]
                  additionalProperties: false
                  properties:
                    patient: { type: string, pattern: "^pt_[0-9a-z]+$", maxLength: 64 }
                    kind: { type: string, enum: [call, visit, review, medicines-check, letter, hot-onboarding, other], description: "`other` says in the note what." }
                    due: { type: string, format: date, description: Today or within 366 days. }
                    assignee: { $ref: "#/components/schemas/Assignee" }
                    note: { $ref: "#/components/schemas/Note" }
                ActionChange:
                  oneOf:
                    - type: object
                      required: [assignee]
                      additionalProperties: false
                      properties:
                        assignee: { $ref: "#/components/schemas/Assignee" }
                    - type: object
                      required: [state]
                      additionalProperties: false
                      properties:
                        state: { const: done }
                        note: { $ref: "#/components/schemas/Note" }
                    - type: object
                      required: [state]
                      additionalProperties: false
                      properties:
                        state: { const: open }
                Action:
                  type: object
                  required: [id, patient, kind, due, assignee, note, state, added, completed, result, version]
                  additionalProperties: false
                  properties:
                    id: { type: string, format: uuid }
                    patient: { type: ["string", "null"], pattern: "^pt_[0-9a-z]+$", description: "`null` of somebody who is no patient of the practice any more." }
                    kind: { type: string }
                    due: { type: string, format: date }
                    assignee: { oneOf: [{ $ref: "#/components/schemas/Assignee" }, { type: "null" }] }
                    note: { type: ["string", "null"] }
                    state: { type: string, enum: [open, done] }
                    added: { $ref: "#/components/schemas/Done" }
                    completed: { $ref: "#/components/schemas/Done" }
                    result: { type: ["string", "null"], description: What came of it. }
                    version: { type: integer, minimum: 1 }
                Actions:
                  type: object
                  required: [practice, total, truncated, items]
                  additionalProperties: false
                  properties:
                    practice: { type: string }
                    total: { type: integer, minimum: 0 }
                    truncated: { type: boolean, description: "`true` where there are more than are shown." }
                    items: { type: array, items: { $ref: "#/components/schemas/Action" } }
                NewConcern:
                  type: object
                  required: [patient, kind]
                  additionalProperties: false
                  properties:
                    patient: { type: string, pattern: "^pt_[0-9a-z]+$", maxLength: 64 }
                    kind: { type: string, enum: [safeguarding, fopas, clinical, social-care, housing, carer-strain, medicines, other], description: "`other` says in the note what." }
                    note: { $ref: "#/components/schemas/Note" }
                    owner: { oneOf: [{ $ref: "#/components/schemas/Assignee" }, { type: "null" }] }
                    review_on: { type: ["string", "null"], format: date, description: Today or within 366 days. }
                ConcernClose:
                  type: object
                  required: [reason]
                  additionalProperties: false
                  properties:
                    reason: { type: string, minLength: 1, maxLength: 500 }
                Concern:
                  type: object
                  required: [id, patient, kind, state, note, owner, review_on, raised, closed, closing_reason, words_withheld, version]
                  additionalProperties: false
                  properties:
                    id: { type: string, format: uuid }
                    patient: { type: ["string", "null"], pattern: "^pt_[0-9a-z]+$", description: "`null` of somebody who is no patient of the practice any more." }
                    kind: { type: string }
                    state: { type: string, enum: [open, closed] }
                    note: { type: ["string", "null"] }
                    owner: { oneOf: [{ $ref: "#/components/schemas/Assignee" }, { type: "null" }] }
                    review_on: { type: ["string", "null"], format: date }
                    raised: { $ref: "#/components/schemas/Done" }
                    closed: { $ref: "#/components/schemas/Done" }
                    closing_reason: { type: ["string", "null"] }
                    words_withheld: { type: boolean, description: Whether notes are `null` because they are not for your role. }
                    version: { type: integer, minimum: 1 }
                Concerns:
                  type: object
                  required: [practice, total, truncated, items]
                  additionalProperties: false
                  properties:
                    practice: { type: string }
                    total: { type: integer, minimum: 0 }
                    truncated: { type: boolean, description: "`true` where there are more than are shown." }
                    items: { type: array, items: { $ref: "#/components/schemas/Concern" } }
                NewSymphonyScore:
                  type: object
                  required: [score, scored_on]
                  additionalProperties: false
                  properties:
                    score: { type: integer, minimum: 1, maximum: 10, description: 10 needs the most contact. }
                    scored_on: { type: string, format: date, description: Today or within the last 366 days. }
                SymphonyScore:
                  type: object
                  required: [patient, score, scored_on, scored, version]
                  additionalProperties: false
                  properties:
                    patient: { type: ["string", "null"], pattern: "^pt_[0-9a-z]+$" }
                    score: { type: ["integer", "null"], minimum: 1, maximum: 10 }
                    scored_on: { type: ["string", "null"], format: date }
                    scored: { $ref: "#/components/schemas/Done" }
                    version: { type: integer, minimum: 1 }
                RosterAnswer:
                  type: object
                  required: [practice, dry_run, rows, good, joined, left, changed, spared, listed, held_back, held]
                  additionalProperties: false
                  properties:
                    practice: { type: string }
                    dry_run: { type: boolean, description: Whether nothing was written. }
                    rows: { type: integer, minimum: 0 }
                    good: { type: integer, minimum: 0, description: Rows that could be read. }
                    joined: { type: integer, minimum: 0 }
                    left: { type: integer, minimum: 0 }
                    changed: { type: integer, minimum: 0 }
                    spared: { type: integer, minimum: 0, description: Who would have left but for a row that was held back. }
                    listed: { type: integer, minimum: 0, description: People on the list then. }
                    held_back: { type: integer, minimum: 0, description: Rows that could not be read. }
                    held:
                      description: The first 1000 of those.
                      type: array
                      items:
                        type: object
                        required: [line, code, column]
                        additionalProperties: false
                        properties:
                          line: { type: integer, minimum: 1 }
                          code: { type: string, pattern: "^[a-z-]+$" }
                          column: { type: ["string", "null"] }

            """#)
}
