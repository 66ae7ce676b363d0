import ADT
import Admissions
import SenderProfiles
import Testing

/// A profile says only what differs from the one it extends.
@Suite struct ExtendingTests {
    private func read(_ lines: String...) throws -> SenderProfileFile {
        try SenderProfileFile.read(lines.joined(separator: "\n"), name: "mine.yaml")
    }

    @Test func `what is not said is as in the extended profile`() throws {
        var expected = SenderProfile.itk
        expected.name = "mine"
        expected.nullSemantics = .ignore
        #expect(try read("name: mine", "extends: itk", "null-semantics: ignore").profile == expected)
    }

    @Test func `without extends it is the UK default that is extended`() throws {
        var expected = SenderProfile.ukDefault
        expected.name = "mine"
        let file = try read("name: mine")
        #expect(file.profile == expected)
        #expect(file.title == "mine" && file.senders.isEmpty)
    }

    @Test func `maps are taken over key by key, lists as a whole`() throws {
        let profile = try read(
            "name: mine", "classes: {Q: emergency, I: daycase, B: none}", "admission-methods: {WALK IN: 22, X: none}",
            "practice-paths: [pd1-4.6]", "destination-codes: [19, 40-42]"
        ).profile
        #expect(profile.classes["Q"] == .emergency && profile.classes["I"] == .daycase)
        #expect(profile.classes["B"] == nil && profile.classes["O"] == .outpatient)
        #expect(profile.admissionMethods["WALK IN"] == .some("22") && profile.admissionMethods["L"] == .some("31"))
        #expect(profile.admissionMethods.keys.contains("X") && profile.admissionMethods["X"] == .some(nil))
        #expect(profile.practicePaths == [SenderProfile.PracticePath(field: 4, component: 6)])
        #expect(profile.destinationCodes == ["19", "40", "41", "42"])
    }

    @Test func `every key reaches the profile`() throws {
        let file = try read(
            "name: mine", "title: Mine", "senders: [{application: pas*, facility: ra4}]", "null-semantics: ignore",
            "recorded-time: message-made", "ward-component: room", "nhs-number: {marks: [nhs], pid-19: false}",
            "local-identifier: {types: [mr], issuer: ra4}", "visit-number: {pid-18: true}",
            "patient-types: {WARD: inpatient}", "discharge-disposition: discharge-destination",
            "wards: {fopas: [fopas], virtual: [hah], sensitive: [gum]}", "specialties: {sensitive: [360]}",
            "triggers: {A10: A04, A09: ignore}")
        let profile = file.profile
        #expect(file.title == "Mine" && file.senders == [SenderPattern(application: "PAS*", facility: "RA4")])
        #expect(
            profile.nullSemantics == .ignore && profile.recordedTime == .messageMade && profile.wardComponent == .room)
        #expect(profile.nhsNumberMarks == ["NHS"] && !profile.nhsNumberInPID19)
        #expect(profile.localIdentifierTypes == ["MR"] && profile.localIdentifierIssuer == "RA4")
        #expect(profile.visitNumberInPID18 && profile.patientTypes["WARD"] == .inpatient)
        #expect(profile.dispositionMeaning == .dischargeDestination)
        #expect(profile.fopasWards == ["FOPAS"] && profile.virtualWards == ["HAH"] && profile.sensitiveWards == ["GUM"])
        #expect(profile.sensitiveSpecialties == ["360"])
        #expect(profile.triggers == ["A10": "A04", "A09": nil])
    }

    @Test func `trigger events that are not allowed are ignored`() throws {
        let triggers = try read("name: mine", "triggers: {allowed: [A01, A03], A10: A04}").profile.triggers
        #expect(triggers["A10"] == .some("A04") && triggers["A01"] == nil && triggers["A03"] == nil)
        #expect(triggers["A08"] == .some(nil) && triggers.keys.contains("A08"))
        #expect(triggers.count == 60)
    }

    // MARK: Many files

    private func library(_ files: (String, String)...) throws(SenderProfileError) -> ProfileLibrary {
        try ShippedProfiles.library.adding(
            files.map { ProfileLibrary.Source(file: $0.0, bytes: Array($0.1.utf8)) })
    }

    private func mistakes(_ files: (String, String)...) -> [String] {
        do throws(SenderProfileError) {
            _ = try ShippedProfiles.library.adding(
                files.map { ProfileLibrary.Source(file: $0.0, bytes: Array($0.1.utf8)) })
            return []
        } catch {
            return error.problems.map { "\($0.file):\($0.line):\($0.column) \($0.code.rawValue)" }
        }
    }

    @Test func `profiles of a folder extend one another in any order`() throws {
        let library = try library(
            ("a.yaml", "name: a\nextends: b\nnull-semantics: ignore"),
            ("b.yaml", "name: b\nextends: trakcare\nward-component: room"))
        #expect(library.named("a")?.profile.wardComponent == .room)
        #expect(library.named("a")?.profile.nullSemantics == .ignore)
        #expect(library.named("b")?.profile.nullSemantics == .hl7)
    }

    @Test func `a circle is told, and who waits for it is not blamed`() {
        #expect(
            mistakes(
                ("a.yaml", "name: a\nextends: b"), ("b.yaml", "extends: a\nname: b"), ("c.yaml", "name: c\nextends: a"),
                ("d.yaml", "name: d\nextends: d"))
                == ["a.yaml:2:10 extends-itself", "b.yaml:1:10 extends-itself", "d.yaml:2:10 extends-itself"])
    }

    @Test func `a mistake in one file does not make mistakes of those that extend it`() {
        #expect(
            mistakes(("a.yaml", "name: a\nextends: b\ntitel: A"), ("b.yaml", "name: b\nwards: []"))
                == ["a.yaml:3:1 unknown-key", "b.yaml:2:8 wrong-type"])
    }

    @Test func `a name and a sender belong to one profile`() {
        #expect(mistakes(("a.yaml", "title: A\nname: itk")) == ["a.yaml:2:7 name-taken"])
        #expect(
            mistakes(
                ("a.yaml", "name: a\nsenders: [{facility: RA4}]"), ("b.yaml", "name: b\nsenders:\n  - facility: ra4"))
                == ["b.yaml:3:5 sender-taken"])
    }

    @Test func `the closest pattern decides, an own one before a shipped one`() throws {
        let library = try library(
            ("a.yaml", "name: a\nsenders: [{facility: RA*}, {application: TRAKCARE*}]"),
            ("b.yaml", "name: b\nsenders: [{facility: RA4}]"),
            ("c.yaml", "name: c\nsenders: [{facility: RA4, application: ED}]"))
        func name(_ application: String, _ facility: String) -> String? {
            library.profile(application: application, facility: facility)?.name
        }
        #expect(name("TrakCare", "ZX9") == "a")
        #expect(name("PAS", "ra9") == "a")
        #expect(name("PAS", "RA4") == "b" && name("TRAKCARE", "RA4") == "b")
        #expect(name("ed", "RA4") == "c")
        #expect(name("EPICADT", "ZX9") == "epic")
        #expect(name("PAS", "ZX9") == nil)
    }
}
