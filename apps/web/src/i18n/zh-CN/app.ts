export const app = {
  name: "即时通讯",
  tagline: "消息先保存，再送达你的每一台设备。",
  skip: "跳到主要内容",
  updateReady: "新版本可用",
  update: "刷新",
} as const;
