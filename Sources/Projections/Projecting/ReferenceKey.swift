import Crypto
package import EventSourcing

/// Makes the opaque refs that practices see instead of the hospital's keys.
///
/// `kind_` and thirteen letters of base 32 (65 bits) of HMAC-SHA256 (RFC 2104) under the installation's key over
/// (kind, hospital, key, practice), so a ref is the same after each rebuild, differs from practice to practice, and
/// says nothing to who has no key. Refs are unique within a hospital and a practice, save for an accident of 65 bits.
package struct ReferenceKey: Sendable {
    /// Keyed, with nothing taken in yet: a copy of it makes each ref.
    private let keyed: HMAC<SHA256>

    /// Takes the key of `practice.installation`.
    package init(_ bytes: [UInt8]) {
        keyed = HMAC(key: SymmetricKey(data: bytes))
    }

    /// The ref of an encounter for a practice: `enc_7hq3v0k2mzd41`.
    package func encounterRef(hospital: LogName, encounter: String, practice: String) -> String {
        reference("enc", hospital: hospital, subject: encounter, practice: practice)
    }

    /// The ref of a patient for a practice: `pt_c91xw5e8rdq0h`.
    package func patientRef(hospital: LogName, patient: String, practice: String) -> String {
        reference("pt", hospital: hospital, subject: patient, practice: practice)
    }

    /// The name of a hot onboarding case, the same for everybody who sees it: `case_2m9vq0tzb41xk`.
    package func caseRef(hospital: LogName, stream: StreamName) -> String {
        reference("case", hospital: hospital, subject: stream.rawValue, practice: "")
    }

    private static let letters = 13
    /// What they are made of.
    private static let bytes = 9

    private func reference(_ kind: String, hospital: LogName, subject: String, practice: String) -> String {
        // Kind, hospital and practice hold no NUL, so the parts cannot run into each other.
        var bytes = Array(kind.utf8)
        bytes.append(0)
        bytes.append(contentsOf: hospital.rawValue.utf8)
        bytes.append(0)
        bytes.append(contentsOf: practice.utf8)
        bytes.append(0)
        bytes.append(contentsOf: subject.utf8)
        var code = keyed
        code.update(data: bytes)
        return kind + "_" + Base32.encode(Array(code.finalize().prefix(Self.bytes))).prefix(Self.letters)
    }
}
