import Simulator
import Testing

@Suite struct CalendarDayTests {
    @Test(arguments: [
        (1970, 1, 1, 0), (1969, 12, 31, -1), (2000, 2, 29, 11_016), (2026, 1, 1, 20_454), (1921, 6, 5, -17_742),
    ])
    func `days are counted from 1970`(year: Int, month: Int, day: Int, number: Int) {
        let date = CalendarDay(year: year, month: month, day: day)
        #expect(date.number == number)
        #expect(date.civil == (year, month, day))
    }

    @Test func `weeks begin on Monday`() {
        #expect(CalendarDay(year: 2026, month: 1, day: 5).weekday == 0)
        #expect(CalendarDay(year: 2026, month: 1, day: 4).weekday == 6)
        #expect(CalendarDay(year: 1969, month: 12, day: 28).isWeekend)
    }

    @Test func `an age grows on the birthday`() {
        let born = CalendarDay(year: 1960, month: 2, day: 29)
        #expect(born.years(to: CalendarDay(year: 2026, month: 2, day: 28)) == 65)
        #expect(born.years(to: CalendarDay(year: 2026, month: 3, day: 1)) == 66)
    }
}
