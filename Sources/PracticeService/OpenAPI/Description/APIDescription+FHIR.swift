extension APIDescription {
    static let fhir = Piece(
        paths: #"""
              /fhir/R4/metadata:
                get:
                  operationId: fhirMetadata
                  tags: [FHIR]
                  summary: What the FHIR facade can do
                  security: []
                  parameters:
                    - $ref: "#/components/parameters/IfNoneMatch"
                    - $ref: "#/components/parameters/RequestID"
                  responses:
                    "200": { $ref: "#/components/responses/FHIRResource" }
                    "304": { $ref: "#/components/responses/NotModified" }
              /fhir/R4/Encounter:
                get:
                  operationId: fhirEncounters
                  tags: [FHIR]
                  security: [{ bearer: [] }, { registeredSystem: ["fhir:read"] }]
                  summary: Search encounters
                  description: "Of one practice: the token's, or of several the one that NHSD-End-User-Organisation-ODS names."
                  parameters:
                    - $ref: "#/components/parameters/EndUserOrganisation"
                    - name: "_id"
                      in: query
                      description: Ids, between commas.
                      schema: { type: string }
                    - name: "status"
                      in: query
                      description: Statuses, between commas.
                      schema: { type: string }
                    - name: "class"
                      in: query
                      description: IMP, SS, EMER, AMB, PRENC, OTH or UNK, between commas.
                      schema: { type: string }
                    - name: "date"
                      in: query
                      description: "When it was, behind eq, ne, gt, lt, ge, le, sa, eb or none; may come twice."
                      schema: { type: string }
                    - name: "patient"
                      in: query
                      description: "`Patient/pt-...`; never an NHS number."
                      schema: { type: string }
                    - name: "service-provider:identifier"
                      in: query
                      description: ODS code of the hospital; finds no restricted patient.
                      schema: { type: string }
                    - name: "_lastUpdated"
                      in: query
                      description: When we last learned something of it.
                      schema: { type: string }
                    - name: "_count"
                      in: query
                      description: Matches a page; more than 200 is answered as 200.
                      schema: { type: integer, minimum: 1, default: 50 }
                    - name: "_sort"
                      in: query
                      description: The latest first, unless it is `date`.
                      schema: { type: string, enum: [date, -date] }
                    - name: "_include"
                      in: query
                      description: Patients beside their encounters.
                      schema: { type: string, enum: ["Encounter:patient"] }
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
              /fhir/R4/Encounter/_search:
                post:
                  operationId: fhirEncountersByPost
                  tags: [FHIR]
                  security: [{ bearer: [] }, { registeredSystem: ["fhir:read"] }]
                  summary: Search encounters, asked in the content
                  parameters:
                    - $ref: "#/components/parameters/EndUserOrganisation"
                    - $ref: "#/components/parameters/Prefer"
                    - $ref: "#/components/parameters/RequestID"
                  requestBody:
                    required: true
                    content:
                      application/x-www-form-urlencoded:
                        schema:
                          type: object
                  responses:
                    "200": { $ref: "#/components/responses/FHIRBundle" }
                    "400": { $ref: "#/components/responses/OperationOutcome" }
                    "401": { $ref: "#/components/responses/OperationOutcome" }
                    "403": { $ref: "#/components/responses/OperationOutcome" }
                    "404": { $ref: "#/components/responses/OperationOutcome" }
                    "413": { $ref: "#/components/responses/OperationOutcome" }
                    "429": { $ref: "#/components/responses/FHIRTooManyRequests" }
                    "503": { $ref: "#/components/responses/OperationOutcome" }
              /fhir/R4/Encounter/{id}:
                get:
                  operationId: fhirEncounter
                  tags: [FHIR]
                  security: [{ bearer: [] }, { registeredSystem: ["fhir:read"] }]
                  summary: One encounter
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
              /fhir/R4/Patient:
                get:
                  operationId: fhirPatientsByGet
                  tags: [FHIR]
                  security: [{ bearer: [] }, { registeredSystem: ["fhir:read"] }]
                  summary: Patients are searched by POST
                  description: "Always 400: a number must not stand in an address."
                  parameters:
                    - $ref: "#/components/parameters/RequestID"
                  responses:
                    "400": { $ref: "#/components/responses/OperationOutcome" }
                    "401": { $ref: "#/components/responses/OperationOutcome" }
                    "403": { $ref: "#/components/responses/OperationOutcome" }
              /fhir/R4/Patient/_search:
                post:
                  operationId: fhirPatients
                  tags: [FHIR]
                  security: [{ bearer: [] }, { registeredSystem: ["fhir:read"] }]
                  summary: Search a patient by NHS number
                  parameters:
                    - $ref: "#/components/parameters/EndUserOrganisation"
                    - $ref: "#/components/parameters/Prefer"
                    - $ref: "#/components/parameters/RequestID"
                  requestBody:
                    required: true
                    content:
                      application/x-www-form-urlencoded:
                        schema:
                          type: object
                          required: [identifier]
                          properties:
                            identifier: { type: string, examples: ["https://fhir.nhs.uk/Id/nhs-number|9990000018"] }
                  responses:
                    "200": { $ref: "#/components/responses/FHIRBundle" }
                    "400": { $ref: "#/components/responses/OperationOutcome" }
                    "401": { $ref: "#/components/responses/OperationOutcome" }
                    "403": { $ref: "#/components/responses/OperationOutcome" }
                    "404": { $ref: "#/components/responses/OperationOutcome" }
                    "413": { $ref: "#/components/responses/OperationOutcome" }
                    "429": { $ref: "#/components/responses/FHIRTooManyRequests" }
                    "503": { $ref: "#/components/responses/OperationOutcome" }
              /fhir/R4/Patient/{id}:
                get:
                  operationId: fhirPatient
                  tags: [FHIR]
                  security: [{ bearer: [] }, { registeredSystem: ["fhir:read"] }]
                  summary: One patient
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
              /fhir/R4/Flag:
                get:
                  operationId: fhirFlags
                  tags: [FHIR]
                  security: [{ bearer: [] }, { registeredSystem: ["fhir:read"] }]
                  summary: Search flags
                  parameters:
                    - $ref: "#/components/parameters/EndUserOrganisation"
                    - name: "patient"
                      in: query
                      description: "`Patient/pt-...`; never an NHS number."
                      schema: { type: string }
                    - name: "category"
                      in: query
                      description: clinical or admin.
                      schema: { type: string }
                    - name: "status"
                      in: query
                      description: All flags are active.
                      schema: { type: string, enum: [active, inactive, entered-in-error] }
                    - name: "date"
                      in: query
                      description: Since when it holds.
                      schema: { type: string }
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
              /fhir/R4/Flag/_search:
                post:
                  operationId: fhirFlagsByPost
                  tags: [FHIR]
                  security: [{ bearer: [] }, { registeredSystem: ["fhir:read"] }]
                  summary: Search flags, asked in the content
                  parameters:
                    - $ref: "#/components/parameters/EndUserOrganisation"
                    - $ref: "#/components/parameters/Prefer"
                    - $ref: "#/components/parameters/RequestID"
                  requestBody:
                    required: true
                    content:
                      application/x-www-form-urlencoded:
                        schema:
                          type: object
                  responses:
                    "200": { $ref: "#/components/responses/FHIRBundle" }
                    "400": { $ref: "#/components/responses/OperationOutcome" }
                    "401": { $ref: "#/components/responses/OperationOutcome" }
                    "403": { $ref: "#/components/responses/OperationOutcome" }
                    "404": { $ref: "#/components/responses/OperationOutcome" }
                    "413": { $ref: "#/components/responses/OperationOutcome" }
                    "429": { $ref: "#/components/responses/FHIRTooManyRequests" }
                    "503": { $ref: "#/components/responses/OperationOutcome" }
              /fhir/R4/Flag/{id}:
                get:
                  operationId: fhirFlag
                  tags: [FHIR]
                  security: [{ bearer: [] }, { registeredSystem: ["fhir:read"] }]
                  summary: One flag
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
              /fhir/R4/Organization/{id}:
                get:
                  operationId: fhirOrganization
                  tags: [FHIR]
                  security: [{ bearer: [] }, { registeredSystem: ["fhir:read"] }]
                  summary: A hospital or a practice of the token
                  parameters:
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
              /fhir/R4/Location/{id}:
                get:
                  operationId: fhirLocation
                  tags: [FHIR]
                  security: [{ bearer: [] }, { registeredSystem: ["fhir:read"] }]
                  summary: A ward or a site
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
                FHIRResource:
                  description: FHIR R4 says what stands in it.
                  type: object
                  required: [resourceType]
                  properties:
                    resourceType: { type: string, enum: [CapabilityStatement, Encounter, Patient, Flag, Organization, Location, AuditEvent] }
                    id: { type: string, pattern: "^[A-Za-z0-9.-]{1,64}$" }
                FHIRBundle:
                  type: object
                  required: [resourceType, type, link]
                  properties:
                    resourceType: { const: Bundle }
                    type: { const: searchset }
                    link:
                      type: array
                      items:
                        type: object
                        required: [relation, url]
                        properties:
                          relation: { type: string, enum: [self, next] }
                          url: { type: string }
                    entry:
                      description: Also an OperationOutcome of mode `outcome` where a feed is silent.
                      type: array
                      items:
                        type: object
                        required: [resource, search]
                        properties:
                          search:
                            type: object
                            required: [mode]
                            properties:
                              mode: { type: string, enum: [match, include, outcome] }
                OperationOutcome:
                  type: object
                  required: [resourceType, issue]
                  additionalProperties: false
                  properties:
                    resourceType: { const: OperationOutcome }
                    issue:
                      type: array
                      items:
                        type: object
                        required: [severity, code, details, diagnostics]
                        properties:
                          severity: { const: error }
                          code: { type: string }
                          diagnostics: { type: string, pattern: "^/requests/[0-9a-f-]{36}$" }

            """#)
}
