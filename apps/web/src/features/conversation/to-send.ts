import { MAX_TEXT_LENGTH } from "@im-webapp/protocol";

/** What to send of what was typed: as it is, without the blank lines around it. */
export const toSend = (text: string): string => text.replace(/^\s*\n/, "").trimEnd();

/** Whether a text is one that the server takes. */
export const isSendable = (text: string): boolean => text.trim() !== "" && text.length <= MAX_TEXT_LENGTH;
