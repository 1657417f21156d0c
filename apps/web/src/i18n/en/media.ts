import type { Messages } from "../messages.ts";

export const media: Messages["media"] = {
  image: "[Photo]",
  video: "[Video]",
  voice: "[Voice] {{seconds}}″",
  file: "[File] {{name}}",
  fileBare: "[File]",
};
