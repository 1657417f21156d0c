/** Everything that is needed once somebody is signed in, loaded in one piece. */
export { Shell } from "./shell.tsx";
export { ChatsSection } from "../features/chats/chats-section.tsx";
export { NoConversation } from "../features/chats/no-conversation.tsx";
export { ContactsSection } from "../features/contacts/contacts-section.tsx";
export { NoticesPage } from "../features/contacts/notices-page.tsx";
export { RequestsPage } from "../features/contacts/requests-page.tsx";
export { BlockedPage } from "../features/settings/blocked-page.tsx";
export { NobodyChosen } from "../features/contacts/nobody-chosen.tsx";
export { UserCardPage } from "../features/contacts/user-card-page.tsx";
export { ConversationPage } from "../features/conversation/conversation-page.tsx";
export { NewGroupPage } from "../features/groups/new-group-page.tsx";
export { GroupCardPage } from "../features/joining/group-card-page.tsx";
export { JoinPage } from "../features/joining/join-page.tsx";
export { GeneralPage } from "../features/settings/general-page.tsx";
export { PrivacyPage } from "../features/settings/privacy-page.tsx";
export { ProfilePage } from "../features/settings/profile-page.tsx";
export { SettingsSection } from "../features/settings/settings-section.tsx";
