/// The streets and villages of the invented district.
enum Places {
    static let streets: [String] = FamilyNames.split(
        """
        High Street,Church Lane,Station Road,Mill Lane,The Green,Orchard Close,Withy Road,Quarry Lane,North Street,
        South Street,Silver Street,Back Lane,Bow Street,Castle Road,Sandpits,Hamdown Road,Fosse Way,Brewery Lane,
        St Mary's Close,Abbey Row,Willow Drive,Larkhill Avenue,Water Street,Cole Lane,Hendford Rise,Penny Plot,Broadmead,
        The Old Creamery,Cider Press Yard,Lower Odcombe Terrace,Bluebell Way,Nightingale Court,Kingfisher Gardens
        """)
    static let villages: [(name: String, outcode: String)] = [
        ("Southmoor", "ZX1"), ("Castlemead", "ZX2"), ("Harrowfield", "ZX3"), ("Oldbridge", "ZX4"),
        ("Lower Combe", "ZX4"),
        ("Withycombe Abbas", "ZX5"), ("Stoke under Fosse", "ZX5"), ("Long Furlong", "ZX6"), ("Ham Hollow", "ZX6"),
        ("Kingsdown", "ZX7"), ("Upper Fosse", "ZX7"), ("Quarry Hill", "ZX8"), ("Nether Penrose", "ZX8"),
        ("Vye's Cross", "ZX9"),
    ]
    static let careHomes: [String] = FamilyNames.split(
        "The Elms Nursing Home,Fairlea Care Home,Cedar Lodge,St Aldhelm's House,Meadow View,Ivelchester Court,Bay Tree House")
}
