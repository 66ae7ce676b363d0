package import Projections

/// What changed for a practice: the change feed and its stream.
package struct ChangeRoutes: RouteGroup {
    private let reader: ChangeReader
    private let key: ChangeCursorKey
    private let hub: ChangeHub

    /// - Parameters:
    ///   - key: signs the cursors; of the installation.
    ///   - hub: wakes those who wait; must run.
    package init(reader: ChangeReader, key: ChangeCursorKey, hub: ChangeHub) {
        self.reader = reader
        self.key = key
        self.hub = hub
    }

    package func addRoutes(to routes: inout Routes, with parts: ServiceParts) {
        let feed = ChangeFeedRoute(reader: reader, key: key, hub: hub, parts: parts)
        let stream = ChangeStreamRoute(reader: reader, key: key, hub: hub, parts: parts)
        routes.serve(ChangeFeedRoute.path, .get(.readChanges, feed.answer))
        routes.serve(ChangeStreamRoute.path, .get(.readChanges, stream.answer))
    }
}
