import type { Messages } from "../messages.ts";

export const notifications: Messages["notifications"] = {
  device: "This device",
  on: "Notify me of messages",
  onHint: "Also while no page is open; not of what you read on any device within seconds",
  unsupported:
    "This browser cannot notify while no page is open. On iPhone and iPad, add the app to the home screen first",
  denied:
    "The browser does not let this site notify you. Allow notifications in the site settings beside the address, then try again",
  hide: "Hide the content",
  hideHint: "Notifications say that there is a message, not who says what",
  quiet: "Quiet hours",
  quietHint: "No notifications during this time",
  quietFrom: "From",
  quietTo: "To",
  saveFailed: "Not saved: {{reason}}",
};
