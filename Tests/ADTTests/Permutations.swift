/// All orders of a few things.
enum Permutations {
    static func all<Element>(_ elements: [Element]) -> [[Element]] {
        guard elements.count > 1 else { return [elements] }
        return elements.indices.flatMap { index in
            var rest = elements
            let first = rest.remove(at: index)
            return all(rest).map { [first] + $0 }
        }
    }
}
