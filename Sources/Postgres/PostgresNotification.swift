/// One NOTIFY that reached a listening session.
package struct PostgresNotification: Sendable, Hashable {
    package let channel: String
    package let payload: String
    /// The process of the server's side that sent it.
    package let processID: Int32
}
