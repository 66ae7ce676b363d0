/// Which column of a file tells what: found by its headings, or named by the practice.
///
/// Headings are compared by their letters and digits alone, in either case. A column that a practice has named by its
/// heading is looked for under no other. What no heading tells is left as it was known before.
package struct RosterColumns: Sendable, Equatable {
    /// The place of each column, by the order of `RosterColumn`; -1 for one that the file lacks.
    private var places: [Int]
    /// How many cells a row has.
    package let cellCount: Int

    /// The names that a practice gives its columns.
    package struct Names: Sendable, Equatable {
        private var headings: [String: RosterColumn] = [:]

        /// The usual headings alone.
        package init() {
            self.init(named: [:])
        }

        /// The usual headings, but for the columns that are named.
        ///
        /// - Throws: `RosterRefusal.columnUnknown` for a key that names no column, `.headingTwice` where two columns
        ///   bear one heading.
        package init(_ named: [String: String]) throws(RosterRefusal) {
            var known: [RosterColumn: String] = [:]
            for (name, heading) in named {
                guard let column = RosterColumn(rawValue: name) else { throw .columnUnknown(name) }
                known[column] = heading
            }
            guard Set(known.values.map(Self.letters)).count == known.count else { throw .headingTwice }
            self.init(named: known)
        }

        private init(named: [RosterColumn: String]) {
            for column in RosterColumn.allCases where named[column] == nil {
                for heading in column.usualHeadings { headings[Self.letters(heading)] = column }
            }
            // Named last, so that a heading which usually means something else means what the practice says.
            for (column, heading) in named { headings[Self.letters(heading)] = column }
        }

        func column(_ heading: String) -> RosterColumn? { headings[Self.letters(heading)] }

        private static func letters(_ heading: String) -> String {
            String(
                heading.lowercased().unicodeScalars.filter { $0.properties.isAlphabetic || ("0"..."9").contains($0) })
        }
    }

    /// Finds the columns in a row of headings; `nil` unless one is the NHS number.
    ///
    /// - Throws: `RosterRefusal.columnMissing` or `.columnTwice` for a row that has the NHS number and is no heading
    ///   all the same.
    init?(headings: [String], names: Names) throws(RosterRefusal) {
        places = RosterColumn.allCases.map { _ in -1 }
        cellCount = headings.count
        var twice: RosterColumn?
        for (place, heading) in headings.enumerated() {
            guard let column = names.column(heading) else { continue }
            if places[column.index] >= 0 { twice = column }
            places[column.index] = place
        }
        guard has(.nhsNumber) else { return nil }
        if let twice { throw .columnTwice(twice) }
        for column in RosterColumn.required where !has(column) { throw .columnMissing(column) }
    }

    /// Whether the file tells this.
    package func has(_ column: RosterColumn) -> Bool { places[column.index] >= 0 }

    /// In which cell of a row it stands.
    func place(_ column: RosterColumn) -> Int? {
        let place = places[column.index]
        return place < 0 ? nil : place
    }
}

extension RosterColumn {
    /// Its place in `allCases`.
    fileprivate var index: Int {
        switch self {
        case .nhsNumber: 0
        case .born: 1
        case .surname: 2
        case .given: 3
        case .registered: 4
        case .practice: 5
        case .symphonyScore: 6
        case .symphonyDate: 7
        case .caseload: 8
        case .consented: 9
        case .keyWorker: 10
        case .usualGP: 11
        case .careHome: 12
        case .fopasConcern: 13
        case .reviewed: 14
        case .reviewDue: 15
        }
    }
}
