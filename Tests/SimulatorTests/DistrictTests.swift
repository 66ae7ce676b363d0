import Admissions
import Simulator
import Testing

@Suite struct DistrictTests {
    static let district = District(seed: 7)

    @Test func `nineteen practices share 135,000 people`() {
        let district = Self.district
        #expect(district.practices.count == 19)
        #expect(district.population == 135_000)
        #expect(district.practices.map(\.listSize).reduce(0, +) == 135_000)
        #expect(Set(district.practices.map(\.listSize)).count == 19)
        for place in district.practices.indices {
            let list = district.list(of: place)
            #expect(list.count == district.practices[place].listSize)
            #expect(district.practice(of: list.lowerBound) == place)
            #expect(district.practice(of: list.upperBound - 1) == place)
        }
    }

    @Test func `practice codes have the shape of ODS codes and are nobody's`() {
        let codes = Self.district.practices.map(\.code)
        #expect(codes.first == "Z99001")
        #expect(codes.last == "Z99019")
        #expect(Set(codes).count == 19)
        #expect(codes.allSatisfy { ODSPracticeCode($0)?.rawValue == $0 && $0.hasPrefix("Z99") })
        #expect(Self.district.practices.first?.name == "Harrowmead Surgery")
    }

    @Test func `one district hospital and two community hospitals`() {
        #expect(Self.district.hospitals.map(\.code) == ["ZX901", "ZX902", "ZX903"])
        #expect(
            Self.district.hospitals.map(\.name)
                == ["Southmoor District", "Castlemead Community", "Harrowfield Community"])
        for hospital in Self.district.hospitals {
            #expect(Set(hospital.wards.map(\.code)).count == hospital.wards.count)
            #expect(hospital.wards.allSatisfy { (1...40).contains($0.beds) })
        }
    }

    @Test func `the district is as old as South Somerset`() {
        let district = Self.district
        var ages = [Int](repeating: 0, count: 130)
        for index in 0..<district.population { ages[district.age(index, on: district.referenceDay)] += 1 }
        func share(_ range: Range<Int>) -> Double { Double(ages[range].reduce(0, +)) / 135_000 }
        #expect((0.235...0.27).contains(share(65..<130)))
        #expect((0.025...0.045).contains(share(85..<130)))
        #expect((0.17...0.22).contains(share(0..<18)))
        #expect(share(105..<130) == 0)
        let lists = district.practices.indices.map { place -> Double in
            let list = district.list(of: place)
            return Double(list.count { district.age($0, on: district.referenceDay) >= 65 }) / Double(list.count)
        }
        // Some lists are far older than others, as lists are.
        #expect((lists.max() ?? 0) - (lists.min() ?? 0) > 0.08)
    }

    @Test func `NHS numbers are valid, of the test range, and no two alike`() {
        let district = Self.district
        var seen = Set<String>()
        var missing = 0
        for index in 0..<district.count {
            guard let text = district.nhsNumber(index) else {
                missing += 1
                continue
            }
            let number = NHSNumber(text)
            #expect(number?.isTestRange == true && number?.digits == text)
            #expect(seen.insert(text).inserted)
        }
        #expect((600...2_200).contains(missing))
    }

    @Test func `a person is worked out anew and stays the same`() {
        let twin = District(seed: 7)
        for index in stride(from: 0, to: Self.district.count, by: 977) {
            #expect(Self.district.person(index) == twin.person(index))
        }
        #expect(Self.district.person(5) != District(seed: 8).person(5))
    }

    @Test func `names bring what screens and sort orders have to bear`() {
        let people = stride(from: 0, to: 135_000, by: 9).map { Self.district.person($0) }
        func some(_ condition: (Person) -> Bool) -> Bool { people.contains(where: condition) }
        #expect(some { $0.family.contains("'") })
        #expect(some { $0.family.contains("-") })
        #expect(some { $0.family.contains(" ") })
        #expect(some { $0.family.count > 24 })
        #expect(some { $0.given.contains("Zoë") })
        #expect(some { $0.family == "O'Neill" })
        #expect(some { $0.title == nil })
        #expect(some { $0.preferred != nil })
        #expect(some { $0.nhsNumber == nil })
        #expect(some { $0.given.count == 1 } && some { $0.given.count == 2 })
        #expect(Set(people.map(\.family)).count > 300)
        #expect(people.allSatisfy { $0.address.count == 3 && !$0.given.isEmpty })
        let latin1 = people.flatMap { [$0.family] + $0.given }.joined().unicodeScalars.allSatisfy { $0.value < 0x100 }
        #expect(latin1)
    }

    @Test func `some people are easily taken for one another`() {
        var namesakes = 0
        var twins = 0
        var households: [String: [Person]] = [:]
        for index in 0..<12_000 {
            let person = Self.district.person(index)
            households[person.family, default: []].append(person)
        }
        for family in households.values where family.count < 400 {
            for (place, person) in family.enumerated() {
                for other in family[(place + 1)...] {
                    if person.given.first == other.given.first, person.sex == other.sex { namesakes += 1 }
                    if person.born == other.born { twins += 1 }
                }
            }
        }
        #expect(namesakes > 40)
        #expect(twins > 10)
    }

    @Test func `each hospital has its own number for a person, and one for each`() {
        for hospital in Self.district.hospitals {
            let numbers = (0..<Self.district.count).map { hospital.localIdentifier(of: $0) }
            #expect(Set(numbers).count == numbers.count)
        }
        #expect(Set(Self.district.hospitals.map { $0.localIdentifier(of: 1) }).count == 3)
    }
}
