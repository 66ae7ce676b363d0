extension APIDescription {
    static let lists = Piece(
        paths: #"""
              /api/v1/practices/{ods}/lists/{list}:
                get:
                  operationId: getList
                  tags: [Lists]
                  summary: One list of one practice
                  description: |
                    The look is recorded, with each patient that is shown, before anything is sent.
                  parameters:
                    - $ref: "#/components/parameters/Practice"
                    - name: list
                      in: path
                      required: true
                      description: |
                        `admissions`: inpatient stays first told to us in the window, still in or not, newest first. `in-hospital`: stays that are open now, longest first; no window. `discharges`: stays whose end was told in the window, newest first. `attendances`: A&E, arrival or end told in the window, newest first. `corrected`: what was cancelled, entered in error or withdrawn from this practice in the window, newest first.
                      schema: { type: string, enum: [admissions, in-hospital, discharges, attendances, corrected] }
                    - name: since
                      in: query
                      description: Opens the window, by when we were told. Without it the window opens at 18:00 London time on the previous working day. Not in the future.
                      schema: { type: string, format: date-time, examples: ["2026-03-02T18:00:00Z"] }
                    - name: limit
                      in: query
                      description: Lines a page.
                      schema: { type: integer, minimum: 1, maximum: 200, default: 50 }
                    - name: cursor
                      in: query
                      description: "`next_cursor` of the page before; keeps the window of the first page."
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
                          schema: { $ref: "#/components/schemas/List" }
                    "304": { $ref: "#/components/responses/NotModified" }
                    "400": { $ref: "#/components/responses/BadRequest" }
                    "401": { $ref: "#/components/responses/Unauthorized" }
                    "403": { $ref: "#/components/responses/Forbidden" }
                    "404": { $ref: "#/components/responses/NotFound" }
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
                    complete: { type: boolean, description: "`false` if a feed is silent: people may be missing. Tell your user." }
                    feeds: { type: array, items: { $ref: "#/components/schemas/Feed" } }
                    total: { type: integer, minimum: 0, description: Lines of the whole list. }
                    items: { type: array, items: { $ref: "#/components/schemas/Line" } }
                    next_cursor: { type: ["string", "null"] }
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
                    discussed: {}
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
