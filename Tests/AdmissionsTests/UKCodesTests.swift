import Testing

@testable import Admissions

@Suite struct UKCodesTests {
    @Test func `every list has a name, a title, a source and codes that stand in it once`() {
        #expect(Set(UKCodes.all.map(\.name)).count == UKCodes.all.count)
        for list in UKCodes.all {
            #expect(!list.name.isEmpty && !list.title.isEmpty && !list.source.isEmpty && !list.entries.isEmpty)
            #expect(Set(list.entries.map(\.code)).count == list.entries.count, "\(list.name)")
            #expect(list.date.map { $0.count == 7 || $0.count == 10 } ?? true, "\(list.name)")
            for entry in list.entries {
                #expect(!entry.code.isEmpty && entry.code.allSatisfy { $0.isNumber || $0.isUppercase })
                // No words without a reason: either the code has them, or somebody says why not.
                #expect(entry.label.map { !$0.isEmpty } ?? (entry.note != nil || !entry.isCurrent), "\(entry.code)")
                #expect(list.label(for: entry.code) == entry.label)
            }
        }
    }

    @Test func `a code that is not listed has no label`() {
        #expect(UKCodes.admissionMethod.label(for: "28b") == nil)
        #expect(UKCodes.admissionMethod.label(for: "Emergency") == nil)
        #expect(UKCodes.admissionMethod.label(for: "") == nil)
        #expect(UKCodes.admissionMethod.label(for: nil) == nil)
        #expect(UKCodes.admissionMethod.entry(for: "20") == nil)
    }

    @Test func `case and blanks do not count, a leading zero does`() {
        #expect(UKCodes.admissionMethod.label(for: "2a ") == UKCodes.admissionMethod.label(for: "2A"))
        #expect(UKCodes.nhsNumberStatus.label(for: "01") == "Present and verified")
        #expect(UKCodes.nhsNumberStatus.label(for: "1") == nil)
        #expect(UKCodes.isEmergency(admissionMethod: " 2d"))
    }

    @Test func `every admission method of the data dictionary has words`() {
        let codes = [
            "11", "12", "13", "21", "22", "23", "24", "25", "28", "2A", "2B", "2C", "2D", "31", "32", "81", "82", "83",
            "98", "99",
        ]
        #expect(UKCodes.admissionMethod.entries.map(\.code).sorted() == codes)
        for code in codes { #expect(UKCodes.admissionMethod.label(for: code) != nil, "\(code)") }
        #expect(UKCodes.admissionMethod.label(for: "21") == "Emergency, via A&E")
        #expect(UKCodes.admissionMethod.entries.filter { !$0.isCurrent }.map(\.code) == ["28"])
    }

    @Test func `old and new codes of places stand side by side`() {
        for code in ["19", "39", "54", "85", "37", "40", "42", "55", "56"] {
            #expect(UKCodes.admissionSource.label(for: code) != nil, "\(code)")
        }
        for code in ["19", "38", "54", "85", "84", "87", "88", "40", "42", "55", "56", "89"] {
            #expect(UKCodes.dischargeDestination.label(for: code) != nil, "\(code)")
        }
    }

    @Test func `an admission method is emergency, elective, maternity, or none of them`() {
        for entry in UKCodes.admissionMethod.entries {
            let code = entry.code
            let kinds = [
                UKCodes.isEmergency(admissionMethod: code), UKCodes.isElective(admissionMethod: code),
                UKCodes.isMaternity(admissionMethod: code),
            ]
            #expect(kinds.count { $0 } <= 1, "\(code)")
            #expect(UKCodes.isElective(admissionMethod: code) == code.hasPrefix("1"), "\(code)")
            #expect(UKCodes.isEmergency(admissionMethod: code) == code.hasPrefix("2"), "\(code)")
            #expect(UKCodes.isMaternity(admissionMethod: code) == code.hasPrefix("3"), "\(code)")
        }
        #expect(["2C", "82", "83"].allSatisfy { UKCodes.isNewborn(admissionMethod: $0) })
        #expect(!UKCodes.isNewborn(admissionMethod: "21"))
        #expect(!UKCodes.isEmergency(admissionMethod: nil) && !UKCodes.isElective(admissionMethod: "Elect Wait"))
    }

    @Test func `care homes are the same coming and going`() {
        let homes = ["54", "55", "56", "65", "85"]
        for entry in UKCodes.admissionSource.entries {
            #expect(UKCodes.isFromCareHome(admissionSource: entry.code) == homes.contains(entry.code), "\(entry.code)")
        }
        for entry in UKCodes.dischargeDestination.entries {
            #expect(
                UKCodes.isToCareHome(dischargeDestination: entry.code) == homes.contains(entry.code), "\(entry.code)")
        }
        let emergencyCare = UKCodes.emergencyCareDestination.entries.filter {
            UKCodes.isToCareHome(dischargeDestination: $0.code)
        }
        #expect(emergencyCare.map(\.label) == ["Residential home", "Nursing home"])
    }

