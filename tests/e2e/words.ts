/** What the screen says in one language: what people look for, found by role and name. */
export interface Words {
  readonly locale: string;
  readonly appName: string;
  readonly username: string;
  readonly password: string;
  readonly usernameOrPhone: string;
  readonly phone: string;
  readonly register: string;
  readonly next: string;
  readonly displayName: string;
  readonly createAccount: string;
  readonly logIn: string;
  readonly logOut: string;
  readonly wrongCredentials: string;
  readonly nameTaken: string;
  readonly chats: string;
  readonly contacts: string;
  readonly me: string;
  readonly conversations: string;
  readonly noChats: string;
  readonly findPeople: string;
  readonly results: string;
  readonly sendMessage: string;
  readonly groupName: string;
  readonly create: string;
  readonly groupDetails: string;
  readonly chatDetails: string;
  readonly messages: string;
  readonly composer: string;
  readonly send: string;
  readonly back: string;
  readonly read: string;
  readonly waiting: string;
  readonly connected: string;
  readonly offline: string;
  readonly unreadDivider: string;
  readonly toNewest: string;
  readonly messageNotFound: string;
  readonly beginning: string;
  readonly language: string;
  readonly notFound: string;
  readonly typing: string;
  readonly online: string;
  readonly lastSeen: RegExp;
  readonly hidePresence: string;
  readonly settings: string;
  readonly general: string;
  readonly privacy: string;
  readonly profile: string;
  readonly newFriends: string;
  readonly addContact: string;
  readonly greeting: string;
  readonly applied: string;
  readonly accept: string;
  readonly setAlias: string;
  readonly alias: string;
  readonly save: string;
  readonly favourite: string;
  readonly favourites: string;
  readonly removeContact: string;
  readonly block: string;
  readonly unblock: string;
  readonly blockedNote: string;
  readonly blockedReason: string;
  readonly resend: string;
  applications(count: number): string;
  unread(count: number): string;
  created(by: string, name: string, others: string): string;
}

export const english: Words = {
  locale: "en-US",
  appName: "Instant Messaging",
  username: "Username",
  password: "Password",
  usernameOrPhone: "Username or phone number",
  phone: "Phone number (optional)",
  register: "Register",
  next: "Next",
  displayName: "Display name",
  createAccount: "Create account",
  logIn: "Log in",
  logOut: "Log out",
  wrongCredentials: "The username or password is not right",
  nameTaken: "This username is taken. Choose another one",
  chats: "Chats",
  contacts: "Contacts",
  me: "Me",
  conversations: "Conversations",
  noChats: "No chats yet",
  findPeople: "Find people",
  results: "Results",
  sendMessage: "Send message",
  groupName: "Group name",
  create: "Create",
  groupDetails: "Group details",
  chatDetails: "Chat details",
  messages: "Messages",
  composer: "Message",
  send: "Send",
  back: "Back",
  read: "Read",
  waiting: "Waiting to be sent",
  connected: "Connected",
  offline: "No network",
  newFriends: "New friends",
  addContact: "Add as contact",
  greeting: "Say hello",
  applied: "Application sent; waiting for their answer",
  accept: "Accept",
  setAlias: "Set an alias",
  alias: "Alias",
  save: "Save",
  favourite: "Add to favourites",
  favourites: "Favourites",
  removeContact: "Remove contact",
  block: "Block",
  unblock: "Unblock",
  blockedNote: "You block this person",
  blockedReason: "They take no messages from you",
  resend: "Try again",
  applications: (count) => `${count} application${count === 1 ? " waits" : "s wait"} for you`,
  unreadDivider: "New messages",
  toNewest: "To the newest message",
  messageNotFound: "This message cannot be shown",
  beginning: "The chat starts here",
  language: "Language",
  notFound: "There is no such page",
  typing: "typing…",
  online: "Online",
  lastSeen: /^Last seen \d\d:\d\d$/,
  hidePresence: "Hide when I am online",
  settings: "Settings",
  general: "General",
  privacy: "Privacy",
  profile: "Profile",
  unread: (count) => `${count} unread`,
  created: (by, name, others) => `${by} created the group “${name}” with ${others}`,
};

export const chinese: Words = {
  locale: "zh-CN",
  appName: "即时通讯",
  username: "用户名",
  password: "密码",
  usernameOrPhone: "用户名或手机号",
  phone: "手机号（选填）",
  register: "注册新账号",
  next: "下一步",
  displayName: "昵称",
  createAccount: "完成注册",
  logIn: "登录",
  logOut: "退出登录",
  wrongCredentials: "用户名或密码不正确",
  nameTaken: "这个用户名已经有人用了，换一个吧",
  chats: "聊天",
  contacts: "联系人",
  me: "我",
  conversations: "会话列表",
  noChats: "还没有聊天",
  findPeople: "查找朋友",
  results: "查找结果",
  sendMessage: "发消息",
  groupName: "群聊名称",
  create: "创建",
  groupDetails: "群聊详情",
  chatDetails: "聊天详情",
  messages: "消息",
  composer: "输入消息",
  send: "发送",
  back: "返回",
  read: "已读",
  waiting: "等待发送",
  connected: "已连接",
  offline: "网络不可用",
  newFriends: "新的朋友",
  addContact: "加为好友",
  greeting: "打个招呼",
  applied: "好友申请已发送，等待对方同意",
  accept: "同意",
  setAlias: "设置备注名",
  alias: "备注名",
  save: "保存",
  favourite: "设为星标",
  favourites: "星标朋友",
  removeContact: "删除好友",
  block: "加入黑名单",
  unblock: "移出黑名单",
  blockedNote: "已在你的黑名单中",
  blockedReason: "对方不接收你的消息",
  resend: "重试",
  applications: (count) => `${count} 个申请待处理`,
  unreadDivider: "以下为新消息",
  toNewest: "回到最新消息",
  messageNotFound: "无法查看这条消息",
  beginning: "聊天从这里开始",
  language: "语言",
  notFound: "没有这个页面",
  typing: "对方正在输入…",
  online: "在线",
  lastSeen: /^最后上线 \d\d:\d\d$/,
  hidePresence: "隐藏在线状态",
  settings: "设置",
  general: "通用",
  privacy: "隐私",
  profile: "个人资料",
  unread: (count) => `${count} 条未读`,
  created: (by, name, others) => `${by} 创建了群聊「${name}」，并邀请了 ${others}`,
};
