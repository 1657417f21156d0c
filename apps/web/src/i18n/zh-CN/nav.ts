export const nav = {
  label: "主导航",
  chats: "聊天",
  contacts: "联系人",
  me: "我",
} as const;
