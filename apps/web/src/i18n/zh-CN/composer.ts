export const composer = {
  label: "输入消息",
  placeholder: "输入消息…",
  placeholderTo: "发消息给 {{name}}",
  send: "发送",
  emoji: "表情",
  remaining_one: "还可输入 {{count}} 个字符",
  remaining_other: "还可输入 {{count}} 个字符",
  over_one: "超出 {{count}} 个字符",
  over_other: "超出 {{count}} 个字符",
  hint: "Enter 发送，Shift + Enter 换行",
  hintSwapped: "Shift + Enter 发送，Enter 换行",
  notSaved: "消息没能保存到这台设备，请再试一次",
} as const;
