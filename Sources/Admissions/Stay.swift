/// A time in one place of the hospital: from `from` until before `to`.
package struct Stay: Sendable, Equatable {
    /// The place; `nil` where the hospital told that it is not known.
    package let location: HospitalLocation?
    package let from: Moment
    /// When it ended; `nil` while it lasts.
    package let to: Moment?

    package init(location: HospitalLocation?, from: Moment, to: Moment?) {
        self.location = location
        self.from = from
        self.to = to
    }
}
