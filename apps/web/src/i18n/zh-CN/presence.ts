export const presence = {
  online: "在线",
  lastSeen: "最后上线 {{time}}",
  typing: "对方正在输入…",
  typingNamed_one: "{{names}}正在输入…",
  typingNamed_other: "{{names}}正在输入…",
  typingMany_one: "{{count}} 人正在输入…",
  typingMany_other: "{{count}} 人正在输入…",
} as const;
