import type { NotifyLevel, Seq } from "@im-webapp/protocol";

interface Hiding {
  /** The newest message that the user may see. */
  readonly lastSeq: Seq;
  readonly notify: NotifyLevel;
  /** The newest one when the user hid the conversation. */
  readonly hiddenSeq?: Seq;
}

/** Whether a conversation stays out of the list: until its next message, which does not count where it is blocked. */
export function isHidden({ lastSeq, notify, hiddenSeq }: Hiding): boolean {
  return hiddenSeq !== undefined && (lastSeq <= hiddenSeq || notify === -1);
}
