package import EventSourcing

/// A place of care by what names it: hospital, site, ward.
///
/// Its text is `loc-` and base 32 of the three parts, at most 64 letters, digits and hyphens, so that it may be an id
/// of FHIR (R4 section 2.24.0.1). It holds nothing of a patient; that the practice may be told of the place is for
/// `DetailReader.knows(_:access:)` to say.
package struct PlaceKey: Sendable, Hashable {
    /// The hospital's log.
    package let hospital: LogName
    /// Site, if told.
    package let site: String?
    /// Ward, if told.
    package let ward: String?

    private static let prefix = "loc-"
    private static let charactersMax = 64
    private static let separator: UInt8 = 0

    /// Where a row says the patient is; `nil` where it is withheld, and where neither site nor ward was told.
    package init?(_ row: EncounterRow) {
        guard !row.patient.isRestricted, let hospital = row.hospital,
            row.location.site != nil || row.location.ward != nil
        else { return nil }
        self.hospital = hospital
        site = row.location.site
        ward = row.location.ward
    }

    /// Reads what `text` writes; `nil` for anything else.
    package init?(_ text: String) {
        guard text.utf8.count <= Self.charactersMax, text.hasPrefix(Self.prefix),
            let bytes = Base32.decode(String(text.dropFirst(Self.prefix.count))),
            let plain = String(validating: bytes, as: UTF8.self)
        else { return nil }
        let parts = plain.split(separator: "\0", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, let hospital = LogName(parts[0]), parts[1] + parts[2] != "" else { return nil }
        self.hospital = hospital
        site = parts[1].isEmpty ? nil : parts[1]
        ward = parts[2].isEmpty ? nil : parts[2]
    }

    /// The key as text; `nil` where the names are too long for it.
    package var text: String? {
        var bytes = Array(hospital.rawValue.utf8)
        bytes.append(Self.separator)
        bytes.append(contentsOf: (site ?? "").utf8)
        bytes.append(Self.separator)
        bytes.append(contentsOf: (ward ?? "").utf8)
        let text = Self.prefix + Base32.encode(bytes)
        return text.utf8.count <= Self.charactersMax ? text : nil
    }
}
