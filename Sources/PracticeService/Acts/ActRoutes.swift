import Hummingbird
package import Projections

/// What staff of a practice do about their patients: huddles, actions, concerns, Symphony scores, and the practice's list.
///
/// | method and path | does | scope |
/// | --- | --- | --- |
/// | `GET /api/v1/huddles/{ods}/{date}` | one day's huddle: marks, whether it is closed | `lists:read` |
/// | `POST /api/v1/huddles/{ods}/{date}/discussions` | marks a patient as discussed | `huddle:write` |
/// | `DELETE /api/v1/huddles/{ods}/{date}/discussions/{patient}` | takes the mark back; `If-Match` | `huddle:write` |
/// | `POST /api/v1/huddles/{ods}/{date}/close` | closes the day: the next window of news begins | `huddle:write` |
/// | `GET /api/v1/practices/{ods}/actions`, `POST /api/v1/actions` | open actions, a new one | `lists:read`, `huddle:write` |
/// | `PATCH /api/v1/actions/{id}` | assigns, completes, reopens; `If-Match` | `huddle:write` |
/// | `GET /api/v1/practices/{ods}/concerns`, `POST /api/v1/concerns` | open concerns, a new one | `lists:read`, `concerns:write` |
/// | `POST /api/v1/concerns/{id}/close` | closes a concern, with the reason | `concerns:write` |
/// | `POST /api/v1/patients/{ref}/symphony-score` | scores a patient | `huddle:write` |
/// | `PUT /api/v1/practices/{ods}/roster` | the practice's list as CSV | `roster:write` |
///
/// Each that changes something needs an `Idempotency-Key` (`CommandRequest`): sent again it gets the first answer again,
/// with `Idempotent-Replay: true`. Entity tags are versions. Where an address names no practice, the practices of the
/// token are tried in order; `?practice=` names one. A ref or identifier of another practice is 404 and recorded as a
/// denial.
package struct ActRoutes: RouteGroup {
    private let store: ActStore
    private let rosters: RosterStore

    package init(store: ActStore, rosters: RosterStore) {
        self.store = store
        self.rosters = rosters
    }

    package func addRoutes(to routes: inout Routes, with parts: ServiceParts) {
        let desk = ActDesk(store: store, parts: parts)
        let huddles = HuddleRoutes(desk: desk)
        routes.serve("/api/v1/huddles/{ods}/{date}", .get(.readLists, huddles.day))
        routes.serve("/api/v1/huddles/{ods}/{date}/discussions", .post(.writeHuddle, huddles.discuss))
        routes.serve("/api/v1/huddles/{ods}/{date}/discussions/{patient}", .delete(.writeHuddle, huddles.undo))
        routes.serve("/api/v1/huddles/{ods}/{date}/close", .post(.writeHuddle, huddles.close))
        let actions = HuddleActionRoutes(desk: desk)
        routes.serve("/api/v1/practices/{ods}/actions", .get(.readLists, actions.list))
        routes.serve("/api/v1/actions", .post(.writeHuddle, actions.add))
        routes.serve("/api/v1/actions/{id}", .patch(.writeHuddle, actions.change))
        let concerns = ConcernRoutes(desk: desk)
        routes.serve("/api/v1/practices/{ods}/concerns", .get(.readLists, concerns.list))
        routes.serve("/api/v1/concerns", .post(.writeConcerns, concerns.raise))
        routes.serve("/api/v1/concerns/{id}/close", .post(.writeConcerns, concerns.close))
        let scores = SymphonyRoute(desk: desk)
        routes.serve("/api/v1/patients/{ref}/symphony-score", .post(.writeHuddle, scores.record))
        let roster = RosterRoute(rosters: rosters, parts: parts)
        routes.serve("/api/v1/practices/{ods}/roster", .put(.writeRoster, roster.take))
    }
}
