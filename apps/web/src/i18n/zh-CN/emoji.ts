/** The panel of emoji. */
export const emoji = {
  search: "搜索表情",
  groups: "表情分类",
  found: "找到的表情",
  none: "没有找到表情，换个词试试",
  failed: "表情没有加载出来",
  group_recent: "最近使用",
  group_0: "表情与情感",
  group_1: "人物与身体",
  group_3: "动物与自然",
  group_4: "食物与饮料",
  group_5: "旅行与地点",
  group_6: "活动",
  group_7: "物品",
  group_8: "符号",
  group_9: "旗帜",
};
