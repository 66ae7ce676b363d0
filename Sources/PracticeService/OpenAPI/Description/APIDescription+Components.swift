extension APIDescription {
    /// What many parts use.
    static let components = #"""
        components:
          securitySchemes:
            registeredSystem:
              type: oauth2
              description: For systems with a key of their own; see `/oauth2/token`.
              flows:
                clientCredentials:
                  tokenUrl: /oauth2/token
                  scopes:
                    "lists:read": Lists and the huddle.
                    "changes:read": The change feed and its stream.
                    "patients:read": One patient, one encounter, the timeline.
                    "patients:match": Who somebody is, by NHS number and date of birth.
                    "huddle:write": Discussions, actions, the close of a huddle, Symphony scores.
                    "concerns:write": Concerns.
                    "onboarding:read": Hot onboarding cases and, for hospitals, their inpatients.
                    "onboarding:write": The steps of hot onboarding cases.
                    "roster:write": The practice's registered list.
                    "break-glass:write": Another practice, for a reason.
                    "audit:read": Who looked.
                    "webhooks:write": Webhooks.
                    "status:read": How fresh feeds are, and how far the lists.
                    "fhir:read": The FHIR facade.
            bearer:
              type: http
              scheme: bearer
              bearerFormat: JWT
              description: An access token of the token endpoint, or in development of `primary-conect token`. It names the practices that it opens.
          parameters:
            Practice:
              name: ods
              in: path
              required: true
              description: ODS code of the practice; one that the token names.
              schema: { type: string, pattern: "^[A-Z0-9]{3,12}$", examples: [Z99001] }
            RequestID:
              name: X-Request-ID
              in: header
              description: A UUID of yours; it comes back in the answer and stands in our records of the request. What is no UUID is passed over.
              schema: { type: string, examples: [5f0c0000-0000-4000-8000-000000000001] }
            IfNoneMatch:
              name: If-None-Match
              in: header
              description: Entity tags that you have; 304 if one of them still holds.
              schema: { type: string }
            Log:
              name: log
              in: query
              required: true
              description: "The log: ODS code of the organisation that tells it."
              schema: { type: string, pattern: "^[A-Z0-9-]{1,12}$", examples: [RH5] }
            LogIfAny:
              name: log
              in: query
              description: "The log: ODS code of the organisation that tells it."
              schema: { type: string, pattern: "^[A-Z0-9-]{1,12}$", examples: [RH5] }
            EncounterRef:
              name: ref
              in: path
              required: true
              description: A ref as lists and changes give it; of one practice alone.
              schema: { type: string, pattern: "^enc_[0-9a-z]+$", maxLength: 64 }
            PatientRef:
              name: ref
              in: path
              required: true
              description: A ref as lists and changes give it; of one practice alone.
              schema: { type: string, pattern: "^pt_[0-9a-z]+$", maxLength: 64 }
            HistoryAsOf:
              name: as_of
              in: query
              description: As it stood at this time, by what had been told by then; of what is the practice's today, too. Without it, the present.
              schema: { type: string, format: date-time }
            HistoryPosition:
              name: position
              in: query
              description: The same, behind one event of a log, by its code and a number. `/api/v1/feeds` has those of now.
              schema: { type: string, pattern: "^[A-Z0-9-]{1,12}:[1-9][0-9]{0,17}$", examples: ["ZX901:1187"] }
            HistoryLimit:
              name: limit
              in: query
              description: Of JSON alone; a picture and a page hold the whole.
              schema: { type: integer, minimum: 1, maximum: 1000, default: 200 }
            HistoryAfter:
              name: after
              in: query
              description: What the page before gave as `next`.
              schema: { type: string, pattern: "^[0-9]+$" }
            PracticeOfRef:
              name: practice
              in: query
              description: The practice whose ref it is, where the token names several; without it each of these is tried, and none that a break-glass has opened.
              schema: { type: string, pattern: "^[A-Z][0-9]{5}$" }
            FHIRID:
              name: id
              in: path
              required: true
              description: An id as a search gives it.
              schema: { type: string, pattern: "^[A-Za-z0-9.-]{1,64}$" }
            Prefer:
              name: Prefer
              in: header
              description: "`handling=lenient` has unknown parameters left out; otherwise they are refused."
              schema: { type: string }
            WebhookID:
              name: id
              in: path
              required: true
              description: As it was given out when the webhook was made.
              schema: { type: string, pattern: "^wh_[A-Z0-9]+_[0-9a-f-]{36}$" }
            EndUserOrganisation:
              name: NHSD-End-User-Organisation-ODS
              in: header
              description: ODS code of the organisation on whose behalf you ask. It is noted in the access record; here it names the practice, where the token is for several.
              schema: { type: string, pattern: "^[A-Z0-9]{3,6}$" }
            BreakGlass:
              name: X-Break-Glass
              in: header
              description: The `grant` of a break-glass that is open, for a practice that is not the token's; name that practice.
              schema: { type: string, format: uuid }
            PracticeOfCase:
              name: practice
              in: query
              description: The practice whose patient is meant, where the token names several organisations.
              schema: { type: string, pattern: "^[A-Z][0-9]{5}$" }
            IdempotencyKey:
              name: Idempotency-Key
              in: header
              required: true
              description: A new UUID for each command, the same when the command is sent again; then you get the first answer again.
              schema: { type: string, format: uuid }
            IfMatch:
              name: If-Match
              in: header
              required: true
              description: The entity tag of what you saw, or `*` for whatever stands there.
              schema: { type: string, pattern: '^(\*|"[0-9]{1,18}")$' }
            IfMatchIfAny:
              name: If-Match
              in: header
              description: The entity tag of what you saw.
              schema: { type: string, pattern: '^(\*|"[0-9]{1,18}")$' }
          headers:
            RequestID:
              description: Yours if it was a UUID, else ours.
              required: true
              schema: { type: string, format: uuid }
            LogCheckpoint:
              description: "The newest signed checkpoint of each hospital's log when the answer was made, between commas: `log@size:root`. Every answer to a known client bears it, also 304."
              schema: { type: string }
            ETag:
              description: Version of what is said, not of the time it was said.
              schema: { type: string }
            VaryAccept:
              description: The form of the answer is by `Accept`.
              required: true
              schema: { type: string, const: Accept }
            Version:
              description: Version of what stands there, for `If-Match`.
              required: true
              schema: { type: string, pattern: '^"[0-9]+"$' }
            IdempotentReplay:
              description: "`true` where the command was known, and this is its first answer again."
              schema: { type: string, enum: ["true"] }
            Location:
              description: Where it stands.
              schema: { type: string }
            PollInterval:
              description: Seconds to wait before asking again.
              schema: { type: integer }
            RetryAfter:
              description: Seconds to wait before trying again.
              schema: { type: integer }
            WWWAuthenticate:
              description: How to authenticate (RFC 6750).
              schema: { type: string }
            Allow:
              description: The methods that this address answers.
              schema: { type: string }
          responses:
            NotModified:
              description: What you have still holds. No patient data was sent; it does not count against the rate limit.
              headers:
                X-Request-ID: { $ref: "#/components/headers/RequestID" }
                ETag: { $ref: "#/components/headers/ETag" }
            BadRequest:
              description: A parameter is unknown, stands twice, or has a value that cannot be used.
              headers:
                X-Request-ID: { $ref: "#/components/headers/RequestID" }
              content:
                application/problem+json:
                  schema: { $ref: "#/components/schemas/Problem" }
            Unauthorized:
              description: No token, or one that is not accepted.
              headers:
                X-Request-ID: { $ref: "#/components/headers/RequestID" }
                WWW-Authenticate: { $ref: "#/components/headers/WWWAuthenticate" }
              content:
                application/problem+json:
                  schema: { $ref: "#/components/schemas/Problem" }
            Forbidden:
              description: The token does not open this.
              headers:
                X-Request-ID: { $ref: "#/components/headers/RequestID" }
              content:
                application/problem+json:
                  schema: { $ref: "#/components/schemas/Problem" }
            TokenRefused:
              description: RFC 6749 section 5.2.
              headers:
                X-Request-ID: { $ref: "#/components/headers/RequestID" }
              content:
                application/json:
                  schema:
                    type: object
                    required: [error, error_description]
                    properties:
                      error: { type: string, enum: [invalid_request, invalid_client, invalid_scope, unsupported_grant_type] }
                      error_description: { type: string }
            NotFound:
              description: Nothing is here, or it is not for this token; we do not say which.
              headers:
                X-Request-ID: { $ref: "#/components/headers/RequestID" }
              content:
                application/problem+json:
                  schema: { $ref: "#/components/schemas/Problem" }
            Conflict:
              description: "`version_conflict`: it stands where this cannot be done; read it again and decide anew. `already_discussed`: somebody was quicker."
              headers:
                X-Request-ID: { $ref: "#/components/headers/RequestID" }
              content:
                application/problem+json:
                  schema: { $ref: "#/components/schemas/Problem" }
            Merged:
              description: "`merged`: the hospital has joined this patient's record to another. Ask again with `merged_into`."
              headers:
                X-Request-ID: { $ref: "#/components/headers/RequestID" }
              content:
                application/problem+json:
                  schema: { $ref: "#/components/schemas/Problem" }
            PreconditionFailed:
              description: "`precondition_failed`: it is not as you saw it."
              headers:
                X-Request-ID: { $ref: "#/components/headers/RequestID" }
              content:
                application/problem+json:
                  schema: { $ref: "#/components/schemas/Problem" }
            NotAcceptable:
              description: "`not_acceptable`: `Accept` names no form in which this is answered."
              headers:
                X-Request-ID: { $ref: "#/components/headers/RequestID" }
              content:
                application/problem+json:
                  schema: { $ref: "#/components/schemas/Problem" }
            TooLarge:
              description: "`content_not_allowed`: the content is longer than is taken here."
              headers:
                X-Request-ID: { $ref: "#/components/headers/RequestID" }
              content:
                application/problem+json:
                  schema: { $ref: "#/components/schemas/Problem" }
            Unprocessable:
              description: "`rule_failed`: a rule forbids it. `idempotency_key_reused`: the key stands for another command."
              headers:
                X-Request-ID: { $ref: "#/components/headers/RequestID" }
              content:
                application/problem+json:
                  schema: { $ref: "#/components/schemas/Problem" }
            PreconditionRequired:
              description: "`precondition_required`: send `If-Match`."
              headers:
                X-Request-ID: { $ref: "#/components/headers/RequestID" }
              content:
                application/problem+json:
                  schema: { $ref: "#/components/schemas/Problem" }
            FHIRResource:
              description: A resource of FHIR R4.
              headers:
                X-Request-ID: { $ref: "#/components/headers/RequestID" }
                ETag: { $ref: "#/components/headers/ETag" }
              content:
                application/fhir+json:
                  schema: { $ref: "#/components/schemas/FHIRResource" }
            FHIRBundle:
              description: A Bundle of type searchset; `next` among its links while there is more.
              headers:
                X-Request-ID: { $ref: "#/components/headers/RequestID" }
                ETag: { $ref: "#/components/headers/ETag" }
              content:
                application/fhir+json:
                  schema: { $ref: "#/components/schemas/FHIRBundle" }
            OperationOutcome:
              description: Why not, as FHIR tells it.
              headers:
                X-Request-ID: { $ref: "#/components/headers/RequestID" }
              content:
                application/fhir+json:
                  schema: { $ref: "#/components/schemas/OperationOutcome" }
            TooManyRequests:
              description: This client has asked as often as it may.
              headers:
                X-Request-ID: { $ref: "#/components/headers/RequestID" }
                Retry-After: { $ref: "#/components/headers/RetryAfter" }
              content:
                application/problem+json:
                  schema: { $ref: "#/components/schemas/Problem" }
            FHIRTooManyRequests:
              description: This client has asked as often as it may.
              headers:
                X-Request-ID: { $ref: "#/components/headers/RequestID" }
                Retry-After: { $ref: "#/components/headers/RetryAfter" }
              content:
                application/fhir+json:
                  schema: { $ref: "#/components/schemas/OperationOutcome" }
            Unavailable:
              description: It cannot be read now. This is not an empty answer.
              headers:
                X-Request-ID: { $ref: "#/components/headers/RequestID" }
                Retry-After: { $ref: "#/components/headers/RetryAfter" }
              content:
                application/problem+json:
                  schema: { $ref: "#/components/schemas/Problem" }

        """#

    static let commonSchemas = #"""
            Problem:
              description: What went wrong (RFC 9457), without a word of what was sent.
              type: object
              required: [type, title, status, detail, instance, code, retry]
              additionalProperties: false
              properties:
                type: { type: string, pattern: "^/problems/[a-z0-9-]+$", description: Opens a page of help. }
                title: { type: string }
                status: { type: integer, minimum: 400, maximum: 599 }
                detail: { type: string }
                instance: { type: string, pattern: "^/requests/[0-9a-f-]{36}$" }
                code: { type: string, pattern: "^[a-z_]+$", description: Go by this. }
                retry: { type: boolean, description: Whether the same request may succeed later. }
                discussed:
                  description: "With `already_discussed`: who was quicker, and when."
                  type: object
                  required: [by, at]
                  properties:
                    by: { type: string }
                    at: { type: string, format: date-time }
                merged_into: { type: string, pattern: "^pt_[0-9a-z]+$", description: "With `merged`: the patient's ref now." }
                errors:
                  type: array
                  items:
                    type: object
                    required: [pointer, detail]
                    additionalProperties: false
                    properties:
                      pointer: { type: string, pattern: "^/(query|body|header|path)(/|$)", description: "Where in the request, such as `/query/since`." }
                      detail: { type: string }
            AsOf:
              description: How far the answer counts.
              type: object
              required: [told_through, made_at]
              additionalProperties: false
              properties:
                told_through: { type: ["string", "null"], format: date-time, description: When the newest thing that it counts was told to us. }
                made_at: { type: string, format: date-time }
                at: { type: string, format: date-time, description: The moment of the past that the answer shows; left out for the present. }
            Feed:
              description: How fresh the news of one hospital is.
              type: object
              required: [feed, state, last_heard, behind]
              properties:
                feed: { type: string, description: "`/api/v1/feeds` says whose it is." }
                state: { type: string, enum: [fresh, quiet, silent] }
                last_heard: { type: string, format: date-time }
                behind: { type: integer, minimum: 0, description: "News of it that the lists do not show yet, while they catch up; else 0." }
            ClinicalTime:
              description: RFC 3339 with London's offset, or a date where no time of day was told.
              type: string
              pattern: "^[0-9]{4}(-[0-9]{2}(-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\+0[01]:00|Z))?)?)?$"
            Happening:
              type: object
              required: [happened_at, told_at, time_ambiguous]
              properties:
                happened_at:
                  oneOf: [{ $ref: "#/components/schemas/ClinicalTime" }, { type: "null" }]
                told_at: { type: ["string", "null"], format: date-time }
                time_ambiguous: { type: boolean, description: The hour happened twice or not at all and nothing tells which was meant. }
            Patient:
              type: object
              required: [ref, nhs_number, family, given, prefix, preferred, born, gender, deceased, restricted]
              additionalProperties: false
              properties:
                ref: { type: string, pattern: "^pt_[0-9a-z]+$", description: Opaque; of this practice alone. }
                nhs_number: { type: ["string", "null"], pattern: "^[0-9]{10}$" }
                family: { type: ["string", "null"] }
                given: { type: array, items: { type: string } }
                prefix: { type: ["string", "null"] }
                preferred: { type: ["string", "null"] }
                born: { type: ["string", "null"], pattern: "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$" }
                gender: { type: ["string", "null"], enum: [male, female, other, unknown, null] }
                deceased:
                  description: "`null` while nobody has told of a death."
                  type: ["object", "null"]
                  required: ["on"]
                  properties:
                    "on": { type: ["string", "null"] }
                restricted: { type: boolean, description: Where the patient is must not be told. }
            Location:
              description: Where the patient is, or was last; of a restricted patient only that it is withheld.
              type: object
              oneOf:
                - required: [withheld]
                  additionalProperties: false
                  properties:
                    withheld: { const: true }
                - required: [site, site_name, ward, bed]
                  properties:
                    site: { type: ["string", "null"] }
                    site_name: { type: ["string", "null"] }
                    ward: { type: ["string", "null"] }
                    bed: { type: ["string", "null"] }
            Flag:
              description: Why to look at this line, worst first. New codes may come.
              type: object
              required: [code]
              properties:
                code: { type: string, description: "deceased, similar-name, los, readmitted, readmission-risk, symphony, frequent-admissions, frequent-attender, concern, fopas, self-discharge, left-before-treatment, new-care-home, care-home, virtual-ward, onboarding, expected-discharge, zero-los, told-late, standing, inferred." }
                value: { type: [integer, string], description: "What was measured: `los` the band of nights (7, 14, 21), `readmitted` and `readmission-risk` days, `symphony` the score, `frequent-admissions`, `frequent-attender` and `left-before-treatment` how often, `told-late` minutes, `expected-discharge` the day or `ready`, `similar-name` the other line's encounter, `onboarding` suggested, flagged, accepted, deferred, consented, with-team, refused or declined; of others a word." }
                scored_on: { type: ["string", "null"], format: date, description: Of a Symphony score. }
                old: { type: boolean, description: Whether the score is older than 90 days. }
                rule:
                  type: object
                  required: [id, version]
                  properties:
                    id: { type: string }
                    version: { type: integer }
                evidence:
                  type: array
                  description: Encounters that the rule measured it on, oldest first.
                  items:
                    type: object
                    required: [encounter, version]
                    properties:
                      encounter: { type: string, pattern: "^enc_[0-9a-z]+$" }
                      version: { type: integer }

        """#
}
