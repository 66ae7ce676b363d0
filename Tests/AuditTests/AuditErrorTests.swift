import Audit
import Testing

/// What the auditor is told when there is no answer.
@Suite struct AuditErrorTests {
    @Test func `an error says which log and which position`() {
        #expect(
            AuditError.positionBeyondLog(log: "RXX", position: 12, size: 7).description
                == "position-beyond-log: 12 of RXX, which ends at 7")
    }
}
