import type { Messages } from "../messages.ts";

export const mail: Messages["mail"] = {
  title: "Mail after a long time away",
  address: "E-mail address",
  addressHint: "A mail about unread messages when you have been away for long. The address has to be confirmed first",
  badAddress: "This address cannot be used. Check it",
  sendCode: "Send code",
  code: "Code",
  codeSent: "Six digits were sent to {{address}}, good for 30 minutes",
  wrongCode: "The code is wrong or too old",
  confirm: "Confirm",
  resend: "Send again",
  otherAddress: "Another address",
  on: "Mail me about unread messages",
  onHint: "One each time you are away, one a day at most; of muted chats only mentions of you",
  after: "After being away for",
  after_4: "4 hours",
  after_24: "1 day",
  after_72: "3 days",
  hide: "Hide the content in mails",
  hideHint: "Only how many messages are unread, not who says what",
  remove: "Remove address",
};
