import { checkAnswers } from "./check-answers.ts";
import { checkConversations } from "./check-conversations.ts";
import { checkTimeline } from "./check-timelines.ts";
import type { History } from "./history.ts";
import { replay } from "./membership.ts";
import type { Violation } from "./violation.ts";

/**
 * Compares what clients sent and saw in a run. It knows nothing of the server but the wire contract. Gives every
 * violation found, none for a sound history.
 */
export function check(history: History): Violation[] {
  const violations: Violation[] = [];
  const report = (kind: Violation["kind"], detail: string) => void violations.push({ kind, detail });
  const lives = replay(history);
  checkConversations(history, lives, report);
  for (const reading of history.readings) checkTimeline(reading, lives, report);
  checkAnswers(history, lives, report);
  return violations;
}
