/// Who is asking, as a verified token says.
///
/// Only `TokenVerifier` makes one, so holding a caller means that a trusted key has signed these words.
package struct Caller: Sendable, Equatable {
    /// The person or the system account (`sub`); 1 to 255 printable ASCII characters.
    package let subject: String
    /// The name of the program that asks (`client_id`, RFC 9068 section 2.2); 1 to 64 printable ASCII characters.
    package let client: String
    /// `nil` where the token names a role that we do not know: such a caller opens nothing.
    package let role: Role?
    /// ODS codes of the practices whose patients the caller may see.
    package let practices: Set<String>

    init(subject: String, client: String, role: Role?, practices: Set<String>) {
        self.subject = subject
        self.client = client
        self.role = role
        self.practices = practices
    }

    /// Whether the caller's role opens this part of the service.
    package func may(_ permission: Permission) -> Bool { role?.may(permission) ?? false }
}
