/// A part of a message: its range of bytes, blanks at both ends left out, and the path that leads to it.
struct Piece {
    /// The segments that are read; the raw value is the place in `MessageSource`.
    enum Segment: UInt8 {
        case msh, evn, pid, pd1, pv1, pv2, dg1, zu1, zu8, mrg

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
