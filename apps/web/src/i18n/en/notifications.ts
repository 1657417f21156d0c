import type { Messages } from "../messages.ts";

export const notifications: Messages["notifications"] = {
  whileOpen: "While the app is open",
  open: "Show notifications",
  openHint: "While you look at something else than the chat",
  sound: "Sound",
  soundHint: "A short one, while you look at something else than the chat; none while you record",
  whileClosed: "While the app is closed",
  on: "Notify me of messages",
  onHint: "Also while no page is open; not of what you read on any device within seconds",
  unsupported:
    "This browser cannot notify while no page is open. On iPhone and iPad, add the app to the home screen first",
  denied:
    "The browser does not let this site notify you. Allow notifications in the site settings beside the address, then try again",
  manner: "Notifications on this device",
  hide: "Hide the content",
  hideHint: "Notifications say that there is a message, not who says what",
  quiet: "Quiet hours",
  quietHint: "No notifications and no sound during this time",
  quietFrom: "From",
  quietTo: "To",
  saveFailed: "Not saved: {{reason}}",
  newMessage: "New message",
  newMessageHidden: "You have a new message",
};
