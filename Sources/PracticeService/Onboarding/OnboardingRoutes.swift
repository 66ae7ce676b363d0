import Hummingbird
package import Projections

/// Hot onboarding: who in hospital is to come into the care of the complex care team, and how far that has come.
///
/// | method and path | does | scope |
/// | --- | --- | --- |
/// | `GET /api/v1/hospitals/{ods}/inpatients` | who is in now, of whatever practice | `onboarding:read` |
/// | `GET /api/v1/onboarding-cases?hospital=` | work list of its staff, longest first | `onboarding:read` |
/// | `GET /api/v1/onboarding-cases?practice=` | a practice's own; complex care's list | `onboarding:read` |
/// | `GET /api/v1/onboarding-cases/{id}` | one case | `onboarding:read` |
/// | `POST /api/v1/onboarding-cases` | flags an inpatient | `onboarding:write` |
/// | `POST /api/v1/onboarding-cases/{id}/transitions` | the next step; `If-Match` | `onboarding:write` |
///
/// The inpatients are for hospital staff alone.
/// Hospital staff see across practices, but only who is an inpatient now, or went home before anybody spoke to them;
/// complex care sees who agreed; a practice sees that there is a case and where it stands, and nothing of what was
/// noted. Of a restricted patient nobody is told a ward here, not even the hospital's own staff (product.md 4.9 knows
/// one reveal, the practice clinician's), and a practice not the hospital either. Whatever is not the caller's to see
/// is 404. Each that changes something needs an `Idempotency-Key` (`CommandRequest`); entity tags are versions.
package struct OnboardingRoutes: RouteGroup {
    private let reader: OnboardingReader
    private let desk: OnboardingDesk

    package init(reader: OnboardingReader, desk: OnboardingDesk) {
        self.reader = reader
        self.desk = desk
    }

    package func addRoutes(to routes: inout Routes, with parts: ServiceParts) {
        let cases = OnboardingCaseRoutes(reader: reader, desk: desk, parts: parts)
        routes.serve(
            "/api/v1/onboarding-cases", .get(.readOnboarding, cases.list), .post(.writeOnboarding, cases.flag))
        routes.serve("/api/v1/onboarding-cases/{id}", .get(.readOnboarding, cases.one))
        routes.serve("/api/v1/onboarding-cases/{id}/transitions", .post(.writeOnboarding, cases.move))
        let inpatients = InpatientRoute(reader: reader, parts: parts)
        routes.serve("/api/v1/hospitals/{ods}/inpatients", .get(.readOnboarding, inpatients.answer))
    }
}
