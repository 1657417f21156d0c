export const notifications = {
  device: "这台设备",
  on: "接收消息通知",
  onHint: "网页关闭时也会通知；几秒内在任何设备上读过的不会通知",
  unsupported: "这个浏览器不支持在网页关闭时通知。iPhone 和 iPad 需要先把本应用添加到主屏幕",
  denied: "浏览器已禁止本站发送通知。请在地址栏左侧的网站设置中允许通知，然后再试",
  hide: "隐藏内容",
  hideHint: "通知只说有新消息，不显示谁说了什么",
  quiet: "免打扰时段",
  quietHint: "这段时间内不通知",
  quietFrom: "开始",
  quietTo: "结束",
  saveFailed: "没有保存：{{reason}}",
} as const;
