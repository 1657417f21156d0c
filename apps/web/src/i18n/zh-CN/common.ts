export const common = {
  listSeparator: "、",
  back: "返回",
  cancel: "取消",
  close: "关闭",
  retry: "重试",
  loading: "正在加载",
  loadMore: "加载更多",
  you: "你",
  youObject: "你",
} as const;
