/** The ways to reach somebody who does not look, loaded together: each name of a part costs what is loaded first. */
export { MailCalls } from "./mail.ts";
export { PushCalls } from "./push.ts";
