import PracticeService

/// TLS for HTTP, where the setting `http.tls.certificate` names a certificate.
///
/// | setting | what |
/// |---|---|
/// | `http.tls.certificate`, `http.tls.key` | our certificate chain and its key, PEM |
/// | `http.tls.clientAuthorities` | makes TLS mutual: the authorities that sign clients' certificates, PEM |
/// | `http.tls.names` | between commas: lets in only certificates with one of these alternative names |
enum HTTPSettings {
    /// - Throws: `CommandFailure(.badConfiguration)` for a file that cannot be used.
    static func identity(_ settings: Settings) throws -> HTTPServerIdentity? {
        guard let certificate = settings.text("http.tls.certificate") else { return nil }
        guard let key = settings.text("http.tls.key") else {
            throw CommandFailure(.badConfiguration, "A certificate needs its key: the setting http.tls.key.")
        }
        let names = settings.list("http.tls.names")
        let authorities = settings.text("http.tls.clientAuthorities")
        guard names.isEmpty || authorities != nil else {
            throw CommandFailure(.badConfiguration, "http.tls.names needs http.tls.clientAuthorities.")
        }
        do {
            return try HTTPServerIdentity(
                certificate: certificate, key: key, clientAuthorities: authorities,
                names: names.isEmpty ? nil : Set(names))
        } catch {
            throw CommandFailure(.badConfiguration, "TLS for HTTP: \(error)")
        }
    }
}
