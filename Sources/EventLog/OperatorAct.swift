package import EventSourcing

/// What an operator brings to a log as one: the event that says what was done, and what a message tells that was read
/// again.
///
/// All of it is appended or nothing.
package struct OperatorAct: Sendable {
    /// A message and what the leaves of its events commit to.
    struct Teller: Sendable {
        let position: Position
        /// SHA-256(message salt || message bytes).
        let digest: Digest
    }

    /// The quarantined message it settles; `nil` for an act about no message.
    package let settles: Position?
    /// What the message tells now, in order.
    package let told: [NewEvent]
    /// What the operator did; stands behind `told`.
    package let act: NewEvent
    let teller: Teller?

    /// A message was read again.
    package init(redriving message: HeldMessage, told: [NewEvent], act: NewEvent) {
        settles = message.position
        self.told = told
        self.act = act
        teller = Teller(position: message.position, digest: message.salt.digest(of: message.bytes))
    }

    /// A message is not to be read.
    package init(discarding message: Position, act: NewEvent) {
        settles = message
        told = []
        self.act = act
        teller = nil
    }

    /// Something that is about no message.
    package init(_ act: NewEvent) {
        settles = nil
        told = []
        self.act = act
        teller = nil
    }
}
