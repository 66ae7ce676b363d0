/// A part of a message: its range of bytes, blanks at both ends left out, and the path that leads to it.
struct Piece {
    /// The segments that are read; the raw value is the place in `MessageSource`.
    enum Segment: UInt8 {
        case msh, evn, pid, pd1, pv1, pv2, dg1, zu1, zu8, mrg

        /// The segment of that name (see `SegmentPlace`); `nil` if it is not read.
        init?(packed name: UInt32) {
            switch name {
            case Self.packed("MSH"): self = .msh
            case Self.packed("EVN"): self = .evn
            case Self.packed("PID"): self = .pid
            case Self.packed("PD1"): self = .pd1
            case Self.packed("PV1"): self = .pv1
            case Self.packed("PV2"): self = .pv2
            case Self.packed("DG1"): self = .dg1
            case Self.packed("ZU1"): self = .zu1
            case Self.packed("ZU8"): self = .zu8
            case Self.packed("MRG"): self = .mrg
            default: return nil
            }
        }

        /// As `HL7v2` packs names; worked out by the compiler.
        @inline(__always)
        private static func packed(_ name: StaticString) -> UInt32 {
            name.withUTF8Buffer { name in
                (UInt32(name[0]) | UInt32(name[1]) << 8 | UInt32(name[2]) << 16) & 0xDFDFDF
            }
        }

        var name: StaticString {
            switch self {
            case .msh: "MSH"
            case .evn: "EVN"
            case .pid: "PID"
            case .pd1: "PD1"
            case .pv1: "PV1"
            case .pv2: "PV2"
            case .dg1: "DG1"
            case .zu1: "ZU1"
            case .zu8: "ZU8"
            case .mrg: "MRG"
            }
        }
    }

    var start: UInt32 = 0
    var end: UInt32 = 0
    var segment = Segment.msh
    var field: UInt8 = 0
    /// 0 for the whole field.
    var repetition: UInt8 = 0
    /// 0 for the whole repetition.
    var component: UInt8 = 0
    /// 0 for the whole component.
    var subcomponent: UInt8 = 0

    /// Nothing there but blanks.
    var isEmpty: Bool { start >= end }

    var range: Range<Int> { Int(start)..<Int(end) }
}
