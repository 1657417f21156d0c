export const connection = {
  connecting: "连接中…",
  syncing: "收取中…",
  online: "已连接",
  offline: "网络不可用",
  offlineHint: "消息会在联网后自动发出",
  reconnecting: "连接已断开，正在重新连接…",
  reconnectingIn: "连接已断开，{{seconds}} 秒后重新连接",
  retryNow: "立即重试",
  storageMemory: "浏览器无法保存数据：刷新后未发送的消息会丢失，其他消息需重新收取",
  storageFull: "设备存储空间不足：旧消息会在打开时重新收取，清理空间后自动恢复",
  storageOutdated: "其他标签页已打开新版本，请刷新此页面",
  reload: "刷新",
} as const;
