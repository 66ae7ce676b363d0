import EventSourcing
enum PythonVerifier {
    static func expect(_ found: [String], of log: TestLog, against notes: [SignedNote]) async throws {}
}
