extension APIDescription {
    static let access = Piece(
        paths: #"""
              /oauth2/token:
                post:
                  operationId: getToken
                  tags: [Access]
                  summary: An access token for a registered system
                  description: |
                    OAuth 2.0 client credentials with `private_key_jwt` (RFC 6749 section 4.4, RFC 7523). Sign a JWT with the algorithm and a key of your registration: `iss` and `sub` your client id, `aud` the address of this endpoint, `jti` a UUID of its own, `exp` at most 5 minutes ahead, header `kid`. A token lives 5 minutes. An installation without registered systems does not answer here (404).
                  security: []
                  parameters:
                    - $ref: "#/components/parameters/RequestID"
                  requestBody:
                    required: true
                    content:
                      application/x-www-form-urlencoded:
                        schema:
                          type: object
                          required: [grant_type, client_assertion_type, client_assertion]
                          properties:
                            grant_type: { type: string, enum: [client_credentials] }
                            client_assertion_type: { type: string, enum: ["urn:ietf:params:oauth:client-assertion-type:jwt-bearer"] }
                            client_assertion: { type: string, maxLength: 8192 }
                            client_id: { type: string, maxLength: 64 }
                            scope: { type: string, maxLength: 512, description: "Scopes with blanks between; all that the client may have where it is left out." }
                  responses:
                    "200":
                      description: The token.
                      headers:
                        X-Request-ID: { $ref: "#/components/headers/RequestID" }
                      content:
                        application/json:
                          schema:
                            type: object
                            required: [access_token, token_type, expires_in, scope]
                            properties:
                              access_token: { type: string }
                              token_type: { const: Bearer }
                              expires_in: { type: integer }
                              scope: { type: string }
                    "400": { $ref: "#/components/responses/TokenRefused" }
                    "401": { $ref: "#/components/responses/TokenRefused" }
                    "404": { $ref: "#/components/responses/NotFound" }
                    "429": { $ref: "#/components/responses/TooManyRequests" }
                    "503": { $ref: "#/components/responses/Unavailable" }
              /api/v1/break-glass:
                post:
                  operationId: breakGlass
                  tags: [Access]
                  security: [{ bearer: [] }, { registeredSystem: ["break-glass:write"] }]
                  summary: Opens a practice that is not yours for half an hour
                  description: |
                    For clinicians and operators. The reason is kept for review; send the grant as `X-Break-Glass` with each request that needs it.
                  parameters:
                    - $ref: "#/components/parameters/RequestID"
                  requestBody:
                    required: true
                    content:
                      application/json:
                        schema:
                          type: object
                          required: [practice, reason]
                          additionalProperties: false
                          properties:
                            practice: { type: string, pattern: "^([A-Z][0-9]{5}|UNKNOWN)$", description: "`UNKNOWN`, for operators: the patients of no known practice." }
                            reason: { type: string, minLength: 10, maxLength: 500 }
                  responses:
                    "201":
                      description: The grant.
                      headers:
                        X-Request-ID: { $ref: "#/components/headers/RequestID" }
                      content:
                        application/json:
                          schema:
                            type: object
                            required: [grant, practice, expires_at]
                            properties:
                              grant: { type: string, format: uuid }
                              practice: { type: string }
                              expires_at: { type: string, format: date-time }
                    "400": { $ref: "#/components/responses/BadRequest" }
                    "401": { $ref: "#/components/responses/Unauthorized" }
                    "403": { $ref: "#/components/responses/Forbidden" }
                    "429": { $ref: "#/components/responses/TooManyRequests" }
                    "503": { $ref: "#/components/responses/Unavailable" }

            """#,
        schemas: "")
}
