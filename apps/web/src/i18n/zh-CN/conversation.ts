export const conversation = {
  notFound: "找不到这个会话",
  notFoundHint: "它可能已被删除，或者你还没有加入。",
  members_one: "{{count}} 位成员",
  members_other: "{{count}} 位成员",
  personDetails: "聊天详情",
  left: "你已不在这个群聊中，只能查看以前的消息",
  system: "系统通知",
} as const;
