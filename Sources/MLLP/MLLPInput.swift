/// What a connection hands to its responder: a whole frame, or the news that one was spoilt.
///
/// A fault carries the first bytes (at most `headBytesMax`) of the spoilt frame, so that a rejecting answer can
/// name its control id. They are not a message: never store them as one. After `oversize`, `halfFrame`, `cutOff`
/// and `noise` the connection closes once the answer has left, whatever the answer says.
package enum MLLPInput: Sendable, Hashable {
    case frame([UInt8])
    case fault(MLLPFault, head: [UInt8])
}
