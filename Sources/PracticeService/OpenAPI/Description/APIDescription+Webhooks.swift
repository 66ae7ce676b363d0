extension APIDescription {
    static let webhooks = Piece(
        paths: #"""
              /api/v1/webhooks:
                get:
                  operationId: getWebhooks
                  tags: [Webhooks]
                  security: [{ bearer: [] }, { registeredSystem: ["webhooks:write"] }]
                  summary: The webhooks of the practices of the token
                  parameters:
                    - $ref: "#/components/parameters/RequestID"
                  responses:
                    "200":
                      description: The webhooks.
                      headers:
                        X-Request-ID: { $ref: "#/components/headers/RequestID" }
                      content:
                        application/json:
                          schema:
                            type: object
                            required: [webhooks]
                            properties:
                              webhooks: { type: array, items: { $ref: "#/components/schemas/Webhook" } }
                    "400": { $ref: "#/components/responses/BadRequest" }
                    "401": { $ref: "#/components/responses/Unauthorized" }
                    "403": { $ref: "#/components/responses/Forbidden" }
                    "429": { $ref: "#/components/responses/TooManyRequests" }
                    "503": { $ref: "#/components/responses/Unavailable" }
                post:
                  operationId: addWebhook
                  tags: [Webhooks]
                  security: [{ bearer: [] }, { registeredSystem: ["webhooks:write"] }]
                  summary: Be called when something changes
                  description: |
                    Each change is sent at least once as a CloudEvents 1.0 body (`application/cloudevents+json`); order is not promised. It is a signal, and carries no more than `id`, `time`, `type` (the change's type with hyphens: `primary-conect-encounter-admitted-1`, of a test `primary-conect-test-1`), `subject` (the patient's ref), `dataref` (where to read, with your token) and `filtering` (`generalpractitioner`: the practice, `class`).

                    Signed as Standard Webhooks have it: headers `webhook-id` (the event, the same when it is sent again), `webhook-timestamp` (seconds; refuse what is older than 5 minutes) and `webhook-signature` (`v1,` and the base64 of the HMAC-SHA-256 of `id.timestamp.body`, by the bytes behind `whsec_` in base64). For 24 hours after a new secret was made there are two, with a blank between.

                    Answer 2xx. Anything else is tried again after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h and 10 h, `Retry-After` honoured; 410 turns the webhook off, and so do three days without success. A test event comes at once and then every 15 minutes. The secret is in this answer alone. There is no Idempotency-Key here: sent twice, there are two webhooks; look at the list first, and remove the one too many.
                  parameters:
                    - $ref: "#/components/parameters/RequestID"
                  requestBody:
                    required: true
                    content:
                      application/json:
                        schema: { $ref: "#/components/schemas/NewWebhook" }
                  responses:
                    "201":
                      description: The webhook, with its secret.
                      headers:
                        X-Request-ID: { $ref: "#/components/headers/RequestID" }
                      content:
                        application/json:
                          schema: { $ref: "#/components/schemas/Webhook" }
                    "400": { $ref: "#/components/responses/BadRequest" }
                    "401": { $ref: "#/components/responses/Unauthorized" }
                    "403": { $ref: "#/components/responses/Forbidden" }
                    "404": { $ref: "#/components/responses/NotFound" }
                    "413": { $ref: "#/components/responses/TooLarge" }
                    "429": { $ref: "#/components/responses/TooManyRequests" }
                    "503": { $ref: "#/components/responses/Unavailable" }
              /api/v1/webhooks/{id}:
                get:
                  operationId: getWebhook
                  tags: [Webhooks]
                  security: [{ bearer: [] }, { registeredSystem: ["webhooks:write"] }]
                  summary: One webhook, and how it fares
                  parameters:
                    - $ref: "#/components/parameters/WebhookID"
                    - $ref: "#/components/parameters/RequestID"
                  responses:
                    "200":
                      description: The webhook, without its secret.
                      headers:
                        X-Request-ID: { $ref: "#/components/headers/RequestID" }
                      content:
                        application/json:
                          schema: { $ref: "#/components/schemas/Webhook" }
                    "400": { $ref: "#/components/responses/BadRequest" }
                    "401": { $ref: "#/components/responses/Unauthorized" }
                    "403": { $ref: "#/components/responses/Forbidden" }
                    "404": { $ref: "#/components/responses/NotFound" }
                    "429": { $ref: "#/components/responses/TooManyRequests" }
                    "503": { $ref: "#/components/responses/Unavailable" }
                delete:
                  operationId: removeWebhook
                  tags: [Webhooks]
                  security: [{ bearer: [] }, { registeredSystem: ["webhooks:write"] }]
                  summary: Be called no more
                  parameters:
                    - $ref: "#/components/parameters/WebhookID"
                    - $ref: "#/components/parameters/RequestID"
                  responses:
                    "204":
                      description: It is gone, and what was sent to it.
                      headers:
                        X-Request-ID: { $ref: "#/components/headers/RequestID" }
                    "400": { $ref: "#/components/responses/BadRequest" }
                    "401": { $ref: "#/components/responses/Unauthorized" }
                    "403": { $ref: "#/components/responses/Forbidden" }
                    "404": { $ref: "#/components/responses/NotFound" }
                    "429": { $ref: "#/components/responses/TooManyRequests" }
                    "503": { $ref: "#/components/responses/Unavailable" }
              /api/v1/webhooks/{id}/secret:
                post:
                  operationId: rotateWebhookSecret
                  tags: [Webhooks]
                  security: [{ bearer: [] }, { registeredSystem: ["webhooks:write"] }]
                  summary: A new secret
                  description: For a day each call is signed with both.
                  parameters:
                    - $ref: "#/components/parameters/WebhookID"
                    - $ref: "#/components/parameters/RequestID"
                  responses:
                    "200":
                      description: The new secret.
                      headers:
                        X-Request-ID: { $ref: "#/components/headers/RequestID" }
                      content:
                        application/json:
                          schema:
                            type: object
                            required: [secret, previous_until]
                            properties:
                              secret: { type: string, pattern: "^whsec_" }
                              previous_until: { type: string, format: date-time }
                    "400": { $ref: "#/components/responses/BadRequest" }
                    "401": { $ref: "#/components/responses/Unauthorized" }
                    "403": { $ref: "#/components/responses/Forbidden" }
                    "404": { $ref: "#/components/responses/NotFound" }
                    "429": { $ref: "#/components/responses/TooManyRequests" }
                    "503": { $ref: "#/components/responses/Unavailable" }
              /api/v1/webhooks/{id}/deliveries:
                get:
                  operationId: getDeliveries
                  tags: [Webhooks]
                  security: [{ bearer: [] }, { registeredSystem: ["webhooks:write"] }]
                  summary: The newest 100 events that were sent or are to be
                  parameters:
                    - $ref: "#/components/parameters/WebhookID"
                    - $ref: "#/components/parameters/RequestID"
                  responses:
                    "200":
                      description: The events, the newest first.
                      headers:
                        X-Request-ID: { $ref: "#/components/headers/RequestID" }
                      content:
                        application/json:
                          schema:
                            type: object
                            required: [deliveries]
                            properties:
                              deliveries: { type: array, items: { $ref: "#/components/schemas/Delivery" } }
                    "400": { $ref: "#/components/responses/BadRequest" }
                    "401": { $ref: "#/components/responses/Unauthorized" }
                    "403": { $ref: "#/components/responses/Forbidden" }
                    "404": { $ref: "#/components/responses/NotFound" }
                    "429": { $ref: "#/components/responses/TooManyRequests" }
                    "503": { $ref: "#/components/responses/Unavailable" }
              /api/v1/webhooks/{id}/redeliver:
                post:
                  operationId: redeliver
                  tags: [Webhooks]
                  security: [{ bearer: [] }, { registeredSystem: ["webhooks:write"] }]
                  summary: Send one event again, or all that were given up
                  description: Turns the webhook on.
                  parameters:
                    - $ref: "#/components/parameters/WebhookID"
                    - $ref: "#/components/parameters/RequestID"
                  requestBody:
                    content:
                      application/json:
                        schema:
                          type: object
                          properties:
                            event: { type: string, description: Its id. }
                  responses:
                    "202":
                      description: How many are sent again.
                      headers:
                        X-Request-ID: { $ref: "#/components/headers/RequestID" }
                      content:
                        application/json:
                          schema:
                            type: object
                            required: [redelivered]
                            properties:
                              redelivered: { type: integer, minimum: 0 }
                    "400": { $ref: "#/components/responses/BadRequest" }
                    "401": { $ref: "#/components/responses/Unauthorized" }
                    "403": { $ref: "#/components/responses/Forbidden" }
                    "404": { $ref: "#/components/responses/NotFound" }
                    "413": { $ref: "#/components/responses/TooLarge" }
                    "429": { $ref: "#/components/responses/TooManyRequests" }
                    "503": { $ref: "#/components/responses/Unavailable" }

            """#,
        schemas: #"""
                NewWebhook:
                  type: object
                  required: [practice, url]
                  additionalProperties: false
                  properties:
                    practice: { type: string, description: A practice of the token. }
                    url: { type: string, format: uri, maxLength: 2048, description: https with a public DNS name. }
                    types: { type: array, maxItems: 50, items: { type: string, maxLength: 64, pattern: "^[a-z_]+[.][a-z_]+$" }, description: "Types of change to be told, of those that the change feed names; all without it." }
                Webhook:
                  type: object
                  required: [id, practice, url, types, state, off_reason, failing_since, made_at]
                  properties:
                    id: { type: string, pattern: "^wh_" }
                    practice: { type: string }
                    url: { type: string }
                    types: { type: array, items: { type: string } }
                    state: { type: string, enum: ["on", "off"] }
                    off_reason: { type: ["string", "null"], description: "`gone` or `failing`." }
                    failing_since: { type: ["string", "null"], format: date-time }
                    made_at: { type: string, format: date-time }
                    secret: { type: string, pattern: "^whsec_" }
                Delivery:
                  type: object
                  required: [event, type, told_at, state, attempts, next_at, tried_at, status, error]
                  properties:
                    event: { type: string, pattern: "^evt_" }
                    type: { type: string, pattern: "^primary-conect-" }
                    told_at: { type: string, format: date-time }
                    state: { type: string, enum: [waiting, delivered, failed] }
                    attempts: { type: integer, minimum: 0 }
                    next_at: { type: ["string", "null"], format: date-time }
                    tried_at: { type: ["string", "null"], format: date-time }
                    status: { type: ["integer", "null"] }
                    error: { type: ["string", "null"], description: A code. }

            """#)
}
