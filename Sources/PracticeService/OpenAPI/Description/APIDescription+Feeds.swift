extension APIDescription {
    static let feeds = Piece(
        paths: #"""
              /api/v1/feeds:
                get:
                  operationId: getFeeds
                  tags: [Freshness]
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
                    "503": { $ref: "#/components/responses/Unavailable" }

            """#,
        schemas: #"""
                Feeds:
                  type: object
                  required: [as_of, complete, feeds]
                  properties:
                    as_of: { $ref: "#/components/schemas/AsOf" }
                    complete: { type: boolean, description: "`false` if a feed is silent, or none was ever heard." }
                    feeds: { type: array, items: { $ref: "#/components/schemas/Feed" } }

            """#)
}
