import Audit
import EventSourcing
import Foundation
import PracticeService

/// The key that signs checkpoints, in a file outside the database: `checkpoint.key` in the installation's folder, or the
/// setting `checkpoint.key`.
///
/// One line, `PRIVATE+KEY+<base64 of 0x01 and the 32 bytes of the seed>`, readable by its owner alone. Whoever has it can
/// sign another past; whoever loses it signs under another origin from then on, and checkpoints of before stay good with
/// the verifier key of before.
enum CheckpointKey {
    private static let prefix = "PRIVATE+KEY+"

    /// Where it lies.
    static func path(_ installation: Installation) -> String {
        installation.settings.text("checkpoint.key") ?? "\(installation.directory)/checkpoint.key"
    }

    /// Where checkpoints are written outside the database: the setting `checkpoint.file`.
    static func notesPath(_ installation: Installation) -> String {
        installation.settings.text("checkpoint.file") ?? "\(installation.directory)/checkpoints.log"
    }

    /// Opens the key; `nil` where there is none.
    ///
    /// - Throws: `CommandFailure(.badConfiguration)` for a file that is no key, or that others may read.
    static func existing(_ installation: Installation) throws -> NoteSigner? {
        let path = path(installation)
        let manager = FileManager.default
        guard let bytes = manager.contents(atPath: path) else {
            guard !manager.fileExists(atPath: path) else {
                throw CommandFailure(.badConfiguration, "The checkpoint key \(path) cannot be read.")
            }
            return nil
        }
        let mode = (try? manager.attributesOfItem(atPath: path))?[.posixPermissions] as? Int ?? 0
        guard mode & 0o077 == 0 else {
            throw CommandFailure(.badConfiguration, "The checkpoint key \(path) is open to others: chmod 600 it.")
        }
        let text = String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .newlines)
        guard text.hasPrefix(prefix), let seed = Base64.decode(text.dropFirst(prefix.count)), seed.first == 0x01,
            let signer = NoteSigner(seed: seed.dropFirst())
        else { throw CommandFailure(.badConfiguration, "The checkpoint key \(path) is no key.") }
        return signer
    }

    /// Opens the key, and makes it where there is none.
    static func opening(_ installation: Installation) throws -> NoteSigner {
        if let signer = try existing(installation) { return signer }
        let path = path(installation)
        let signer = NoteSigner()
        let text = prefix + Base64.encode([0x01] + signer.seed) + "\n"
        do {
            try FileManager.default.createDirectory(
                atPath: URL(filePath: path).deletingLastPathComponent().path, withIntermediateDirectories: true)
            // Of two that begin at once one makes it, and both use what it made.
            guard try KeyText.create(path, Array(text.utf8)) else { return try opening(installation) }
        } catch let failure as CommandFailure {
            throw failure
        } catch {
            throw CommandFailure(.badConfiguration, "The checkpoint key \(path) cannot be made: \(error).")
        }
        return signer
    }
}
