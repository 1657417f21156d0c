export const media = {
  image: "[图片]",
  video: "[视频]",
  voice: "[语音] {{seconds}}″",
  file: "[文件] {{name}}",
  fileBare: "[文件]",
} as const;
