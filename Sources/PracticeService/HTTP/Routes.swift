import HTTPTypes
import Hummingbird

/// The addresses that the service answers. What is not registered here is not served.
///
/// Each address says at once all methods it answers; the others are answered 405 with `Allow` (RFC 9110 section
/// 15.5.6), and HEAD is answered where GET is. What is registered is remembered, so that a test can hold every route
/// against the table of tokens, and a document of the API against what there is.
package struct Routes {
    typealias Answer = @Sendable (Request, PracticeContext) async throws -> Response

    /// A method of an address, and what answers it.
    struct Method {
        let method: HTTPRequest.Method
        let permission: Permission?
        let answer: Answer

        /// - Parameter permission: what the caller must be allowed, as the route asks the gate; `nil` is for everybody.
        static func get(_ permission: Permission?, _ answer: @escaping Answer) -> Method {
            Method(method: .get, permission: permission, answer: answer)
        }
        static func post(_ permission: Permission?, _ answer: @escaping Answer) -> Method {
            Method(method: .post, permission: permission, answer: answer)
        }
        static func put(_ permission: Permission?, _ answer: @escaping Answer) -> Method {
            Method(method: .put, permission: permission, answer: answer)
        }
        static func patch(_ permission: Permission?, _ answer: @escaping Answer) -> Method {
            Method(method: .patch, permission: permission, answer: answer)
        }
        static func delete(_ permission: Permission?, _ answer: @escaping Answer) -> Method {
            Method(method: .delete, permission: permission, answer: answer)
        }
    }

    /// What was registered, in the order of registration.
    private(set) var served: [ServedRoute] = []
    private let router: Router<PracticeContext>

    init(router: Router<PracticeContext>) {
        self.router = router
    }

    /// Answers an address with these methods and refuses the others.
    mutating func serve(_ path: RouterPath, _ methods: Method...) {
        for method in methods {
            router.on(path, method: method.method, use: method.answer)
            served.append(
                ServedRoute(method: method.method.rawValue, path: path.description, permission: method.permission))
        }
        let answered = methods.map(\.method)
        let allowed = answered.contains(.get) ? answered + [.head] : answered
        let allow = Self.inOrder.filter { allowed.contains($0) }.map(\.rawValue).joined(separator: ", ")
        for method in Self.inOrder where !allowed.contains(method) {
            router.on(path, method: method) { _, _ -> Response in
                throw Problem(
                    .methodNotAllowed, "This address does not answer that method; Allow names those it does.",
                    headers: [.allow: allow])
            }
        }
    }

    private static let inOrder: [HTTPRequest.Method] = [
        .get, .head, .post, .put, .patch, .delete, .options, .trace,
    ]
}

/// An address and a method that the service answers.
package struct ServedRoute: Sendable, Hashable {
    /// `GET`.
    package let method: String
    /// The template: `/api/v1/practices/{ods}/lists/{list}`.
    package let path: String
    /// What the caller must be allowed; `nil` where everybody may ask.
    package let permission: Permission?
}
