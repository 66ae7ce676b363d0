/// The names a certificate goes by: the subject's common names and the alternative names.
///
/// Read from DER by the fields of RFC 5280 section 4.1. Only for a certificate whose signature has been verified.
struct CertificateNames: Equatable {
    /// Alternative names of the kinds dNSName, rfc822Name and uniformResourceIdentifier, in their order.
    private(set) var alternative: [String] = []
    /// The subject's common names, the most specific first.
    private(set) var common: [String] = []

    private static let commonName: [UInt8] = [0x55, 0x04, 0x03]
    private static let subjectAlternativeName: [UInt8] = [0x55, 0x1D, 0x11]

    /// Reads the names; a certificate that cannot be read has none.
    init(der: [UInt8]) {
        var bytes = der[...]
        guard let certificate = DERElement(takenFrom: &bytes), let toBeSigned = certificate.children.first else {
            return
        }
        var fields = toBeSigned.children[...]
        if fields.first?.tag == 0xA0 { fields = fields.dropFirst() }
        // serialNumber, signature, issuer, validity, subject, subjectPublicKeyInfo, …
        guard fields.count >= 6 else { return }
        common = Self.commonNames(subject: fields[fields.startIndex + 4])
        if let extensions = fields.first(where: { $0.tag == 0xA3 })?.children.first {
            alternative = Self.alternativeNames(extensions: extensions)
        }
    }

    /// All names, alternative names first.
    var all: [String] { alternative + common }

    /// The allowed name this certificate bears, without regard to case; nil if none.
    func first(in allowed: Set<String>) -> String? {
        let bare = Set(allowed.map { $0.lowercased() })
        return all.first { bare.contains($0.lowercased()) }
    }

    private static func commonNames(subject: DERElement) -> [String] {
        var names: [String] = []
        for attribute in subject.children.flatMap(\.children) {
            let parts = attribute.children
            guard parts.count == 2, parts[0].tag == DERElement.objectIdentifier,
                parts[0].content.elementsEqual(commonName)
            else { continue }
            names.append(String(decoding: parts[1].content, as: UTF8.self))
        }
        return names.reversed()
    }

    private static func alternativeNames(extensions: DERElement) -> [String] {
        for part in extensions.children.map(\.children) {
            guard let identifier = part.first, identifier.content.elementsEqual(subjectAlternativeName),
                let value = part.last, value.tag == DERElement.octetString
            else { continue }
            var inner = value.content
            let names = DERElement(takenFrom: &inner)?.children ?? []
            return names.filter { [0x81, 0x82, 0x86].contains($0.tag) }.map {
                String(decoding: $0.content, as: UTF8.self)
            }
        }
        return []
    }
}
