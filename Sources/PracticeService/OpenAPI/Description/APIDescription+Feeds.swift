extension APIDescription {
    static let feeds = Piece(
        paths: #"""
              /api/v1/feeds:
                get:
                  operationId: getFeeds
                  tags: [Freshness]
                  security: [{ bearer: [] }, { registeredSystem: ["status:read"] }]
                  summary: How fresh each hospital's feed is
                  description: No patient data; open to every role.
                  parameters:
                    - $ref: "#/components/parameters/RequestID"
                  responses:
                    "200":
                      description: All feeds.
                      headers:
                        X-Request-ID: { $ref: "#/components/headers/RequestID" }
                      content:
                        application/json:
                          schema: { $ref: "#/components/schemas/Feeds" }
                    "400": { $ref: "#/components/responses/BadRequest" }
                    "401": { $ref: "#/components/responses/Unauthorized" }
                    "403": { $ref: "#/components/responses/Forbidden" }
                    "429": { $ref: "#/components/responses/TooManyRequests" }
                    "503": { $ref: "#/components/responses/Unavailable" }
              /api/v1/status:
                get:
                  operationId: getStatus
                  tags: [Freshness]
                  security: [{ bearer: [] }, { registeredSystem: ["status:read"] }]
                  summary: How the service stands, feeds and positions
                  description: |
                    No patient data; open to every role. `behind` counts events of the hospitals' logs and of your practice's
                    own that the lists do not show yet.
                  parameters:
                    - $ref: "#/components/parameters/RequestID"
                  responses:
                    "200":
                      description: The standing of the service.
                      headers:
                        X-Request-ID: { $ref: "#/components/headers/RequestID" }
                      content:
                        application/json:
                          schema: { $ref: "#/components/schemas/Status" }
                    "400": { $ref: "#/components/responses/BadRequest" }
                    "401": { $ref: "#/components/responses/Unauthorized" }
                    "403": { $ref: "#/components/responses/Forbidden" }
                    "429": { $ref: "#/components/responses/TooManyRequests" }
                    "503": { $ref: "#/components/responses/Unavailable" }

            """#,
        schemas: #"""
                Feeds:
                  type: object
                  required: [as_of, complete, feeds]
                  properties:
                    as_of: { $ref: "#/components/schemas/AsOf" }
                    complete: { type: boolean, description: "`false` if a feed is silent, or we are still taking in its news, or none was ever heard." }
                    feeds: { type: array, items: { $ref: "#/components/schemas/FeedState" } }
                FeedState:
                  description: How fresh the news of one hospital is, and by what measure.
                  type: object
                  required: [feed, state, last_heard, hospital, position, behind, silent_since, silence_told_at, usual_gap_seconds]
                  properties:
                    feed: { type: string }
                    state: { type: string, enum: [fresh, quiet, silent] }
                    last_heard: { type: string, format: date-time }
                    hospital: { type: string, description: "Its ODS code: that of `location.site` in what it tells, unless a site is named." }
                    position: { type: integer, minimum: 0, description: "Position in the hospital's log of its newest message that the lists show." }
                    behind: { type: integer, minimum: 0, description: "News of it that the lists do not show yet, while they catch up; else 0." }
                    silent_since: { type: ["string", "null"], format: date-time, description: "When a silent feed was last heard; `null` of any other." }
                    silence_told_at: { type: ["string", "null"], format: date-time, description: When the silence became an event that the change feed tells. }
                    usual_gap_seconds: { type: ["integer", "null"], description: "The longest silence that is usual in this hour of the week; over it a feed is quiet, over three times it silent. `null` until eight weeks have been heard." }
                Status:
                  type: object
                  required: [as_of, complete, feeds, events, behind, logs]
                  properties:
                    as_of: { $ref: "#/components/schemas/AsOf" }
                    complete: { type: boolean, description: "`false` if a feed is silent, or we are still taking in its news, or none was ever heard." }
                    feeds: { type: array, items: { $ref: "#/components/schemas/FeedState" } }
                    events: { type: integer, description: Events stored in these logs. }
                    behind: { type: integer, description: Events of them that the lists do not show yet. }
                    logs:
                      type: array
                      items:
                        type: object
                        required: [log, position, projected, told_through]
                        properties:
                          log: { type: string }
                          position: { type: integer, description: Where the log ends. }
                          projected: { type: integer, description: Up to where the lists show it. }
                          told_through: { type: ["string", "null"], format: date-time }

            """#)
}
