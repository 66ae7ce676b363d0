/// When an event took place, as told, and where it was told.
package struct Occurred: Sendable, Equatable {
    package let moment: Moment
    package let field: TimeField

    package init(moment: Moment, field: TimeField) {
        self.moment = moment
        self.field = field
    }
}
