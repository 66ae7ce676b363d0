import HTTPTypes
import Hummingbird
package import Projections

/// The FHIR R4 facade (product.md section 5.8): the same facts as `/api/v1`, read only, in JSON.
///
/// Errors, also of addresses that are none, are OperationOutcomes (`Problem.operationOutcome`).
package struct FHIRRoutes: RouteGroup {
    static let base = "/fhir/R4"
    static let mediaType = "application/fhir+json; charset=utf-8"

    private let reader: DetailReader

    /// Answers from a reader whose pool logs in as `primary_conect_service`.
    package init(reader: DetailReader) {
        self.reader = reader
    }

    package func addRoutes(to routes: inout Routes, with parts: ServiceParts) {
        let answers = FHIRAnswers(reader: reader, parts: parts)
        routes.serve("/fhir/R4/metadata", .get(nil, answers.metadata))
        routes.serve("/fhir/R4/Encounter", .get(.readFHIR, answers.encounters))
        routes.serve("/fhir/R4/Encounter/_search", .post(.readFHIR, answers.encounters))
        routes.serve("/fhir/R4/Encounter/{id}", .get(.readFHIR, answers.encounter))
        routes.serve("/fhir/R4/Patient", .get(.readFHIR, answers.patientsByGet))
        routes.serve("/fhir/R4/Patient/_search", .post(.readFHIR, answers.patients))
        routes.serve("/fhir/R4/Patient/{id}", .get(.readFHIR, answers.patient))
        routes.serve("/fhir/R4/Flag", .get(.readFHIR, answers.flags))
        routes.serve("/fhir/R4/Flag/_search", .post(.readFHIR, answers.flags))
        routes.serve("/fhir/R4/Flag/{id}", .get(.readFHIR, answers.flag))
        routes.serve("/fhir/R4/Organization/{id}", .get(.readFHIR, answers.organization))
        routes.serve("/fhir/R4/Location/{id}", .get(.readFHIR, answers.location))
    }
}
