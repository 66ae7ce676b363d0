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
    /// ODS codes of the practices whose patients the caller may see. Where the role works across practices, also of
    /// the hospital or team on whose behalf it does.
    package let practices: Set<String>
    /// What the token was given for (`scope`, RFC 9068 section 2.2.3): it narrows what the role opens, and adds nothing;
    /// `nil` narrows nothing. Words in it that we do not know are passed over.
    package let scopes: Set<Permission>?
    /// When the token ends, in seconds since 1970 (`exp`).
    package let expires: Int64

    init(
        subject: String, client: String, role: Role?, practices: Set<String>, scopes: Set<Permission>? = nil,
        expires: Int64 = 0
    ) {
        self.subject = subject
        self.client = client
        self.role = role
        self.practices = practices
        self.scopes = scopes
        self.expires = expires
    }

    /// Whether this part of the service is open: to the role, and within the token's scopes.
    package func may(_ permission: Permission) -> Bool {
        (role?.may(permission) ?? false) && (scopes?.contains(permission) ?? true)
    }

    /// Whether this part of a practice that is not the caller's own opens for a reason that was typed.
    package func mayBreakGlass(for permission: Permission) -> Bool {
        (role?.breakGlassPermissions.contains(permission) ?? false) && (scopes?.contains(permission) ?? true)
    }
}
