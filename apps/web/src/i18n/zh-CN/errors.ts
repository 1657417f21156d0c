export const errors = {
  unavailable: "暂时连不上服务器，请稍后再试",
  offline: "网络不可用，请检查网络后再试",
  rateLimited_one: "操作太频繁，请 {{count}} 秒后再试",
  rateLimited_other: "操作太频繁，请 {{count}} 秒后再试",
  forbidden: "你没有权限这样做",
  blocked: "对方不接收你的消息",
  contactsOnly: "对方只接收联系人的消息，请先加为好友",
  notFound: "找不到要操作的对象，它可能已被移除",
  tooLarge: "内容太长了",
  unexpected: "出了点问题，请再试一次",
  sessionEnded: "登录已失效，请重新登录",
  muted: "你在这个群聊中被禁言了",
} as const;
