extension APIDescription {
    static let history = Piece(
        paths: #"""
              /api/v1/encounters/{ref}/history:
                get:
                  operationId: getEncounterHistory
                  tags: [Patients]
                  security: [{ bearer: [] }, { registeredSystem: ["patients:read"] }]
                  summary: What was told of an encounter, event by event
                  description: |
                    In the order in which we were told, with when it happened and what each event changed. `taken_back_by` is the position of an event that took it back: strike it through. Of a patient who moved on it ends where they did. Identifiers are masked; of a restricted patient no place is told.

                    `Accept: image/svg+xml` gives the whole as a time line, `text/html` as a page with time line and tables. With `as_of` or `position` it is as it stood then: of a patient who was not the practice's then it is empty.
                  parameters:
                    - $ref: "#/components/parameters/EncounterRef"
                    - $ref: "#/components/parameters/PracticeOfRef"
                    - $ref: "#/components/parameters/HistoryAsOf"
                    - $ref: "#/components/parameters/HistoryPosition"
                    - $ref: "#/components/parameters/HistoryLimit"
                    - $ref: "#/components/parameters/HistoryAfter"
                    - $ref: "#/components/parameters/BreakGlass"
                    - $ref: "#/components/parameters/IfNoneMatch"
                    - $ref: "#/components/parameters/RequestID"
                  responses:
                    "200":
                      description: A page of the history.
                      headers:
                        X-Request-ID: { $ref: "#/components/headers/RequestID" }
                        ETag: { $ref: "#/components/headers/ETag" }
                        Vary: { $ref: "#/components/headers/VaryAccept" }
                      content:
                        application/json:
                          schema: { $ref: "#/components/schemas/History" }
                        image/svg+xml:
                          schema: { type: string }
                        text/html:
                          schema: { type: string }
                    "304": { $ref: "#/components/responses/NotModified" }
                    "400": { $ref: "#/components/responses/BadRequest" }
                    "401": { $ref: "#/components/responses/Unauthorized" }
                    "403": { $ref: "#/components/responses/Forbidden" }
                    "404": { $ref: "#/components/responses/NotFound" }
                    "406": { $ref: "#/components/responses/NotAcceptable" }
                    "429": { $ref: "#/components/responses/TooManyRequests" }
                    "503": { $ref: "#/components/responses/Unavailable" }
              /api/v1/patients/{ref}/history:
                get:
                  operationId: getPatientHistory
                  tags: [Patients]
                  security: [{ bearer: [] }, { registeredSystem: ["patients:read"] }]
                  summary: What was told of a patient, event by event
                  description: |
                    In the order in which we were told, with when it happened and what each event changed. `taken_back_by` is the position of an event that took it back: strike it through. Of a patient who moved on it ends where they did. Identifiers are masked; of a restricted patient no place is told.

                    `Accept: image/svg+xml` gives the whole as a time line, `text/html` as a page with time line and tables. With `as_of` or `position` it is as it stood then: of a patient who was not the practice's then it is empty.
                  parameters:
                    - $ref: "#/components/parameters/PatientRef"
                    - $ref: "#/components/parameters/PracticeOfRef"
                    - $ref: "#/components/parameters/HistoryAsOf"
                    - $ref: "#/components/parameters/HistoryPosition"
                    - $ref: "#/components/parameters/HistoryLimit"
                    - $ref: "#/components/parameters/HistoryAfter"
                    - $ref: "#/components/parameters/BreakGlass"
                    - $ref: "#/components/parameters/IfNoneMatch"
                    - $ref: "#/components/parameters/RequestID"
                  responses:
                    "200":
                      description: A page of the history.
                      headers:
                        X-Request-ID: { $ref: "#/components/headers/RequestID" }
                        ETag: { $ref: "#/components/headers/ETag" }
                        Vary: { $ref: "#/components/headers/VaryAccept" }
                      content:
                        application/json:
                          schema: { $ref: "#/components/schemas/History" }
                        image/svg+xml:
                          schema: { type: string }
                        text/html:
                          schema: { type: string }
                    "304": { $ref: "#/components/responses/NotModified" }
                    "400": { $ref: "#/components/responses/BadRequest" }
                    "401": { $ref: "#/components/responses/Unauthorized" }
                    "403": { $ref: "#/components/responses/Forbidden" }
                    "404": { $ref: "#/components/responses/NotFound" }
                    "406": { $ref: "#/components/responses/NotAcceptable" }
                    "429": { $ref: "#/components/responses/TooManyRequests" }
                    "503": { $ref: "#/components/responses/Unavailable" }
              /api/v1/audit/history:
                post:
                  operationId: auditHistory
                  tags: [Patients]
                  security: [{ bearer: [] }, { registeredSystem: ["audit:read"] }]
                  summary: The same for the auditor, and who was told
                  description: |
                    With what was withdrawn, or told of records that were joined once; with each practice that was shown it, each look, and each delivery to a webhook. The reason is recorded and somebody reads it.

                    `Accept: image/svg+xml` gives the whole as a time line, `text/html` as a page. Messages are never given out as they came.
                  parameters:
                    - $ref: "#/components/parameters/HistoryAsOf"
                    - $ref: "#/components/parameters/HistoryPosition"
                    - $ref: "#/components/parameters/HistoryLimit"
                    - $ref: "#/components/parameters/HistoryAfter"
                    - name: segments
                      in: query
                      description: Also the messages that told it, field by field, identifiers masked; of JSON those of the page. Not of a picture.
                      schema: { type: boolean, default: false }
                    - $ref: "#/components/parameters/RequestID"
                  requestBody:
                    required: true
                    content:
                      application/json:
                        schema:
                          type: object
                          required: [ref, reason]
                          additionalProperties: false
                          properties:
                            practice: { type: string, description: The practice whose ref it is; one that the token names. }
                            ref: { type: string, description: A patient's or an encounter's. }
                            reason: { type: string, minLength: 10, maxLength: 500, examples: ["Complaint 17, who saw the stay"] }
                  responses:
                    "200":
                      description: A page of the history, and all who were told.
                      headers:
                        X-Request-ID: { $ref: "#/components/headers/RequestID" }
                        ETag: { $ref: "#/components/headers/ETag" }
                        Vary: { $ref: "#/components/headers/VaryAccept" }
                      content:
                        application/json:
                          schema: { $ref: "#/components/schemas/AuditedHistory" }
                        image/svg+xml:
                          schema: { type: string }
                        text/html:
                          schema: { type: string }
                    "400": { $ref: "#/components/responses/BadRequest" }
                    "401": { $ref: "#/components/responses/Unauthorized" }
                    "403": { $ref: "#/components/responses/Forbidden" }
                    "404": { $ref: "#/components/responses/NotFound" }
                    "406": { $ref: "#/components/responses/NotAcceptable" }
                    "413": { $ref: "#/components/responses/TooLarge" }
                    "429": { $ref: "#/components/responses/TooManyRequests" }
                    "503": { $ref: "#/components/responses/Unavailable" }

            """#,
        schemas: #"""
                History:
                  allOf:
                    - $ref: "#/components/schemas/Freshness"
                    - type: object
                      required: [of, location_withheld, cut, items, visits, rows, next]
                      properties:
                        of: { type: string, description: The ref that was asked for. }
                        location_withheld: { type: boolean, description: Whether the patient is restricted. }
                        cut: { type: boolean, description: "`true` if there is more than 5,000 events." }
                        items: { type: array, items: { $ref: "#/components/schemas/HistoryItem" } }
                        visits: { type: array, items: { $ref: "#/components/schemas/HistoryVisit" } }
                        rows:
                          description: Where the encounters stand, or stood, in a practice's lists.
                          type: array
                          items:
                            type: object
                            required: [practice, encounter, patient, shown_since, withdrawn_at, withdrawn_reason]
                            properties:
                              shown_since: { type: string, format: date-time }
                              withdrawn_at: { type: ["string", "null"], format: date-time }
                              withdrawn_reason: { type: ["string", "null"] }
                        next: { type: ["string", "null"], description: "What `after` must be for the next page; `null` at the end." }
                AuditedHistory:
                  allOf:
                    - $ref: "#/components/schemas/History"
                    - type: object
                      required: [looks, deliveries]
                      properties:
                        looks:
                          description: Who was shown the patient, the earliest first; 2,000 at most.
                          type: array
                          items:
                            type: object
                            required: [practice, at, subject, role, client, purpose, route, request_id]
                            properties:
                              at: { type: string, format: date-time }
                        deliveries:
                          description: What webhooks were told; 2,000 at most.
                          type: array
                          items:
                            type: object
                            required: [practice, host, type, told_at, tried_at, state, status, attempts]
                            properties:
                              state: { type: string, enum: [waiting, delivered, failed] }
                        messages:
                          description: With `segments=true`, the messages that told the items of the page; of a restricted patient none.
                          type: array
                          items:
                            type: object
                            required: [log, position, trigger, erased, fields]
                            properties:
                              log: { type: string }
                              position: { type: integer, minimum: 1, description: "The position in `source` of the items that it told." }
                              trigger: { type: string, examples: [ADT^A01] }
                              erased: { type: boolean }
                              fields:
                                type: array
                                items:
                                  type: object
                                  required: [name, text]
                                  properties:
                                    name: { type: string, examples: [PV1-3] }
                                    text: { type: string, description: "Identifiers stand as •••." }
                HistoryMoment:
                  type: ["object", "null"]
                  required: [at, precision, ambiguous]
                  properties:
                    at: { type: string, format: date-time }
                    precision: { type: string, enum: [year, month, day, hour, minute, second, fraction] }
                    ambiguous: { type: boolean, description: "The clock on the wall said this twice that night, or never." }
                HistoryItem:
                  type: object
                  required: [log, position, type, what, visit, happened_at, happened_field, told_at, changes, taken_back_by, repeats, source, by, erased, unreadable]
                  properties:
                    log: { type: ["string", "null"], description: The hospital or practice that told it; withheld of a restricted patient. }
                    position: { type: integer, minimum: 1 }
                    type: { type: string, pattern: "^[a-z]+[.][a-z-]+[.]v[0-9]+$" }
                    what: { type: string, description: The type in plain words. }
                    visit: { type: ["string", "null"] }
                    happened_at: { $ref: "#/components/schemas/HistoryMoment" }
                    happened_field: { type: ["string", "null"], description: "Where that time stood in the message: `EVN-6`." }
                    told_at: { type: string, format: date-time }
                    changes:
                      type: array
                      items:
                        type: object
                        required: [field, before, after]
                        properties:
                          field: { type: string }
                          before: { type: ["string", "null"] }
                          after: { type: ["string", "null"] }
                    taken_back_by: { type: ["integer", "null"] }
                    repeats: { type: ["integer", "null"], description: The event that had told the very same before. }
                    source:
                      description: The message that told it.
                      type: ["object", "null"]
                      required: [position, trigger, control_id, sender, received_from]
                      properties:
                        position: { type: integer }
                        trigger: { type: string, examples: [ADT^A01] }
                        control_id: { type: string }
                        sender: { type: ["string", "null"] }
                        received_from: { type: ["string", "null"] }
                    by: { type: ["string", "null"], description: "Who told it, where no message did." }
                    erased: { type: boolean, description: Whether what it said was erased since. }
                    unreadable: { type: boolean }
                HistoryVisit:
                  type: object
                  required: [visit, log, class, status, void, began_at, ended_at, other_numbers, places]
                  properties:
                    visit: { type: string }
                    log: { type: ["string", "null"] }
                    class: { type: string }
                    status: { type: string }
                    void: { type: boolean, description: Whether it is to be taken as never having been. }
                    began_at: { $ref: "#/components/schemas/HistoryMoment" }
                    ended_at: { $ref: "#/components/schemas/HistoryMoment" }
                    other_numbers: { type: integer, minimum: 0 }
                    places:
                      type: array
                      items:
                        type: object
                        required: [place, from, to]
                        properties:
                          place: { type: string }
                          from: { $ref: "#/components/schemas/HistoryMoment" }
                          to: { $ref: "#/components/schemas/HistoryMoment" }

            """#)
}
