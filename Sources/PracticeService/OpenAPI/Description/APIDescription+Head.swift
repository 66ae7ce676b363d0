extension APIDescription {
    static let head = #"""
        openapi: 3.1.0
        info:
          title: Primary Conect
          version: "1"
          summary: Which of a practice's registered patients are in hospital, now.
          description: |
            A hospital sends its admissions, transfers and discharges; a practice asks who of its patients is in.

            **Begin here.** Five requests, in this order, against the demo (`deploy/run`, or `primary-conect demo`), which says where it listens and where it keeps its data:

            1. `TOKEN=$(cat .primary-conect/demo.token)`, or `TOKEN=$(primary-conect token --practice Z99001 --directory .primary-conect)`: a token of another directory is another installation's, and refused.
            2. `curl -H "Authorization: Bearer $TOKEN" localhost:8080/api/v1/practices/Z99001/lists/in-hospital`
            3. The same with `-H 'If-None-Match: "<the ETag of the answer>"'`: 304 and no body, as long as nothing that you would act upon has changed.
            4. `curl -H "Authorization: Bearer $TOKEN" 'localhost:8080/api/v1/practices/Z99001/lists/admissions?since=2026-03-02T18:00:00Z'`: what was first told to us after that time, whenever it happened.
            5. `curl -H "Authorization: Bearer $TOKEN" localhost:8080/api/v1/feeds`: how fresh each hospital's feed is.

            **Read `complete` before you read `items`.** `complete: false` means that a feed is silent, or that we are still taking in its news (`behind`): people may be missing, and an empty list is not an empty hospital. Tell your user so.

            **Four times.** `happened_at` is when the hospital says it happened (London's offset; a date alone where no time was told), `told_at` when the message reached us, `told_through` how far the answer counts, `made_at` when it was made. Windows ("since") go by *told*, order goes by *happened*.

            **No patient data stands in an address.** People are named by `ref`s, which are random to you, belong to one practice and mean nothing elsewhere.

            **Who may what.** A token names its practices and its scopes; where the scope is missing the answer is 403 `scope_missing`, where the practice is not the token's 404. Each operation says which scope it needs (`security`). `practice-clinician` and `practice-coach` have `lists:read`, `changes:read`, `patients:read`, `patients:match`, `huddle:write`, `concerns:write`, `onboarding:read`, `onboarding:write`, `status:read` and `fhir:read`, clinicians also `break-glass:write`; `practice-admin` has `lists:read`, `changes:read`, `huddle:write`, `concerns:write` (without notes), `onboarding:read`, `roster:write` and `status:read`; `integration` all of the practice's but `onboarding:write` and `break-glass:write`, and also `roster:write` and `webhooks:write`; `hospital-onboarding` and `complex-care` have `patients:match`, `onboarding:read`, `onboarding:write` and `status:read`; `operator` has `break-glass:write`, `roster:write` and `status:read`; `auditor` `audit:read` and `status:read`.

            **Errors** are problem details (RFC 9457): go by `code`, which never changes its meaning; `retry` says whether the same request can succeed later. Unknown parameters are refused, so that a mistyped filter never shows everybody.

            **Things that will go wrong**, each with a scenario of the simulator (`primary-conect simulate --scenario NAME`) to try it on: a feed falls silent (`silent-feed`), records are merged and parted (`merge-unmerge`), an admission is cancelled (`corrections`), news comes late (`late-batch`), a patient's whereabouts are withheld (`restricted`), the clocks change (`clocks-back`, `clocks-forward`).
        servers:
          - url: /
            description: The service that gave you this document.
        security:
          - bearer: []
          - registeredSystem: []

        """#
}
