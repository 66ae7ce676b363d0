import Testing

/// Expects what a mutating call has given: `#expect` cannot make such a call itself.
func expect<Value: Equatable>(
    _ found: Value, is wanted: Value, sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(found == wanted, sourceLocation: sourceLocation)
}
