import type { Content, EpochMs, UserId } from "@im-webapp/protocol";

/** A message of a record, as it was when it was handed on. */
export interface BundleItem {
  readonly senderId: UserId;
  readonly senderName: string;
  readonly sentAt: EpochMs;
  readonly content: BundleContent;
}

/** What a message of a record says; another record within it among that. */
export type BundleContent = Exclude<Content, { kind: "forward" | "system" }> | Bundle;

/** Messages that were handed on together. */
export interface Bundle {
  readonly kind: "forward";
  readonly items: readonly BundleItem[];
}
