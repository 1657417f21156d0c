export const system = {
  created: "{{by}} 创建了群聊「{{name}}」",
  createdWith: "{{by}} 创建了群聊「{{name}}」，并邀请了 {{names}}",
  added: "{{by}} 邀请 {{names}} 加入了群聊",
  removed: "{{by}} 将 {{names}} 移出了群聊",
  left: "{{by}} 退出了群聊",
  recalled: "{{by}} 撤回了一条消息",
  pinned: "{{by}} 置顶了一条消息",
  unpinned: "{{by}} 取消了一条消息的置顶",
  deleted: "你删除了一条消息",
  andMore_one: "{{names}} 等 {{count}} 人",
  andMore_other: "{{names}} 等 {{count}} 人",
} as const;
