extension APIDescription {
    static let accessReports = Piece(
        paths: #"""
              /api/v1/audit/access:
                get:
                  operationId: getAccessRecords
                  tags: [Audit]
                  security: [{ bearer: [] }, { registeredSystem: ["audit:read"] }]
                  summary: Who looked at what, the oldest first
                  description: |
                    Of one practice: the token's, or of several the one that is named. Denials, restricted reveals, broken glass and polls are among the lines; `kind` narrows to some. Reading them is recorded itself.
                  parameters:
                    - name: practice
                      in: query
                      description: The practice that is meant, for auditors of several.
                      schema: { type: string, pattern: "^[A-Z0-9]{3,12}$" }
                    - name: user
                      in: query
                      description: The subject of the token.
                      schema: { type: string, maxLength: 255 }
                    - name: client
                      in: query
                      description: The client of the token.
                      schema: { type: string, maxLength: 64 }
                    - name: kind
                      in: query
                      description: Kinds of looks; may be repeated.
                      schema: { type: string, enum: [look, reveal, break-glass, grant, denial, poll] }
                    - name: since
                      in: query
                      description: From this time on.
                      schema: { type: string, format: date-time }
                    - name: until
                      in: query
                      description: Before this time.
                      schema: { type: string, format: date-time }
                    - name: limit
                      in: query
                      description: Lines a page.
                      schema: { type: integer, minimum: 1, maximum: 500, default: 100 }
                    - name: cursor
                      in: query
                      description: "`next_cursor` of the page before, beside the same question."
                      schema: { type: string, maxLength: 256 }
                    - $ref: "#/components/parameters/RequestID"
                  responses:
                    "200":
                      description: Access records.
                      headers:
                        X-Request-ID: { $ref: "#/components/headers/RequestID" }
                      content:
                        application/json:
                          schema: { $ref: "#/components/schemas/AccessLines" }
                    "400": { $ref: "#/components/responses/BadRequest" }
                    "401": { $ref: "#/components/responses/Unauthorized" }
                    "403": { $ref: "#/components/responses/Forbidden" }
                    "404": { $ref: "#/components/responses/NotFound" }
                    "429": { $ref: "#/components/responses/TooManyRequests" }
                    "503": { $ref: "#/components/responses/Unavailable" }
                post:
                  operationId: findAccessToPatient
                  tags: [Audit]
                  security: [{ bearer: [] }, { registeredSystem: ["audit:read"] }]
                  summary: Who looked at one patient's record
                  description: |
                    Every look that showed the patient, under whatever ref: records that a hospital joined to theirs count. `refs` of a line are the patient's alone. The number stands in the content, so that it is in no address.
                  parameters:
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
                            nhs_number: { type: string, description: "This or `patient`.", maxLength: 16 }
                            patient: { type: string, pattern: "^pt_[0-9a-z]{13}$" }
                            practice: { type: string, pattern: "^[A-Z0-9]{3,12}$" }
                            reason: { type: string, minLength: 10, maxLength: 500 }
                            since: { type: string, format: date-time }
                            until: { type: string, format: date-time }
                            cursor: { type: string, maxLength: 256 }
                  responses:
                    "200":
                      description: Access records.
                      headers:
                        X-Request-ID: { $ref: "#/components/headers/RequestID" }
                      content:
                        application/json:
                          schema: { $ref: "#/components/schemas/AccessLines" }
                    "400": { $ref: "#/components/responses/BadRequest" }
                    "401": { $ref: "#/components/responses/Unauthorized" }
                    "403": { $ref: "#/components/responses/Forbidden" }
                    "404": { $ref: "#/components/responses/NotFound" }
                    "413": { $ref: "#/components/responses/TooLarge" }
                    "429": { $ref: "#/components/responses/TooManyRequests" }
                    "503": { $ref: "#/components/responses/Unavailable" }
              /fhir/R4/AuditEvent:
                get:
                  operationId: fhirAuditEvents
                  tags: [FHIR]
                  security: [{ bearer: [] }, { registeredSystem: ["audit:read"] }]
                  summary: Search access records as FHIR has them
                  description: "In the shape of IHE Basic Audit Log Patterns. Of one practice: the token's, or of several the one that NHSD-End-User-Organisation-ODS names."
                  parameters:
                    - $ref: "#/components/parameters/EndUserOrganisation"
                    - name: "date"
                      in: query
                      description: "When it was, behind eq, gt, lt, ge, le, sa, eb or none; may come twice."
                      schema: { type: string }
                    - name: "agent"
                      in: query
                      description: The user or the client, as the token names them.
                      schema: { type: string, maxLength: 255 }
                    - name: "entity"
                      in: query
                      description: "`Patient/pt-...`; never an NHS number."
                      schema: { type: string }
                    - name: "action"
                      in: query
                      description: R for a read, E for a search.
                      schema: { type: string, enum: [R, E] }
                    - name: "_count"
                      in: query
                      description: Matches a page; more than 200 is answered as 200.
                      schema: { type: integer, minimum: 1, default: 50 }
                    - name: "_cursor"
                      in: query
                      description: As a `next` link has it; alone.
                      schema: { type: string, pattern: "^[A-Za-z0-9._-]+$", maxLength: 8192 }
                    - $ref: "#/components/parameters/Prefer"
                    - $ref: "#/components/parameters/IfNoneMatch"
                    - $ref: "#/components/parameters/RequestID"
                  responses:
                    "200": { $ref: "#/components/responses/FHIRBundle" }
                    "304": { $ref: "#/components/responses/NotModified" }
                    "400": { $ref: "#/components/responses/OperationOutcome" }
                    "401": { $ref: "#/components/responses/OperationOutcome" }
                    "403": { $ref: "#/components/responses/OperationOutcome" }
                    "404": { $ref: "#/components/responses/OperationOutcome" }
                    "429": { $ref: "#/components/responses/FHIRTooManyRequests" }
                    "503": { $ref: "#/components/responses/OperationOutcome" }
              /fhir/R4/AuditEvent/{id}:
                get:
                  operationId: fhirAuditEvent
                  tags: [FHIR]
                  security: [{ bearer: [] }, { registeredSystem: ["audit:read"] }]
                  summary: One access record
                  parameters:
                    - $ref: "#/components/parameters/EndUserOrganisation"
                    - $ref: "#/components/parameters/FHIRID"
                    - $ref: "#/components/parameters/Prefer"
                    - $ref: "#/components/parameters/IfNoneMatch"
                    - $ref: "#/components/parameters/RequestID"
                  responses:
                    "200": { $ref: "#/components/responses/FHIRResource" }
                    "304": { $ref: "#/components/responses/NotModified" }
                    "400": { $ref: "#/components/responses/OperationOutcome" }
                    "401": { $ref: "#/components/responses/OperationOutcome" }
                    "403": { $ref: "#/components/responses/OperationOutcome" }
                    "404": { $ref: "#/components/responses/OperationOutcome" }
                    "429": { $ref: "#/components/responses/FHIRTooManyRequests" }
                    "503": { $ref: "#/components/responses/OperationOutcome" }

            """#,
        schemas: #"""
                AccessLines:
                  type: object
                  required: [practice, made_at, items, next_cursor]
                  properties:
                    practice: { type: string }
                    made_at: { type: string, format: date-time }
                    items:
                      type: array
                      items: { $ref: "#/components/schemas/AccessLine" }
                    next_cursor: { type: [string, "null"] }
                AccessLine:
                  type: object
                  description: One look, or one refusal, or a batch of polls.
                  required: [id, at, kind, practice, user, role, client, organisation, route, deed, purpose, reason, denial, request_id, patients, refs, count, reviewed]
                  properties:
                    id: { type: string, format: uuid }
                    at: { type: string, format: date-time }
                    kind: { type: string, enum: [look, reveal, break-glass, grant, denial, poll] }
                    practice: { type: string }
                    user: { type: string }
                    role: { type: string }
                    client: { type: string }
                    organisation: { type: [string, "null"], description: "For whom a system says it asked." }
                    route: { type: string, description: What was asked for. }
                    deed: { type: string, description: The same in words for a patient to read. }
                    purpose: { type: string }
                    reason: { type: [string, "null"], description: As it was typed. }
                    denial: { type: [string, "null"] }
                    request_id: { type: [string, "null"] }
                    patients: { type: integer, description: How many patients the look showed. }
                    refs: { type: array, items: { type: string }, description: "Which; of a question about one patient that patient alone." }
                    count: { type: integer, description: How many polls. }
                    reviewed: { type: [boolean, "null"], description: Of broken glass whether it was reviewed. }

            """#)
}
