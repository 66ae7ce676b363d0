import SenderProfiles
import Testing

/// What is wrong in a file is told with its line and column, all of it at once.
@Suite struct MistakeTests {
    /// `LINE:COL code` of everything that is wrong, in order.
    private func mistakes(_ lines: String...) -> [String] {
        mistakes(Array(lines.joined(separator: "\n").utf8))
    }

    private func mistakes(_ bytes: [UInt8]) -> [String] {
        problems(bytes).map { "\($0.line):\($0.column) \($0.code.rawValue)" }
    }

    private func problems(_ bytes: [UInt8]) -> [ProfileProblem] {
        do throws(SenderProfileError) {
            _ = try SenderProfileFile.read(bytes, name: "mine.yaml")
            return []
        } catch {
            return error.problems
        }
    }

    private func sentence(_ lines: String...) -> String {
        problems(Array(lines.joined(separator: "\n").utf8)).map(\.description).joined(separator: "\n")
    }

    @Test func `a sound file has no mistakes`() {
        #expect(mistakes("name: mine", "title: Mine", "extends: itk", "wards: {fopas: [EAU]}").isEmpty)
    }

    @Test func `a mistake names file, line, column, code and what would be right`() {
        #expect(
            sentence("name: mine", "ward-componet: room")
                == "mine.yaml:2:1: unknown-key: There is no key 'ward-componet' here; the nearest is 'ward-component'.")
        #expect(sentence("name: mine", "wards:", "  fopa: [A]").contains("mine.yaml:3:3: unknown-key"))
        #expect(sentence("name: mine", "wards:", "  fopa: [A]").contains("the nearest is 'fopas'"))
        #expect(sentence("name: mine", "extends: cernr").contains("the nearest is 'cerner'"))
    }

    @Test func `all mistakes of a file are told at once, in the order of its lines`() {
        #expect(
            mistakes(
                "nam: mine", "null-semantics: hl8", "practice-paths: [PD1-3.x, PD1-3.3, PID-3.3, PD1-99.1]",
                "classes:", "  I: inpatiant", "  O: outpatient", "nhs-number: [NHS]")
                == [
                    "1:1 unknown-key", "1:1 missing-key", "2:17 unknown-word", "3:18 bad-path", "3:36 bad-path",
                    "3:45 bad-path", "5:6 unknown-word", "7:13 wrong-type",
                ])
    }

    @Test func `an empty file and a file of comments say nothing`() {
        #expect(mistakes("") == ["1:1 empty"])
        #expect(mistakes("# nothing yet", "") == ["1:1 empty"])
    }

    @Test func `what is not YAML is told where it breaks`() {
        #expect(mistakes("name: mine", "  title: a: b") == ["2:8 yaml-syntax"])
        #expect(mistakes("name: mine", "\ttitle: a") == ["2:1 yaml-syntax"])
        #expect(mistakes("name: mine", "title: *nobody") == ["2:8 yaml-syntax"])
        #expect(mistakes("name: mine", "---", "name: other") == ["2:1 yaml-syntax"])
        #expect(mistakes(Array("name: mine\ntitle: é ".utf8) + [0xFF]) == ["2:10 not-utf8"])
        #expect(mistakes(Array(repeating: UInt8(ascii: "#"), count: 300_000)) == ["1:1 too-long"])
    }

    @Test func `a file that is no map is none of ours`() {
        #expect(mistakes("- name: mine") == ["1:1 wrong-type"])
        #expect(mistakes("mine") == ["1:1 wrong-type"])
    }

    @Test func `a key that stands twice is told where it stands for the second time, and the rest is still read`() {
        #expect(
            mistakes(
                "name: mine", "title: A", "title: B", "classes: {I: inpatient, \"I\": daycase, Q: queue}", "name: x")
                == ["3:1 duplicate-key", "4:25 duplicate-key", "4:42 unknown-word", "5:1 duplicate-key"])
        #expect(mistakes("name: mine", "classes:", "  '1': inpatient", "  1: daycase") == ["4:3 duplicate-key"])
    }

    @Test func `values of the wrong type are told`() {
        #expect(
            mistakes(
                "name: [mine]", "title: {a: b}", "senders: RA4", "null-semantics: [hl7]",
                "visit-number: {pid-18: maybe}",
                "local-identifier: {types: MR}", "practice-paths: PD1-3.3", "classes: [I]", "destination-codes: 19",
                "triggers: [A01]", "wards: {virtual: HAH}", "specialties: {sensitive: [[360]]}")
                == [
                    "1:7 wrong-type", "2:8 wrong-type", "3:10 wrong-type", "4:17 wrong-type", "5:24 wrong-type",
                    "6:27 wrong-type", "7:17 wrong-type", "8:10 wrong-type", "9:20 wrong-type", "10:11 wrong-type",
                    "11:18 wrong-type", "12:27 wrong-type",
                ])
    }

    @Test func `a code that no message can hold is told`() {
        #expect(
            mistakes(
                "name: mine", "nhs-number: {marks: [NATIONALHEALTHSERVICE, '', NHS]}", "admission-methods:",
                "  2A: 21", "  WORD: 211", "patient-types: {EMERGENCY DEPARTMENT: emergency}",
                "destination-codes: [19, 40-30, A-B]")
                == [
                    "2:22 bad-code", "2:45 bad-code", "4:3 bad-code", "5:9 bad-code", "6:17 bad-code", "7:25 bad-code",
                    "7:32 bad-code",
                ])
    }

    @Test func `a trigger event that is none is told`() {
        #expect(
            mistakes("name: mine", "triggers:", "  A9: ignore", "  A10: A99", "  B01: A01", "  allowed: [A01, Z99]")
                == ["3:3 bad-trigger", "4:8 bad-trigger", "5:3 bad-trigger", "6:18 bad-trigger"])
    }

    @Test func `a sender that would be everybody or nobody is told`() {
        #expect(
            mistakes(
                "name: mine", "senders:", "  - facility: '*'", "  - {}", "  - facilty: RA4", "  - facility: R*4",
                "  - RA4")
                == ["3:15 bad-pattern", "4:5 bad-pattern", "5:5 unknown-key", "6:15 bad-pattern", "7:5 wrong-type"])
    }

    @Test func `a name is short, lower case and there`() {
        #expect(mistakes("name: My Hospital") == ["1:7 bad-name"])
        #expect(mistakes("name: nothing") == ["1:7 bad-name"])
        #expect(mistakes("title: Mine") == ["1:1 missing-key"])
    }

    @Test func `a profile that extends nothing says the needed keys itself`() {
        #expect(
            mistakes("name: mine", "extends: nothing", "classes: {I: inpatient}")
                == ["2:1 missing-key", "2:1 missing-key", "2:1 missing-key"])
    }

    @Test func `every mistake there can be has a word of its own`() {
        #expect(Set(ProfileProblem.Code.allCases.map(\.rawValue)).count == ProfileProblem.Code.allCases.count)
    }
}
