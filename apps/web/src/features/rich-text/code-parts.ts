/** What a stretch of code is, as far as the screen tells it apart. */
export type CodeRole = "keyword" | "string" | "number" | "name" | "comment" | "added" | "removed";

/** A stretch of code; the stretches of a text one after the other are the text. */
export interface CodePart {
  readonly text: string;
  readonly role: CodeRole | undefined;
}
