/** Going anywhere by the keyboard, and what the keys do. */
export const jump = {
  title: "跳转到会话或联系人",
  placeholder: "输入名字或拼音…",
  found: "找到的会话和联系人",
  none: "没有找到",
  group: "群聊",
  shortcuts: "键盘快捷键",
  key_jump: "跳转到任何会话",
  key_help: "显示快捷键",
  key_editLast: "输入框为空时，编辑上一条消息",
  key_leave: "取消回复、编辑或多选",
  key_walk: "在消息之间移动",
  key_menu: "打开消息的菜单",
  key_mention: "在群聊中提到某人",
  sendKey: "发送消息",
  sendKey_enter: "Enter",
  sendKey_shiftEnter: "Shift + Enter",
};
