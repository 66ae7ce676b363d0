import Admissions
import EventSourcing

extension ActRows {
    /// Since when news was new at a moment: after the last huddle was closed, on its own day; `nil` is always.
    func windowStart(_ window: ListQuestion.Window, at moment: Instant) -> Instant? {
        switch window {
        case .always: return nil
        case .after(let instant): return instant
        case .afterLastHuddle(let otherwise):
            let reach = moment - .seconds(HuddleWindow.reachDays * 86_400)
            let closes = huddles.compactMap { huddle in
                huddle.closedAt.flatMap {
                    $0 <= moment && $0 > reach && LondonDay(of: $0).text == huddle.day ? $0 : nil
                }
            }
            return closes.max() ?? otherwise
        }
    }
}
