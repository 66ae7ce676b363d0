import Glibc

/// Strings as C wants them: an array of pointers that ends in NULL.
enum CStrings {
    /// Calls `body` with the array, which is gone afterwards.
    static func with<R>(_ strings: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> R) -> R {
        var copies = strings.map { strdup($0) }
        copies.append(nil)
        defer { for copy in copies { free(copy) } }
        return copies.map { UnsafePointer($0) }.withUnsafeBufferPointer { buffer in
            // The array has at least its closing NULL, so there is a base address.
            body(buffer.baseAddress!)
        }
    }
}
