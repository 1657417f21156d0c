import type { Messages } from "../messages.ts";

export const profile: Messages["profile"] = {
  username: "Username",
  phone: "Phone number",
  noPhone: "Not given",
};
