/// What of a person has to be remembered because it weighs on every draw: one byte.
struct Habits: Sendable {
    /// How a person resembles a neighbour, to the huddle's sorrow.
    enum Resemblance: UInt8 {
        /// Not more than anyone.
        case none
        /// Same names, another birthday.
        case namesake
        /// Same family name and birthday, another given name.
        case twin
    }

    private var bits: UInt8

    /// The habits that 64 random bits stand for.
    init(_ random: UInt64) {
        let class4 = (random & 0xFFFF) < 131 ? 3 : (random & 0xFFFF) < 1_311 ? 2 : (random & 0xFFFF) < 6_554 ? 1 : 0
        let likeness = (random >> 16) & 0x3FF
        let resemblance: Resemblance = likeness < 4 ? .namesake : likeness < 7 ? .twin : .none
        bits = UInt8(class4) | resemblance.rawValue << 2
    }

    /// How often the person comes, 1 being usual: nine in ten are usual, one in five hundred comes forty times as
    /// often.
    var frequency: Double {
        switch bits & 0b11 {
        case 0: 0.7
        case 1: 2.2
        case 2: 7
        default: 28
        }
    }

    var resemblance: Resemblance {
        get { Resemblance(rawValue: (bits >> 2) & 0b11) ?? .none }
        set { bits = bits & ~0b1100 | newValue.rawValue << 2 }
    }

    var isFemale: Bool {
        get { bits & 0b1_0000 != 0 }
        set { bits = newValue ? bits | 0b1_0000 : bits & ~0b1_0000 }
    }
}
