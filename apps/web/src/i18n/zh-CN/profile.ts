export const profile = {
  username: "用户名",
  phone: "手机号",
  noPhone: "未填写",
} as const;
