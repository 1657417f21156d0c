import type { Attempt, ChangeAttempt, ReadMark } from "./history.ts";

/** Everything that the people of a run did and were answered, in the order of being put on the wire. */
export class Record {
  readonly attempts: Attempt[] = [];
  readonly changes: ChangeAttempt[] = [];
  readonly reads: ReadMark[] = [];
  /** Changes of membership that were acknowledged. */
  movements = 0;

  /** What there is of each, for people. */
  summary() {
    const sends = (outcome: Attempt["outcome"]) => this.attempts.filter((one) => one.outcome === outcome).length;
    return {
      acknowledged: sends("acknowledged"),
      "of them repeats": this.attempts.filter(({ acknowledgement }) => acknowledgement?.duplicate === true).length,
      refused: sends("refused"),
      unanswered: sends("unknown"),
      changes: this.changes.filter(({ outcome }) => outcome === "acknowledged").length,
      reads: this.reads.length,
      "comings and goings": this.movements,
    };
  }
}
