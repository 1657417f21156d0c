export const crash = {
  title: "页面出了点问题",
  text: "你的消息都已保存。重新加载页面即可继续。",
  reload: "重新加载",
} as const;
