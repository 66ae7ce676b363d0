/// How a stay ended (NHS Data Dictionary, DISCHARGE METHOD; domain.md section 1.5, from [S10]). 2 is of old messages.
enum DischargeMethod {
    static let table = CodeTable([
        ("1", "On clinical advice or with consent"),
        ("2", "By self, relative or advocate"),
        ("3", "By tribunal, Home Secretary or court"),
        ("4", "Died"),
        ("5", "Stillbirth"),
        ("6", "Self-discharged"),
        ("7", "By relative or advocate"),
        ("8", "Not applicable, stay not finished"),
        ("9", "Not known"),
    ])
}
