/// Runs the text of one file of the schema, and says where in it something failed.
enum SchemaFile {
    static func run(
        _ text: String, of path: String, _ session: PostgresSession, within limit: Duration
    ) throws(MigratorError) {
        do throws(PostgresError) {
            try session.script(text, within: limit)
        } catch {
            throw .failed(path: path, line: error.position.map { line(of: $0, in: text) }, error)
        }
    }

    /// The line, from 1, of a character counted from 1.
    private static func line(of position: Int, in text: String) -> Int {
        text.unicodeScalars.prefix(position - 1).count { $0 == "\n" } + 1
    }

    /// The statements of a file, each ended by a semicolon at the end of a line.
    ///
    /// For files that run outside a transaction: sent together they would be one. Such a file holds plain commands, no
    /// function bodies.
    static func statements(_ text: String) -> [String] {
        var statements: [String] = []
        var current = ""
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            current += line + "\n"
            if line.hasSuffix(";") {
                statements.append(current)
                current = ""
            }
        }
        let hasMore = current.split(separator: "\n").contains { !$0.isEmpty && !$0.hasPrefix("--") }
        return hasMore ? statements + [current] : statements
    }
}
