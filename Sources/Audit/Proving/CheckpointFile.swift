package import EventSourcing

/// Signed notes one after the other, as `serve` writes them outside the database and practices may keep them.
///
/// Each note is followed by an empty line; oldest first.
package enum CheckpointFile {
    /// What is appended to the file for a note.
    package static func entry(_ note: SignedNote) -> String { note.description + "\n" }

    /// The notes in a file; `nil` if anything in it is none. A last note that was cut off in writing is passed over.
    package static func notes(in text: String) -> [SignedNote]? {
        var notes: [SignedNote] = []
        var lines: [Substring] = []
        var isSigned = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.isEmpty, isSigned {
                guard let note = SignedNote(lines.map { $0 + "\n" }.joined()) else { return nil }
                notes.append(note)
                lines.removeAll()
                isSigned = false
            } else if !line.isEmpty || !lines.isEmpty {
                lines.append(line)
                isSigned = line.hasPrefix("\u{2014} ")
            }
        }
        // A single note, as the interface gives it, has no empty line behind it but a last line feed.
        guard isSigned || lines.isEmpty else { return notes }
        if isSigned, let note = SignedNote(lines.map { $0 + "\n" }.joined()) { notes.append(note) }
        return notes
    }

    /// Of each log the greatest checkpoint that this key signed.
    package static func newest(of notes: [SignedNote], signedBy origin: LogOrigin) -> [LogName: Checkpoint] {
        var newest: [LogName: Checkpoint] = [:]
        for note in notes {
            let name = note.text.prefix { $0 != "\n" }.split(separator: "/").last.map(String.init)
            guard let log = name.flatMap({ LogName($0) }), let key = origin.key(log),
                let checkpoint = note.checkpoint(signedBy: key), checkpoint.size > newest[log]?.size ?? 0
            else { continue }
            newest[log] = checkpoint
        }
        return newest
    }
}
