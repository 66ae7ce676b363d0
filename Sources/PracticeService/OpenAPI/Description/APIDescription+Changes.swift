extension APIDescription {
    static let changes = Piece(
        paths: #"""
              /api/v1/practices/{ods}/changes:
                get:
                  operationId: getChanges
                  tags: [Changes]
                  security: [{ bearer: [] }, { registeredSystem: ["changes:read"] }]
                  summary: What changed for one practice, in order
                  description: |
                    At least once, in the order in which the lists came to show them; the same cursor gives the same changes first. Several hospitals tell: `told_at` need not ascend while one catches up. Changes are kept 90 days.

                    Types: `encounter.admitted`, `encounter.transferred`, `encounter.discharged`, `encounter.cancelled`, `encounter.corrected`, `encounter.updated`; `attendance.started`, `attendance.ended`; `patient.died`, `patient.merged`, `patient.unmerged`, `patient.moved_practice`, `patient.updated` (of a patient and not of one encounter: `encounter` is `null`, look at the patient); `concern.raised`, `concern.closed`; `action.added`, `action.assigned`, `action.completed`, `action.reopened`; `huddle.discussed`, `huddle.discussion_undone`, `huddle.closed`; `symphony.scored`, `symphony.score_removed`; `onboarding.` and the state of the case (`onboarding.identified`, `onboarding.visit_offered` ...); `registrations.updated`; `views.rebuilt`: load the lists anew; `feed.fell_silent`, `feed.recovered`: `complete` has changed in all of them. Pass over types that you do not know: others will come.
                  parameters:
                    - $ref: "#/components/parameters/Practice"
                    - name: cursor
                      in: query
                      description: "`next` of the answer before, or the `cursor` of a change. Without it the feed begins now."
                      schema: { type: string, maxLength: 64 }
                    - name: from
                      in: query
                      description: "`oldest` begins with the oldest change that is kept; not beside a cursor."
                      schema: { type: string, enum: [oldest] }
                    - name: wait
                      in: query
                      description: Seconds to wait for a change where there is none.
                      schema: { type: integer, minimum: 0, maximum: 25, default: 0 }
                    - name: limit
                      in: query
                      description: Changes an answer.
                      schema: { type: integer, minimum: 1, maximum: 500, default: 100 }
                    - $ref: "#/components/parameters/RequestID"
                  responses:
                    "200":
                      description: The next changes; none if nothing changed.
                      headers:
                        X-Request-ID: { $ref: "#/components/headers/RequestID" }
                      content:
                        application/json:
                          schema: { $ref: "#/components/schemas/Changes" }
                    "400": { $ref: "#/components/responses/BadRequest" }
                    "401": { $ref: "#/components/responses/Unauthorized" }
                    "403": { $ref: "#/components/responses/Forbidden" }
                    "404": { $ref: "#/components/responses/NotFound" }
                    "410":
                      description: What follows the cursor is no longer kept. Load the lists, then begin at the address in `Link`.
                      headers:
                        X-Request-ID: { $ref: "#/components/headers/RequestID" }
                        Link:
                          description: Where to begin again (RFC 8288, `rel="start"`).
                          required: true
                          schema: { type: string }
                      content:
                        application/problem+json:
                          schema: { $ref: "#/components/schemas/Problem" }
                    "429": { $ref: "#/components/responses/TooManyRequests" }
                    "503": { $ref: "#/components/responses/Unavailable" }
              /api/v1/practices/{ods}/stream:
                get:
                  operationId: getStream
                  tags: [Changes]
                  security: [{ bearer: [] }, { registeredSystem: ["changes:read"] }]
                  summary: The signals of the change feed as server-sent events
                  description: |
                    `list-changed` (`{"list","version"}`), `feed` (`{"feed","state","last_heard"}`), `reset` (load the lists anew) and `reauthenticate` (the token has ended). No patient data. A comment every 15 seconds is a sign of life.
                  parameters:
                    - $ref: "#/components/parameters/Practice"
                    - name: after
                      in: query
                      description: As `Last-Event-ID`, where that header cannot be sent.
                      schema: { type: string }
                    - name: Last-Event-ID
                      in: header
                      description: The id of the last event; resumes behind it. One that is none of ours is answered with `reset`.
                      schema: { type: string }
                    - $ref: "#/components/parameters/RequestID"
                  responses:
                    "200":
                      description: The stream, until the token ends or the service stops.
                      headers:
                        X-Request-ID: { $ref: "#/components/headers/RequestID" }
                      content:
                        text/event-stream:
                          schema: { description: Events as they come. }
                    "400": { $ref: "#/components/responses/BadRequest" }
                    "401": { $ref: "#/components/responses/Unauthorized" }
                    "403": { $ref: "#/components/responses/Forbidden" }
                    "404": { $ref: "#/components/responses/NotFound" }
                    "429": { $ref: "#/components/responses/TooManyRequests" }
                    "503": { $ref: "#/components/responses/Unavailable" }

            """#,
        schemas: #"""
                Changes:
                  type: object
                  required: [changes, next, caught_up]
                  properties:
                    changes: { type: array, items: { $ref: "#/components/schemas/Change" } }
                    next: { type: string, description: Where to go on. }
                    caught_up: { type: boolean, description: Whether there was nothing behind `next`. }
                Change:
                  type: object
                  required: [cursor, type, happened_at, told_at, encounter, patient, class, lists, href]
                  properties:
                    cursor: { type: string }
                    type: { type: string, pattern: "^[a-z]+[.][a-z_]+$", description: "One of those that the description of the change feed names; pass over what you do not know." }
                    happened_at: { type: ["string", "null"], format: date-time, description: "`null` where the hospital says nothing, or a day alone." }
                    told_at: { type: string, format: date-time }
                    encounter: { type: ["string", "null"], pattern: "^enc_[0-9a-z]+$" }
                    patient: { type: ["string", "null"], pattern: "^pt_[0-9a-z]+$" }
                    class: { type: ["string", "null"] }
                    lists: { type: array, items: { type: string }, description: "Lists that it may have changed: `admissions`, `in-hospital`, `discharges`, `attendances`, `deaths`, `corrected`, `concerns`, `symphony`, or `huddle` alone. What another list shows (`long-stay`, `frequent`, `fopas` ...) changes with one of these: load those again with `huddle`." }
                    href: { type: ["string", "null"], description: Where the whole stands. }
                    feed: { type: string, description: "The feed that fell silent or was heard again; not there in other changes." }

            """#)
}
