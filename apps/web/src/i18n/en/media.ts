export const media = {
  image: "[Photo]",
  video: "[Video]",
  voice: "[Voice] {{seconds}}″",
  file: "[File] {{name}}",
  fileBare: "[File]",
};