    @Test func `no disposal but 10 is called a death, and 5 is called nothing`() {
        for code in 0...20 where code != 10 {
            let words = UKCodes.attendanceDisposal.label(for: String(code)) ?? ""
            #expect(!words.lowercased().contains("died") && !words.lowercased().contains("stillbirth"))
        }
        #expect(UKCodes.attendanceDisposal.label(for: "10") == "Died in the department")
        #expect(UKCodes.attendanceDisposal.entry(for: "5")?.label == nil)
        #expect(UKCodes.attendanceDisposal.entry(for: "5")?.note != nil)
        #expect(UKCodes.dischargeMethod.label(for: "4") == "Died")
    }

    @Test func `the words for an end are those of a death just where the codes tell one`() {
        let deadly = ["died", "dead", "mortuary"]
        func isDeadly(_ entry: CodeList.Entry) -> Bool {
            deadly.contains { entry.label?.lowercased().contains($0) == true }
        }
        for entry in UKCodes.dischargeMethod.entries {
            let tells = DeathCodes.tellsDeath(method: entry.code, destination: nil, disposal: nil, admitted: true)
            #expect(tells == isDeadly(entry), "\(entry.code)")
        }
        for entry in UKCodes.dischargeDestination.entries + UKCodes.emergencyCareDestination.entries {
            let tells = DeathCodes.tellsDeath(method: nil, destination: entry.code, disposal: nil, admitted: false)
            #expect(tells == isDeadly(entry), "\(entry.code)")
        }
        for entry in UKCodes.attendanceDisposal.entries + UKCodes.emergencyCareDischargeStatus.entries {
            let tells = DeathCodes.tellsDeath(method: nil, destination: nil, disposal: entry.code, admitted: false)
            #expect(tells == isDeadly(entry), "\(entry.code)")
        }
    }

    @Test func `a disposal has its words in either list`() {
        #expect(UKCodes.disposalLabel(for: "3") == "Left, no follow-up")
        #expect(UKCodes.disposalLabel(for: "63238001") == "Dead on arrival")
        #expect(UKCodes.disposalLabel(for: "5") == nil)
        #expect(UKCodes.disposalLabel(for: nil) == nil)
        let digits = Set(UKCodes.attendanceDisposal.entries.map(\.code))
        #expect(digits.isDisjoint(with: UKCodes.emergencyCareDischargeStatus.entries.map(\.code)))
    }

    @Test func `every code of SNOMED CT passes its check`() {
        let lists = UKCodes.all.filter { $0.source.contains("SNOMED CT") }
        #expect(lists.count == 4)
        for entry in lists.flatMap(\.entries) {
            #expect(Self.isSNOMEDConcept(entry.code), "\(entry.code)")
        }
        #expect(!Self.isSNOMEDConcept("306689007") && !Self.isSNOMEDConcept("306698006"))
    }

    /// A concept identifier: 6 to 18 digits, the last a check digit by Verhoeff, the two before it 00 or 10.
    private static func isSNOMEDConcept(_ code: String) -> Bool {
        let digits = code.compactMap(\.wholeNumberValue)
        guard (6...18).contains(digits.count), digits.count == code.count else { return false }
        guard ["00", "10"].contains(String(code.dropLast().suffix(2))) else { return false }
        let turn = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]
        var check = 0
        for (place, digit) in digits.reversed().enumerated() {
            var turned = digit
            for _ in 0..<(place % 8) { turned = turn[turned] }
            check = Self.dihedral(check, turned)
        }
        return check == 0
    }

    /// The product of two elements of the dihedral group of ten.
    private static func dihedral(_ left: Int, _ right: Int) -> Int {
        if left < 5 { return right < 5 ? (left + right) % 5 : 5 + (left + right) % 5 }
        return right < 5 ? 5 + (left - right + 5) % 5 : (left - right + 5) % 5
    }
}
