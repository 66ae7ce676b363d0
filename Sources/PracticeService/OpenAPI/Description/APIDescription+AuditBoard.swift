extension APIDescription {
    static let auditBoard = Piece(
        paths: #"""
              /api/v1/audit/board:
                get:
                  operationId: getAuditBoard
                  tags: [Audit]
                  security: [{ bearer: [] }, { registeredSystem: ["audit:read"] }]
                  summary: What a practice could see at a moment
                  description: |
                    A list as it was shown at a moment of the past, beside what is known now of that moment; the differences first. A historical view: not for the care of anybody today. The look is recorded, with each patient that is shown, before anything is sent.
                  parameters:
                    - name: practice
                      in: query
                      required: true
                      description: The practice, by its ODS code.
                      schema: { type: string, pattern: "^[A-Z0-9]{3,6}$" }
                    - name: list
                      in: query
                      description: A list as in `/api/v1/practices/{ods}/lists/{list}`.
                      schema: { type: string, default: huddle, enum: [deaths, admissions, in-hospital, discharges, attendances, expected-discharges, concerns, fopas, frequent, frequent-attenders, readmissions, readmission-risk, symphony, long-stay, virtual-ward, care-home, corrected, huddle] }
                    - name: at
                      in: query
                      description: The moment, not in the future. This or `position`.
                      schema: { type: string, format: date-time, examples: ["2026-03-03T08:00:00Z"] }
                    - name: position
                      in: query
                      description: The moment behind one event of a hospital's log.
                      schema: { type: string, pattern: "^[A-Z0-9-]{1,12}:[1-9][0-9]{0,17}$", examples: ["ZX901:1187"] }
                    - name: case
                      in: query
                      required: true
                      description: The number of the case that is audited; stands in the access record as the purpose.
                      schema: { type: string, pattern: "^[A-Za-z][A-Za-z0-9.-]{0,31}$" }
                    - $ref: "#/components/parameters/RequestID"
                  responses:
                    "200":
                      description: Both sides.
                      headers:
                        X-Request-ID: { $ref: "#/components/headers/RequestID" }
                      content:
                        application/json:
                          schema: { $ref: "#/components/schemas/AuditBoard" }
                    "400": { $ref: "#/components/responses/BadRequest" }
                    "401": { $ref: "#/components/responses/Unauthorized" }
                    "403": { $ref: "#/components/responses/Forbidden" }
                    "404": { $ref: "#/components/responses/NotFound" }
                    "429": { $ref: "#/components/responses/TooManyRequests" }
                    "503": { $ref: "#/components/responses/Unavailable" }

            """#,
        schemas: #"""
                AuditBoard:
                  type: object
                  required: [list, practice, as_of, complete, feeds, differences, shown_then, known_now]
                  properties:
                    list: { type: string }
                    practice: { type: string }
                    as_of: { $ref: "#/components/schemas/AsOf" }
                    complete: { type: boolean, description: "`false` if a feed was silent then: people may have been missing." }
                    feeds: { type: array, items: { $ref: "#/components/schemas/Feed" }, description: As the feeds were then. }
                    differences:
                      type: object
                      required: [only_then, only_now, changed]
                      properties:
                        only_then: { type: array, items: { type: string }, description: Encounters that were shown and should not have been. }
                        only_now: { type: array, items: { type: string }, description: Encounters that were not shown and should have been. }
                        changed: { type: array, items: { type: string }, description: Encounters of which something else is known now. }
                    shown_then: { $ref: "#/components/schemas/AuditBoardSide" }
                    known_now: { $ref: "#/components/schemas/AuditBoardSide" }
                AuditBoardSide:
                  type: object
                  required: [since, total, items]
                  properties:
                    since: { type: ["string", "null"], format: date-time, description: After when news counted. }
                    total: { type: integer, minimum: 0 }
                    items: { type: array, items: { $ref: "#/components/schemas/Line" } }

            """#)
}
