extension APIDescription {
    static let logs = Piece(
        paths: #"""
              /api/v1/log/checkpoint:
                get:
                  operationId: getLogCheckpoint
                  tags: [Proofs]
                  security: [{ bearer: [] }, { registeredSystem: ["status:read"] }]
                  summary: The newest signed checkpoint of a log
                  description: |
                    What a log's tree had come to when it was last signed: origin, size and root, as a note signed with Ed25519
                    (C2SP tlog-checkpoint and signed-note). Without `log` the newest of every log, an empty line between them.
                    Keep one: with it anybody can show later that the log was, or was not, written anew. Every answer of this API also
                    bears `Log-Checkpoint: RH5@1284311:<root>, …`: the newest signed checkpoint of each hospital's log when it was made.
                  parameters:
                    - $ref: "#/components/parameters/RequestID"
                    - $ref: "#/components/parameters/LogIfAny"
                  responses:
                    "200":
                      description: Signed notes.
                      headers:
                        X-Request-ID: { $ref: "#/components/headers/RequestID" }
                        Log-Checkpoint: { $ref: "#/components/headers/LogCheckpoint" }
                      content:
                        text/plain:
                          schema: { type: string }
                    "400": { $ref: "#/components/responses/BadRequest" }
                    "401": { $ref: "#/components/responses/Unauthorized" }
                    "403": { $ref: "#/components/responses/Forbidden" }
                    "404": { $ref: "#/components/responses/NotFound" }
                    "429": { $ref: "#/components/responses/TooManyRequests" }
                    "503": { $ref: "#/components/responses/Unavailable" }
              /api/v1/log/key:
                get:
                  operationId: getLogKey
                  tags: [Proofs]
                  security: [{ bearer: [] }, { registeredSystem: ["status:read"] }]
                  summary: The key that a log's checkpoints are signed with
                  description: |
                    `name+id+key`, as tools for signed notes read it; the name is the origin line of the log's checkpoints. Better to have it
                    from `primary-conect audit key` by another way than this one.
                  parameters:
                    - $ref: "#/components/parameters/RequestID"
                    - $ref: "#/components/parameters/Log"
                  responses:
                    "200":
                      description: The verifier key, one line.
                      headers:
                        X-Request-ID: { $ref: "#/components/headers/RequestID" }
                      content:
                        text/plain:
                          schema: { type: string }
                    "400": { $ref: "#/components/responses/BadRequest" }
                    "401": { $ref: "#/components/responses/Unauthorized" }
                    "403": { $ref: "#/components/responses/Forbidden" }
                    "404": { $ref: "#/components/responses/NotFound" }
                    "429": { $ref: "#/components/responses/TooManyRequests" }
                    "503": { $ref: "#/components/responses/Unavailable" }
              /api/v1/log/proof/inclusion:
                get:
                  operationId: getInclusionProof
                  tags: [Proofs]
                  security: [{ bearer: [] }, { registeredSystem: ["status:read"] }]
                  summary: Proof that an event is in a log
                  description: |
                    RFC 6962 section 2.1.1: with the leaf and these hashes anybody can compute the root of the checkpoint. Hashes alone; what a
                    leaf commits to is in `Sources/EventSourcing/LeafEncoding.swift`.
                  parameters:
                    - $ref: "#/components/parameters/RequestID"
                    - $ref: "#/components/parameters/Log"
                    - name: position
                      in: query
                      required: true
                      description: Position of the event.
                      schema: { type: integer, minimum: 1 }
                    - name: size
                      in: query
                      description: Size of the tree; without it that of the newest checkpoint.
                      schema: { type: integer, minimum: 1 }
                  responses:
                    "200":
                      description: The proof.
                      headers:
                        X-Request-ID: { $ref: "#/components/headers/RequestID" }
                      content:
                        application/json:
                          schema: { $ref: "#/components/schemas/InclusionProof" }
                    "400": { $ref: "#/components/responses/BadRequest" }
                    "401": { $ref: "#/components/responses/Unauthorized" }
                    "403": { $ref: "#/components/responses/Forbidden" }
                    "404": { $ref: "#/components/responses/NotFound" }
                    "429": { $ref: "#/components/responses/TooManyRequests" }
                    "503": { $ref: "#/components/responses/Unavailable" }
              /api/v1/log/proof/consistency:
                get:
                  operationId: getConsistencyProof
                  tags: [Proofs]
                  security: [{ bearer: [] }, { registeredSystem: ["status:read"] }]
                  summary: Proof that a log begins with what was signed of it before
                  description: "RFC 6962 section 2.1.2: with these hashes anybody can compute both roots, so nothing was changed, taken out or put in between."
                  parameters:
                    - $ref: "#/components/parameters/RequestID"
                    - $ref: "#/components/parameters/Log"
                    - name: from
                      in: query
                      required: true
                      description: Size of the older checkpoint.
                      schema: { type: integer, minimum: 1 }
                    - name: to
                      in: query
                      description: Size of the newer tree; without it that of the newest checkpoint.
                      schema: { type: integer, minimum: 1 }
                  responses:
                    "200":
                      description: The proof.
                      headers:
                        X-Request-ID: { $ref: "#/components/headers/RequestID" }
                      content:
                        application/json:
                          schema: { $ref: "#/components/schemas/ConsistencyProof" }
                    "400": { $ref: "#/components/responses/BadRequest" }
                    "401": { $ref: "#/components/responses/Unauthorized" }
                    "403": { $ref: "#/components/responses/Forbidden" }
                    "404": { $ref: "#/components/responses/NotFound" }
                    "429": { $ref: "#/components/responses/TooManyRequests" }
                    "503": { $ref: "#/components/responses/Unavailable" }

            """#,
        schemas: #"""
                InclusionProof:
                  type: object
                  required: [log, position, index, size, leaf_hash, hashes, checkpoint]
                  properties:
                    log: { type: string }
                    position: { type: integer, description: Position of the event. }
                    index: { type: integer, description: "The leaf, counted from 0: the position less one." }
                    size: { type: integer, description: Leaves of the tree. }
                    leaf_hash: { type: string, description: "Hash of the leaf, in base64." }
                    hashes: { type: array, items: { type: string }, description: "From the leaf's sibling up, in base64." }
                    checkpoint: { type: string, description: The newest signed checkpoint of the log. }
                ConsistencyProof:
                  type: object
                  required: [log, from, to, hashes, checkpoint]
                  properties:
                    log: { type: string }
                    from: { type: integer, description: Leaves of the older tree. }
                    to: { type: integer, description: Leaves of the newer tree. }
                    hashes: { type: array, items: { type: string }, description: In base64. }
                    checkpoint: { type: string, description: The newest signed checkpoint of the log. }

            """#)
}
