/// Where the components of a repetition lie, blanks included.
///
/// Ten numbers rather than ten pieces: most components are never asked for. `MessageSource.part` gives the piece.
struct Components {
    let repetition: Piece
    /// How many there are, of those that are read.
    private(set) var count = 0
    private var ends = InlineArray<10, UInt32>(repeating: 0)

    /// The components of a repetition in which none has been found yet.
    init(_ repetition: Piece) {
        self.repetition = repetition
    }

    /// Notes where the next component ends.
    @inline(__always)
    mutating func end(_ number: Int, at offset: Int) {
        ends[number] = UInt32(truncatingIfNeeded: offset)
        count = number + 1
    }

    @inline(__always)
    func start(_ number: Int) -> Int {
        number == 0 ? Int(repetition.start) : Int(ends[number - 1]) + 1
    }

    @inline(__always)
    func end(_ number: Int) -> Int { Int(ends[number]) }
}
