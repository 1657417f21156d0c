export const notFound = {
  title: "没有这个页面",
  text: "链接可能不完整，或者页面已经搬走了。",
  home: "回到聊天",
} as const;
