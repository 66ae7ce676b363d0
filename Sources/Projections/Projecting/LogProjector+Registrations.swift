/// The lists of practices, as far as they are projected, and the rows of a hospital that move by them.
extension LogProjector {
    /// Brings the rows up to all that practices have told and that is projected by now.
    mutating func takeRegistrations() async throws {}
}
