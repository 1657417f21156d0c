/** Naming somebody in a message. */
export const mention = {
  list: "要提到的成员",
  everyone: "所有人",
  inList: "[有人@我]",
  toFirst_one: "有 {{count}} 条消息提到了你，跳转到第一条",
  toFirst_other: "有 {{count}} 条消息提到了你，跳转到第一条",
};
